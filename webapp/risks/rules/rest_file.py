"""The rows of a file that were not imported, in the file's own columns, each with its reasons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from webapp.risks.rules.import_ledger.fields import Field, SheetLike
from webapp.risks.rules.import_ledger.mapping import fingerprint
from webapp.risks.rules.import_ledger.preview import ImportPreview, Table
from webapp.risks.rules.import_ledger.records import LedgerRow

REASON = "未导入原因"
SOURCE_ROW = "原表行号"


@dataclass(frozen=True, slots=True)
class RestTable:
    """What is handed back of one sheet: its headings, then its rows as texts."""

    sheet: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Mapping[int, Field]
    """Which of these columns hold which field, so that they are known when they come back."""

    @property
    def fingerprint(self) -> str:
        """The name by which these headings are remembered."""
        return fingerprint(self.headings)


def rest_tables(found: ImportPreview, sheets: Sequence[SheetLike]) -> tuple[RestTable, ...]:
    """The tables that have rows to hand back; empty when everything was imported."""
    ready = {row.index for row in found.ready}
    by_name = {sheet.name: _Texts(sheet) for sheet in sheets}
    tables = []
    for table, rows in _rows_of_tables(found):
        left = [row for row in rows if row.index not in ready]
        if left:
            tables.append(_rest(found, table, by_name[table.sheet], left))
    return tuple(tables)


def _rows_of_tables(found: ImportPreview) -> Iterator[tuple[Table, Sequence[LedgerRow]]]:
    """Each table with its rows, which follow one another in reading order."""
    start = 0
    for table in found.tables:
        yield table, found.rows[start : start + table.row_count]
        start += table.row_count


def _rest(
    found: ImportPreview, table: Table, texts: "_Texts", rows: Sequence[LedgerRow]
) -> RestTable:
    columns = sorted(table.mapping.headings)
    headings = tuple(table.mapping.headings[at] for at in columns)
    return RestTable(
        table.sheet,
        (*headings, REASON, SOURCE_ROW),
        tuple(
            (
                *(texts.at(row.row - 1, column) for column in columns),
                "\n".join(f.message for f in found.findings_of(row.index) if f.is_blocking),
                str(row.row),
            )
            for row in rows
        ),
        {
            place: table.mapping.columns[at]
            for place, at in enumerate(columns)
            if at in table.mapping.columns
        },
    )


class _Texts:
    """A sheet's texts, merged cells filled down, so that a row can stand alone."""

    def __init__(self, sheet: SheetLike) -> None:
        self._sheet = sheet
        self._top = {
            (row, merge.left): merge.top
            for merge in sheet.merged
            for row in range(merge.top, merge.bottom + 1)
        }

    def at(self, row: int, column: int) -> str:
        top = self._top.get((row, column), row)
        return self._sheet.rows[top][column].text
