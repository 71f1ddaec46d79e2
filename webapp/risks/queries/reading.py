"""Reading an uploaded file against the ledger as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.platform.errors import Invalid
from webapp.platform.spreadsheets.reader import read_workbook
from webapp.platform.spreadsheets.workbook import Cell, Sheet, SpreadsheetRefused, Workbook
from webapp.risks.queries.imports import known_risks
from webapp.risks.rules.duplicates import against
from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.import_ledger.preview import ImportPreview, preview
from webapp.risks.rules.import_ledger.sheets import Corrections
from webapp.risks.rules.round_trip.file_rows import mark_column


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read: its sheets, what an import would do, the columns people had set."""

    book: Workbook
    found: ImportPreview
    corrections: Corrections


def opened(data: bytes, filename: str) -> Workbook:
    """The workbook in a file. Raises Invalid with what the user has to do."""
    try:
        return read_workbook(data, filename)
    except SpreadsheetRefused as error:
        raise Invalid("file", error.message) from error


def read_ledger(
    session: Session, enterprise_id: UUID, book: Workbook, corrections: Corrections
) -> Reading:
    """What importing a workbook would do to the ledger as it is now.

    The marks of a ledger that left this or another enterprise say nothing here.
    """
    book = Workbook(tuple(_without_marks(sheet) for sheet in book.sheets))
    found = preview(book.sheets, corrections)
    return Reading(book, against(found, known_risks(session, enterprise_id)), corrections)


def _without_marks(sheet: Sheet) -> Sheet:
    at = mark_column(sheet)
    if at is None:
        return sheet
    rows = tuple((*row[:at], Cell(), *row[at + 1 :]) for row in sheet.rows)
    return Sheet(sheet.name, rows, sheet.merged)


def kept_corrections(mapping: Mapping[str, Any]) -> Corrections:
    """The columns as an upload keeps them."""
    return {
        fingerprint: {int(at): Field(field) for at, field in columns.items()}
        for fingerprint, columns in mapping.items()
    }
