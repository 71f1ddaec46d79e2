"""A ledger out to a workbook, changed there as people change it, and back."""

from collections.abc import Callable, Mapping
from io import BytesIO
from uuid import UUID

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.factories import enterprise as tenant
from webapp.platform.paging import PageRequest
from webapp.platform.tenancy import Actor
from webapp.risks.pdf.workbook import ledger_workbook
from webapp.risks.queries.changes_rest import changes_rest
from webapp.risks.queries.export import sheet_rows
from webapp.risks.queries.round_trip import TripPage, trip_page
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.rules.ledger_sheet import SheetRow
from webapp.risks.rules.round_trip.kept import Take, TripRow, TripView
from webapp.risks.service import round_trip

NOW = tenant.NOW
Cells = Mapping[str, object]


def rows_of(actor: Actor) -> tuple[SheetRow, ...]:
    return sheet_rows(actor.scope, actor.enterprise_id, LedgerFilter())


def exported(actor: Actor) -> bytes:
    return ledger_workbook(rows_of(actor), actor.enterprise_id, at=NOW)


def edited(data: bytes, change: Callable[[Worksheet, dict[str, int]], None]) -> bytes:
    """The workbook after a person has worked in it; columns by heading from 1."""
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    change(sheet, {str(cell.value): cell.column for cell in sheet[1]})
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def with_cells(data: bytes, changes: Mapping[int, Cells]) -> bytes:
    """The workbook with cells changed by the sheet's row, the first risk being in row 2."""

    def change(sheet: Worksheet, columns: dict[str, int]) -> None:
        for row, cells in changes.items():
            for heading, value in cells.items():
                sheet.cell(row, columns[heading]).value = value

    return edited(data, change)


def uploaded(actor: Actor, data: bytes) -> UUID:
    return round_trip.receive_upload(actor, data, "清单.xlsx", at=NOW)


def looked_at(actor: Actor, import_id: UUID) -> TripPage:
    return trip_page(
        actor.scope, actor.enterprise_id, import_id, TripView.ALL, PageRequest(size=100)
    )


def differences(actor: Actor, data: bytes) -> tuple[TripRow, ...]:
    return looked_at(actor, uploaded(actor, data)).trip.rows


def said(row: TripRow) -> dict[str, tuple[str, str]]:
    return {cell.heading: (cell.before, cell.after) for cell in row.cells}


def decide(actor: Actor, import_id: UUID, row: TripRow, take: Take) -> None:
    version = looked_at(actor, import_id).upload.version
    round_trip.decide(actor, import_id, row.event_id, take, version=version, at=NOW)


def confirm(actor: Actor, import_id: UUID) -> None:
    version = looked_at(actor, import_id).upload.version
    round_trip.confirm_changes(actor, import_id, version, at=NOW)


def written(actor: Actor, data: bytes) -> UUID:
    import_id = uploaded(actor, data)
    confirm(actor, import_id)
    return import_id


def rest_lines(officer: Actor, import_id: UUID) -> list[dict[str, object]]:
    data = changes_rest(officer.scope, officer.enterprise_id, import_id).data
    head, *lines = openpyxl.load_workbook(BytesIO(data)).worksheets[0].values
    return [dict(zip(head, line, strict=True)) for line in lines]
