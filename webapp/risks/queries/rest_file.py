"""The workbook in which an enterprise gets back the rows that were not imported."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import PurePath
from uuid import UUID

from sqlalchemy import select

from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.spreadsheets.writer import Column, Table, write_workbook
from webapp.platform.storage import FileContent, file_content
from webapp.platform.tenancy import Scope
from webapp.risks.models.imports import LedgerImport
from webapp.risks.queries.reading import kept_corrections, opened, read_ledger
from webapp.risks.rules.rest_file import REASON, SOURCE_ROW, RestTable, rest_tables

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = {REASON: 48, SOURCE_ROW: 10}
_USUAL, _LONG = 14, 32
_LONG_FROM = 12


def rest_file(scope: Scope, enterprise_id: UUID, import_id: UUID) -> FileContent:
    """The rows that were not imported, or that would not be before it is confirmed.

    Raises NotFound for others' uploads and when no row is left over.
    """
    with reading(scope) as session:
        row = session.execute(
            select(
                LedgerImport.file_id,
                LedgerImport.file_name,
                LedgerImport.rest_file_id,
                LedgerImport.mapping,
                LedgerImport.row_count,
                LedgerImport.ready_count,
            ).where(LedgerImport.enterprise_id == enterprise_id, LedgerImport.id == import_id)
        ).one_or_none()
        if row is None or row.row_count == row.ready_count:
            raise NotFound
        if row.rest_file_id is not None:
            return file_content(scope, enterprise_id, row.rest_file_id)
        data = file_content(scope, enterprise_id, row.file_id).data
        book = opened(data, row.file_name)
        found = read_ledger(session, enterprise_id, book, kept_corrections(row.mapping)).found
    rest = rest_workbook(rest_tables(found, book.sheets))
    return FileContent(rest_name(row.file_name), SPREADSHEET, rest, "")


def rest_workbook(tables: Sequence[RestTable]) -> bytes:
    """The left-over rows in the file's own columns, with their reasons; ready to be corrected."""
    target = BytesIO()
    sheets = (Table(t.sheet, _columns(t.headings, t.rows), t.rows) for t in tables)
    write_workbook(target, sheets)
    return target.getvalue()


def rest_name(file_name: str) -> str:
    """What the workbook is called: 未导入的行-台账.xlsx."""
    return f"未导入的行-{PurePath(file_name).stem}.xlsx"


def _columns(headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[Column]:
    return [
        Column(heading, _WIDTHS.get(heading) or _width([row[at] for row in rows]))
        for at, heading in enumerate(headings)
    ]


def _width(texts: list[str]) -> int:
    return _LONG if any(len(text) > _LONG_FROM for text in texts) else _USUAL
