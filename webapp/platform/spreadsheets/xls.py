"""Reads .xls: values by calamine, fills and bounds by our own walk over the BIFF8 records."""

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from webapp.platform.spreadsheets.compound import CompoundFile
from webapp.platform.spreadsheets.grid import laid_out
from webapp.platform.spreadsheets.sniff import password_protected
from webapp.platform.spreadsheets.workbook import (
    MAX_CELL_CHARACTERS,
    Sheet,
    Workbook,
    check_characters,
    check_extent,
    check_sheet_count,
    damaged,
)
from webapp.platform.spreadsheets.xls_strings import string_lengths
from webapp.platform.spreadsheets.xlsx import merges
from webapp.platform.spreadsheets.xlsx_styles import indexed_colour

# Record numbers of MS-XLS.
_BOF, _EOF, _FILEPASS, _XF, _PALETTE = 0x0809, 0x000A, 0x002F, 0x00E0, 0x0092
_MULRK, _MULBLANK, _BLANK = 0x00BD, 0x00BE, 0x0201
_SST, _CONTINUE, _LABELSST = 0x00FC, 0x003C, 0x00FD
_CELLS = {0x0203, 0x027E, 0x00FD, 0x0006, 0x0406, 0x0204, 0x00D6, 0x0205}
_XF_BYTES = 20
_SOLID = 1
_PALETTE_STARTS = 8


@dataclass(slots=True)
class _SheetScan:
    rows: int = 0
    columns: int = 0
    strings: Counter[int] = field(default_factory=Counter)
    styled: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, row: int, column: int, style: int, *, has_content: bool) -> None:
        self.styled.append((row, column, style))
        if has_content:
            self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)


@dataclass(slots=True)
class _BookScan:
    sheets: list[_SheetScan] = field(default_factory=list)
    styles: list[tuple[int, int]] = field(default_factory=list)
    palette: list[str] = field(default_factory=list)
    has_globals: bool = False
    strings: list[bytes] = field(default_factory=list)
    is_in_strings: bool = False
    lengths: list[int] | None = None

    def add_style(self, kind: int, body: bytes) -> None:
        """Take a record of the workbook's own substream."""
        self.is_in_strings = kind == _SST or (kind == _CONTINUE and self.is_in_strings)
        if self.is_in_strings:
            self.strings.append(body)
        elif kind == _XF and len(body) >= _XF_BYTES:
            self.styles.append(_pattern_and_colour(body))
        elif kind == _PALETTE:
            self.palette = [body[at : at + 3].hex().upper() for at in range(2, len(body) - 3, 4)]

    def fills(self, at: int) -> dict[tuple[int, int], str]:
        """The fills of one sheet, by row and column."""
        if at >= len(self.sheets):
            return {}
        by_style = {
            number: colour
            for number, (pattern, index) in enumerate(self.styles)
            if pattern == _SOLID and (colour := self._colour(index)) is not None
        }
        return {(r, c): by_style[s] for r, c, s in self.sheets[at].styled if s in by_style}

    def characters(self, sheet: _SheetScan) -> int:
        """How long the shared texts of all cells of a sheet are together."""
        if self.lengths is None:
            self.lengths = string_lengths(self.strings)
        known = len(self.lengths)
        return sum(
            (self.lengths[at] if at < known else MAX_CELL_CHARACTERS) * count
            for at, count in sheet.strings.items()
        )

    def _colour(self, index: int) -> str | None:
        at = index - _PALETTE_STARTS
        return self.palette[at] if 0 <= at < len(self.palette) else indexed_colour(index)


def read_xls(data: bytes) -> Workbook:
    """The workbook in an .xls file; raises SpreadsheetRefused."""
    try:
        scan = _scanned(CompoundFile(data).stream("Workbook", "Book"))
        with load_workbook(BytesIO(data)) as book:
            metadata = book.sheets_metadata
            check_sheet_count(sum(s.visible == SheetVisibleEnum.Visible for s in metadata))
            for entry, extent in zip(metadata, scan.sheets, strict=False):
                check_extent(entry.name, rows=extent.rows, columns=extent.columns)
                check_characters(entry.name, scan.characters(extent))
            return Workbook(
                tuple(_sheet(book, at, entry, scan) for at, entry in enumerate(metadata))
            )
    except (CalamineError, struct.error, ValueError, OSError) as error:
        raise damaged() from error


def _sheet(book: CalamineWorkbook, at: int, entry: SheetMetadata, scan: _BookScan) -> Sheet:
    if entry.visible != SheetVisibleEnum.Visible or entry.typ != SheetTypeEnum.WorkSheet:
        return Sheet(entry.name, is_hidden=True)
    sheet = book.get_sheet_by_index(at)
    return laid_out(
        entry.name,
        sheet.to_python(skip_empty_area=False) if sheet.height else [],
        fills=scan.fills(at),
        merged=merges(sheet.merged_cell_ranges),
    )


def _scanned(stream: bytes) -> _BookScan:
    if not stream:
        raise damaged()
    book = _BookScan()
    depth = 0
    for kind, body in _records(stream):
        if kind == _FILEPASS:
            raise password_protected()
        if kind == _BOF:
            depth += 1
            # The first substream is the workbook's own; each later one is a sheet.
            if depth == 1 and book.has_globals:
                book.sheets.append(_SheetScan())
            book.has_globals = True
        elif kind == _EOF:
            depth -= 1
        elif book.sheets:
            _add_cells(book.sheets[-1], kind, body)
        else:
            book.add_style(kind, body)
    return book


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _pattern_and_colour(body: bytes) -> tuple[int, int]:
    (borders,) = struct.unpack_from("<I", body, 14)
    (colours,) = struct.unpack_from("<H", body, 18)
    return borders >> 26, colours & 0x7F


def _add_cells(sheet: _SheetScan, kind: int, body: bytes) -> None:
    if kind in _CELLS or kind == _BLANK:
        row, column, style = struct.unpack_from("<HHH", body)
        sheet.add(row, column, style, has_content=kind != _BLANK)
        if kind == _LABELSST:
            sheet.strings[struct.unpack_from("<I", body, 6)[0]] += 1
    elif kind in (_MULBLANK, _MULRK):
        row, first = struct.unpack_from("<HH", body)
        width = 6 if kind == _MULRK else 2
        for offset in range(4, len(body) - 2 - width + 1, width):
            (style,) = struct.unpack_from("<H", body, offset)
            column = first + (offset - 4) // width
            sheet.add(row, column, style, has_content=kind == _MULRK)
