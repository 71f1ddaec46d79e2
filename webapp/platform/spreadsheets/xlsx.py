"""Reads .xlsx: values by calamine, fills and bounds by our own pass over the sheet's cells."""

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
    MAX_UNPACKED_BYTES,
    Merge,
    Sheet,
    SpreadsheetRefused,
    Workbook,
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
        part_of = _parts_by_sheet(parts)
        with load_workbook(repacked(parts)) as book:
            return Workbook(tuple(_sheets(book, parts, part_of)))
    except (CalamineError, KeyError, ValueError, OSError) as error:
        raise damaged() from error


def _sheets(
    book: CalamineWorkbook, parts: dict[str, bytes], part_of: dict[str, str]
) -> Iterator[Sheet]:
    shown = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    check_sheet_count(sum(s.visible == SheetVisibleEnum.Visible for s in shown))
    fill_of = fills_by_style(parts)
    lengths = [len(s) for s in _SHARED_STRING.findall(parts.get("xl/sharedStrings.xml", b""))]
    for entry in shown:
        if entry.visible != SheetVisibleEnum.Visible:
            yield Sheet(entry.name, is_hidden=True)
            continue
        scan = _scanned(parts.get(part_of.get(entry.name, ""), b""), lengths)
        _check(entry.name, scan)
        sheet = book.get_sheet_by_name(entry.name)
        fills = {(r, c): fill_of[s] for r, c, s in scan.styled if s in fill_of}
        yield laid_out(
            entry.name,
            sheet.to_python(skip_empty_area=False) if sheet.height else [],
            fills=fills,
            merged=merges(sheet.merged_cell_ranges),
        )


def merges(ranges: list[tuple[tuple[int, int], tuple[int, int]]] | None) -> list[Merge]:
    """Calamine's ranges as ours."""
    return [Merge(*start, *end) for start, end in ranges or ()]


def _check(name: str, scan: _Scan) -> None:
    check_extent(name, rows=scan.rows, columns=scan.columns)
    if scan.characters > MAX_UNPACKED_BYTES:
        raise SpreadsheetRefused(f"工作表“{name}”的文字过多，不像正常的台账。请分成几个文件上传。")


def _parts_by_sheet(parts: dict[str, bytes]) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in parsed(parts["xl/_rels/workbook.xml.rels"])
    }
    found = {}
    for element in parsed(parts["xl/workbook.xml"]).iter():
        if not element.tag.endswith("}sheet"):
            continue
        relation = element.get(_RELATION_ID) or element.get(_STRICT_RELATION_ID) or ""
        target = targets.get(relation, "")
        name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[element.get("name", "")] = name
    return found


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
