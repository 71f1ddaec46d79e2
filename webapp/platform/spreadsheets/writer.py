"""Writes tables as .xlsx, row by row in constant memory, and as .csv; never a live formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import BinaryIO, TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from webapp.platform.spreadsheets.text import guarded, printable, shown
from webapp.platform.spreadsheets.workbook import MAX_CELL_CHARACTERS, Cell

Value: TypeAlias = str | int | float | Decimal | date | datetime | bool | Cell | None

_FONT = "宋体"
_HEAD_FILL = "#E8EEF4"
_SHEET_NAME_CHARACTERS = 31
_HEAD_HEIGHT = 30
_EXACT_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and its width in characters of the body font.

    A hidden one travels with its rows and is not seen.
    """

    heading: str
    width: float = 16
    is_hidden: bool = False


@dataclass(frozen=True)
class Table:
    """One sheet to be written: its name, columns and rows; a title goes above the headings."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    title: str = ""


def write_workbook(target: BinaryIO, tables: Iterable[Table]) -> None:
    """Write one sheet a table; rows are taken one by one and may come from a cursor.

    Text that a spreadsheet program could take for a formula is stored behind an apostrophe,
    which `read_workbook` takes away again. The headings stay in view and repeat in print.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(target, options) as book:
        names: set[str] = set()
        for table in tables:
            _Page(book, table, _sheet_name(table.name, names)).write()


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The table as UTF-8 with a byte order mark, a piece a row, ready to be streamed."""
    yield b"\xef\xbb\xbf"
    for row in _with_head(headings, rows):
        line = StringIO()
        csv.writer(line, lineterminator="\r\n").writerow([_csv_text(value) for value in row])
        yield line.getvalue().encode()


def _with_head(
    headings: Sequence[str], rows: Iterable[Sequence[Value]]
) -> Iterator[Sequence[Value]]:
    yield headings
    yield from rows


def _csv_text(value: Value) -> str:
    match value:
        case Cell():
            return guarded(printable(value.text))
        case str():
            return guarded(printable(value))
        case _:
            return shown(value)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel accepts: 31 characters, none of []:*?/\\, unique without case."""
    base = "".join(c for c in printable(wanted) if c not in "[]:*?/\\").strip("'") or "表"
    name = base[:_SHEET_NAME_CHARACTERS]
    number = 2
    while name.lower() in taken:
        suffix = f"({number})"
        name = base[: _SHEET_NAME_CHARACTERS - len(suffix)] + suffix
        number += 1
    taken.add(name.lower())
    return name


def _safe(text: str) -> str:
    """Text that a workbook can hold and takes for no formula; a longer one would be dropped."""
    return guarded(printable(text))[:MAX_CELL_CHARACTERS]


class _Page:
    """One sheet while it is written."""

    def __init__(self, book: xlsxwriter.Workbook, table: Table, name: str) -> None:
        self._book = book
        self._table = table
        self._sheet: Worksheet = book.add_worksheet(name)
        self._body = self._format()
        # Wrapped, a long text makes its row high even where its column is hidden.
        self._unseen = self._format(text_wrap=False)
        self._filled: dict[str, Format] = {}
        self._date = self._format(num_format="yyyy-mm-dd")
        self._moment = self._format(num_format="yyyy-mm-dd hh:mm")

    def write(self) -> None:
        head_row = self._write_head()
        for number, row in enumerate(self._table.rows, start=head_row + 1):
            for column, value in enumerate(row):
                self._put(number, column, value)

    def _format(self, **extra: object) -> Format:
        base = {"font_name": _FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True}
        return self._book.add_format({**base, "border": 1, "border_color": "#B7C0CA", **extra})

    def _write_head(self) -> int:
        columns = self._table.columns
        for at, column in enumerate(columns):
            self._sheet.set_column(at, at, column.width, None, {"hidden": column.is_hidden})
        row = 0
        if self._table.title:
            title = self._format(bold=True, font_size=14, align="center", border=0)
            self._sheet.set_row(0, _HEAD_HEIGHT)
            text = _safe(self._table.title)
            if len(columns) > 1:
                self._sheet.merge_range(0, 0, 0, len(columns) - 1, text, title)
            else:
                self._sheet.write_string(0, 0, text, title)
            row = 1
        head = self._format(bold=True, align="center", bg_color=_HEAD_FILL)
        self._sheet.set_row(row, _HEAD_HEIGHT)
        for at, column in enumerate(columns):
            self._sheet.write_string(row, at, _safe(column.heading), head)
        self._sheet.freeze_panes(row + 1, 0)
        self._sheet.repeat_rows(row)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        return row

    def _put(self, row: int, column: int, value: Value) -> None:
        match value:
            case None | "":
                self._sheet.write_blank(row, column, None, self._body)
            case bool():
                self._sheet.write_string(row, column, "是" if value else "否", self._body)
            case datetime():
                self._sheet.write_datetime(row, column, value.replace(tzinfo=None), self._moment)
            case date():
                self._sheet.write_datetime(row, column, value, self._date)
            case Cell():
                shade = self._shade(value.fill) if value.fill else self._body
                self._sheet.write_string(row, column, _safe(value.text), shade)
            case str():
                is_hidden = self._table.columns[column].is_hidden
                look = self._unseen if is_hidden else self._body
                self._sheet.write_string(row, column, _safe(value), look)
            case _:
                self._put_number(row, column, value)

    def _put_number(self, row: int, column: int, value: float | Decimal) -> None:
        # A spreadsheet keeps 15 digits; a longer number would come back as another one.
        text = shown(value)
        if not text or sum(c.isdigit() for c in text) > _EXACT_DIGITS:
            self._sheet.write_string(row, column, text, self._body)
        else:
            self._sheet.write_number(row, column, float(value), self._body)

    def _shade(self, fill: str) -> Format:
        if fill not in self._filled:
            self._filled[fill] = self._format(bg_color=f"#{fill}")
        return self._filled[fill]
