"""Builders of ledgers as enterprises send them, and short words for what was read from them."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO

import openpyxl
import xlwt
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import range_boundaries

from webapp.platform.spreadsheets.reader import read_workbook
from webapp.risks.rules.import_ledger.preview import ImportPreview, preview

Value = str | int | float | None
Rows = Sequence[Sequence[Value]]

HEAD = (
    "序号",
    "风险点",
    "危险源",
    "事故类型",
    "L",
    "E",
    "C",
    "D",
    "风险等级",
    "管控措施",
    "责任部门",
    "责任人",
)


def row(number: int = 1, **changed: Value) -> list[Value]:
    """A faultless LEC row under HEAD; keywords change single cells."""
    cells: dict[str, Value] = {
        "ordinal": number,
        "point": "配电室",
        "source": f"线路老化{number}",
        "accident": "触电",
        "likelihood": 3,
        "exposure": 6,
        "consequence": 15,
        "value": 270,
        "level": "较大",
        "measure": "定期检查线路",
        "department": "设备部",
        "person": "张三",
    }
    return list({**cells, **changed}.values())


@dataclass(frozen=True)
class Page:
    """One sheet to build; ranges and cells in Excel's notation, fills as RRGGBB."""

    rows: Rows
    name: str = "风险分级管控清单"
    merged: Sequence[str] = ()
    fills: Mapping[str, str] = field(default_factory=dict)
    is_hidden: bool = False


def xlsx(*pages: Page) -> bytes:
    """The pages as an .xlsx file."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        sheet = book.create_sheet(page.name)
        for cells in page.rows:
            sheet.append(list(cells))
        for area in page.merged:
            sheet.merge_cells(area)
        for cell, fill in page.fills.items():
            sheet[cell].fill = PatternFill("solid", fgColor=f"FF{fill}")
        if page.is_hidden:
            sheet.sheet_state = "hidden"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def xls(*pages: Page, colours: Mapping[str, str] | None = None) -> bytes:
    """The pages as an .xls file; ``colours`` fills cells with a colour by xlwt's name."""
    book = xlwt.Workbook(encoding="utf-8")
    for page in pages:
        sheet = book.add_sheet(page.name)
        sheet.visibility = int(page.is_hidden)
        spans = {
            (top - 1, left - 1): (bottom - 1, right - 1)
            for left, top, right, bottom in map(range_boundaries, page.merged)
        }
        filled = {range_boundaries(cell)[1::-1]: name for cell, name in (colours or {}).items()}
        for at, cells in enumerate(page.rows):
            for column, value in enumerate(cells):
                name = filled.get((at + 1, column + 1))
                look = f"pattern: pattern solid, fore_colour {name}" if name else ""
                style = xlwt.easyxf(look)
                if (at, column) in spans:
                    bottom, right = spans[(at, column)]
                    sheet.write_merge(at, bottom, column, right, value, style)
                elif value is not None or name:
                    sheet.write(at, column, value if value is not None else "", style)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def text_table(rows: Rows, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """The rows as a text file."""
    target = StringIO()
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue().encode(encoding)


def read(data: bytes, filename: str = "台账.xlsx") -> ImportPreview:
    """What an import of the file would do."""
    return preview(read_workbook(data, filename).sheets)


def plain(*rows: Sequence[Value], head: Sequence[str] = HEAD) -> ImportPreview:
    """What an import of one bare table would do."""
    return read(xlsx(Page([head, *rows])))


def said(found: ImportPreview) -> list[tuple[int, str, str, str, str]]:
    """Sheet row, point, source, value and level of every ledger row."""
    return [
        (
            r.row,
            r.point,
            r.hazard_source,
            "" if r.value is None else str(r.value),
            "" if r.level is None else r.level.words,
        )
        for r in found.rows
    ]


def wrong(found: ImportPreview) -> list[tuple[int, int, str, str]]:
    """Index, sheet row, field and code of every finding."""
    return [(f.index, f.row, f.field.value, f.code.value) for f in found.findings]
