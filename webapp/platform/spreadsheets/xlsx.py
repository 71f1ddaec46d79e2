"""Reads .xlsx: values by calamine, fills and bounds by our own pass over the sheet's cells."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from webapp.platform.spreadsheets.archive import repacked, unpacked
from webapp.platform.spreadsheets.grid import laid_out
from webapp.platform.spreadsheets.workbook import (
    Merge,
    Sheet,
    Workbook,
    check_characters,
    check_extent,
    check_sheet_count,
    damaged,
)
from webapp.platform.spreadsheets.xlsx_styles import fills_by_style
from webapp.platform.spreadsheets.xml_tree import parsed

# Well-formed XML has no "<" inside a tag (the archive's reader has checked that it is such).
_ATTRIBUTES = rb"""((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)"""
_TAG = re.compile(
    rb"<(?:\w+:)?(?:(row)|c)(?=[\s/>])" + _ATTRIBUTES + rb">(?:\s*<(?:(/)|(?:\w+:)?v>(\d{1,9})<))?"
)
_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
_HAS_REFERENCE = re.compile(rb"(?:^|\s)r\s*=")
_STYLE = re.compile(rb"""(?:^|\s)s\s*=\s*["'](\d{1,6})["']""")
_IS_SHARED = re.compile(rb"""(?:^|\s)t\s*=\s*["']s["']""")
_SHARED_STRING = re.compile(rb"<(?:\w+:)?si[\s>/].*?(?=<(?:\w+:)?si[\s>/]|\Z)", re.DOTALL)
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(slots=True)
class _Scan:
    """What one pass over a sheet's tags finds out before anything is laid out."""

    rows: int = 0
    columns: int = 0
    characters: int = 0
    styled: list[tuple[int, int, int]] = field(default_factory=list)


def read_xlsx(data: bytes) -> Workbook:
    """The workbook in an .xlsx file; raises SpreadsheetRefused."""
    parts = unpacked(data)
    try:
        names = _parts_in_order(parts)
        with load_workbook(repacked(parts)) as book:
            if len(names) != len(book.sheets_metadata):
                raise damaged()
            return Workbook(tuple(_sheets(book, parts, names)))
    except (CalamineError, KeyError, ValueError, OSError) as error:
        raise damaged() from error


def _sheets(book: CalamineWorkbook, parts: dict[str, bytes], names: list[str]) -> Iterator[Sheet]:
    shown = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    check_sheet_count(sum(s.visible == SheetVisibleEnum.Visible for s in shown))
    fill_of = fills_by_style(parts)
    lengths = [len(s) for s in _SHARED_STRING.findall(parts.get("xl/sharedStrings.xml", b""))]
    for at, entry in enumerate(book.sheets_metadata):
        if entry.typ != SheetTypeEnum.WorkSheet:
            continue
        if entry.visible != SheetVisibleEnum.Visible:
            yield Sheet(entry.name, is_hidden=True)
            continue
        # A part that we cannot find is one whose size we could not check.
        scan = _scanned(parts[names[at]], lengths)
        check_extent(entry.name, rows=scan.rows, columns=scan.columns)
        check_characters(entry.name, scan.characters)
        sheet = book.get_sheet_by_index(at)
        yield laid_out(
            entry.name,
            sheet.to_python(skip_empty_area=False) if sheet.height else [],
            fills={(r, c): fill_of[s] for r, c, s in scan.styled if s in fill_of},
            merged=merges(sheet.merged_cell_ranges),
        )


def merges(ranges: list[tuple[tuple[int, int], tuple[int, int]]] | None) -> list[Merge]:
    """Calamine's ranges as ours."""
    return [Merge(*start, *end) for start, end in ranges or ()]


def _parts_in_order(parts: dict[str, bytes]) -> list[str]:
    """The part of each sheet, in the workbook's order."""
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in parsed(parts["xl/_rels/workbook.xml.rels"])
    }
    found = []
    for element in parsed(parts["xl/workbook.xml"]).iter():
        if element.tag.endswith("}sheet"):
            relation = element.get(_RELATION_ID) or element.get(_STRICT_RELATION_ID) or ""
            target = targets.get(relation, "").lstrip("/")
            found.append(target if target.startswith("xl/") else posixpath.join("xl", target))
    return [posixpath.normpath(name) for name in found]


def _scanned(sheet: bytes, lengths: list[int]) -> _Scan:
    """Extent of the cells with content, their text in all, and the style of every cell.

    Calamine lays a sheet out as one dense block, so two cells in opposite corners, or one
    long shared string in every cell, must be found before it starts.
    """
    scan = _Scan()
    longest = max(lengths, default=0)
    row = column = 0
    for tag in _TAG.finditer(sheet):
        is_row, attributes, is_closed, shared = tag.groups()
        if is_row:
            row, column = _number_of_row(attributes, row), 0
            continue
        row, column = _position(attributes, row, column)
        if style := _STYLE.search(attributes):
            scan.styled.append((row - 1, column - 1, int(style[1])))
        if is_closed or attributes.endswith(b"/"):
            continue
        scan.rows, scan.columns = max(scan.rows, row), max(scan.columns, column)
        if _IS_SHARED.search(attributes):
            at = int(shared) if shared else -1
            scan.characters += lengths[at] if 0 <= at < len(lengths) else longest
    return scan


def _number_of_row(attributes: bytes, before: int) -> int:
    reference = _REFERENCE.search(attributes)
    return int(reference[2]) if reference else before + 1


def _position(attributes: bytes, row: int, column: int) -> tuple[int, int]:
    reference = _REFERENCE.search(attributes)
    if reference is None:
        if _HAS_REFERENCE.search(attributes):
            raise damaged()
        return max(row, 1), column + 1
    letters = reference[1].upper()
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return int(reference[2]), number
