"""The workbook in which an enterprise gets back the changes that were not written."""

from io import BytesIO
from uuid import UUID

from sqlalchemy import select

from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.spreadsheets.writer import Column, Table, write_workbook
from webapp.platform.storage import FileContent, file_content
from webapp.platform.tenancy import Scope
from webapp.risks.models.imports import LedgerImport
from webapp.risks.queries.reading import opened
from webapp.risks.queries.rest_file import SPREADSHEET, rest_name
from webapp.risks.queries.round_trip import read_against
from webapp.risks.rules.round_trip.file_rows import ledger_file
from webapp.risks.rules.round_trip.kept import ROUND_TRIP
from webapp.risks.rules.round_trip.rest import RestRows, rest_rows, widths

_SHEET = "未采用的行"


def changes_rest(scope: Scope, enterprise_id: UUID, import_id: UUID) -> FileContent:
    """The rows that were not written, or that would not be before it is confirmed.

    Raises NotFound for others' uploads and when no row is left over.
    """
    with reading(scope) as session:
        row = session.execute(
            select(
                LedgerImport.file_id,
                LedgerImport.file_name,
                LedgerImport.rest_file_id,
                LedgerImport.state,
                LedgerImport.result,
            ).where(LedgerImport.enterprise_id == enterprise_id, LedgerImport.id == import_id)
        ).one_or_none()
        if row is None or ROUND_TRIP not in (row.result or {}):
            raise NotFound
        if row.rest_file_id is not None:
            return file_content(scope, enterprise_id, row.rest_file_id)
        data = file_content(scope, enterprise_id, row.file_id).data
        file = ledger_file(opened(data, row.file_name).sheets)
        if file is None or row.state != "previewed":
            raise NotFound
        found = read_against(session, scope, enterprise_id, file)
    rest = rest_rows(file, found.rows, row.result[ROUND_TRIP]["decisions"])
    if not rest.rows:
        raise NotFound
    return FileContent(rest_name(row.file_name), SPREADSHEET, rest_workbook(rest), "")


def rest_workbook(rest: RestRows) -> bytes:
    """The rows that were not written, with their reasons, ready to be corrected and sent again."""
    target = BytesIO()
    *shown, marks = rest.headings
    columns = [Column(heading, width) for heading, width in zip(shown, widths(rest), strict=False)]
    write_workbook(target, [Table(_SHEET, [*columns, Column(marks, is_hidden=True)], rest.rows)])
    return target.getvalue()
