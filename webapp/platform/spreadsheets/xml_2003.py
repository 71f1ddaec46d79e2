"""Reads XML Spreadsheet 2003, which older office systems export under the name .xls."""

import re
from xml.etree.ElementTree import Element

from webapp.platform.spreadsheets.placing import Placed, css_colour
from webapp.platform.spreadsheets.workbook import (
    MAX_COLUMNS,
    MAX_ROWS,
    Sheet,
    Workbook,
    check_sheet_count,
)
from webapp.platform.spreadsheets.xml_tree import parsed

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read_xml_2003(data: bytes) -> Workbook:
    """The sheets of an XML Spreadsheet 2003 file."""
    root = parsed(data.lstrip())
    fills = {
        style.get(f"{_SS}ID", ""): colour
        for style in root.iter(f"{_SS}Style")
        for interior in style.findall(f"{_SS}Interior")
        if (colour := css_colour(f"background:{interior.get(f'{_SS}Color', '')}"))
    }
    sheets = root.findall(f"{_SS}Worksheet")
    check_sheet_count(len(sheets))
    return Workbook(tuple(_xml_sheet(sheet, fills) for sheet in sheets))


def _xml_sheet(element: Element, fills: dict[str, str]) -> Sheet:
    placed = Placed(element.get(f"{_SS}Name", "Sheet"))
    if any(option.text == "SheetHidden" for option in element.iter() if "Visible" in option.tag):
        return Sheet(placed.name, is_hidden=True)
    for row in element.findall(f"{_SS}Table/{_SS}Row"):
        if index := _index(row, MAX_ROWS):
            placed.skip_to_row(index)
        placed.new_row()
        for cell in row.findall(f"{_SS}Cell"):
            if index := _index(cell, MAX_COLUMNS):
                placed.skip_to_column(index)
            content = cell.find(f"{_SS}Data")
            placed.put(
                _xml_text(content),
                down=_count(cell.get(f"{_SS}MergeDown")) + 1,
                right=_count(cell.get(f"{_SS}MergeAcross")) + 1,
                fill=fills.get(cell.get(f"{_SS}StyleID", "")),
            )
    return placed.sheet()


def _index(element: Element, most: int) -> int:
    return min(_count(element.get(f"{_SS}Index")), most + 1)


def _count(text: str | None) -> int:
    return min(int(text), MAX_ROWS) if text and text.isdecimal() else 0


def _xml_text(content: Element | None) -> str:
    if content is None:
        return ""
    text = "".join(content.itertext())
    kind = content.get(f"{_SS}Type")
    if kind == "DateTime":
        return text.removesuffix("T00:00:00.000").replace("T", " ")
    if kind == "Number" and re.fullmatch(r"-?\d+\.0+", text):
        return text.split(".")[0]
    return text
