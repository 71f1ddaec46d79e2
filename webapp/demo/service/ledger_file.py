"""The ledger as the Excel file that enterprises have: title, two-row head, merged points."""

from io import BytesIO
from itertools import groupby

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from webapp.demo.rules.ledger_rows import TypedRow, ledger_rows
from webapp.demo.rules.plants import Plant
from webapp.demo.rules.risk_points import FACTORS
from webapp.standards.risk_methods import RiskLevel

_LEVELS = {
    RiskLevel.MAJOR: ("重大风险", "#E5484D"),
    RiskLevel.SIGNIFICANT: ("较大风险", "#F76B15"),
    RiskLevel.MODERATE: ("一般风险", "#FFE14D"),
    RiskLevel.LOW: ("低风险", "#5B9BFF"),
}
_HEAD = (
    ("序号", ()),
    ("风险点", ("名称", "类型")),
    ("作业步骤", ()),
    ("危险源", ()),
    ("可能导致的事故类型", ()),
    ("固有风险评价", ("L", "E", "C", "D", "风险等级")),
    ("管控措施", ("工程技术", "管理措施", "培训教育", "个体防护", "应急处置")),
    ("残余风险评价", ("L", "E", "C", "D", "风险等级")),
    ("管控层级", ()),
    ("责任部门", ()),
    ("责任人", ()),
    ("排查频次", ()),
)
_COLUMNS = sum(len(below) or 1 for _, below in _HEAD)
_TITLE_ROWS, _HEAD_ROWS = 1, 2


def ledger_file(plant: Plant) -> bytes:
    """The plant's ledger as a workbook's bytes."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        edge = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        plain = book.add_format(edge)
        bold = book.add_format({**edge, "bold": True, "align": "center"})
        fills = {
            level: book.add_format({**edge, "bg_color": colour})
            for level, (_, colour) in _LEVELS.items()
        }
        sheet = book.add_worksheet("风险分级管控清单")
        sheet.merge_range(0, 0, 0, _COLUMNS - 1, f"{plant.name}安全风险分级管控清单", bold)
        _write_head(sheet, bold)
        _write_rows(sheet, ledger_rows(plant), plain, fills)
    return target.getvalue()


def _write_head(sheet: Worksheet, bold: Format) -> None:
    column = 0
    for heading, below in _HEAD:
        if not below:
            sheet.merge_range(1, column, 2, column, heading, bold)
            column += 1
            continue
        last = column + len(below) - 1
        sheet.merge_range(1, column, 1, last, heading, bold)
        for at, each in enumerate(below, column):
            sheet.write_string(2, at, each, bold)
        column = last + 1


def _write_rows(
    sheet: Worksheet, rows: tuple[TypedRow, ...], plain: Format, fills: dict[RiskLevel, Format]
) -> None:
    line = _TITLE_ROWS + _HEAD_ROWS
    for _, group in groupby(rows, key=lambda row: row.place.name):
        point = tuple(group)
        for column, words in enumerate((point[0].place.name, point[0].point_kind), 1):
            if len(point) > 1:
                sheet.merge_range(line, column, line + len(point) - 1, column, words, plain)
            else:
                sheet.write_string(line, column, words, plain)
        for row in point:
            _write_row(sheet, line, row, plain, fills)
            line += 1


def _write_row(
    sheet: Worksheet, line: int, row: TypedRow, plain: Format, fills: dict[RiskLevel, Format]
) -> None:
    sheet.write_number(line, 0, line - _TITLE_ROWS - _HEAD_ROWS + 1, plain)
    texts = [row.event.step, row.event.source, row.event.accident.name]
    for column, text in enumerate(texts, 3):
        sheet.write_string(line, column, text, plain)
    for start, graded in ((6, row.inherent), (16, row.residual)):
        for at, factor in enumerate(FACTORS):
            sheet.write_number(line, start + at, float(graded.factors[factor]), plain)
        sheet.write_number(line, start + 3, float(graded.value), plain)
        sheet.write_string(line, start + 4, _LEVELS[graded.level][0], fills[graded.level])
    for at, measure in enumerate(row.event.measures, 11):
        sheet.write_string(line, at, measure, plain)
    for at, text in enumerate((row.control, row.place.department, row.person, row.cycle), 21):
        sheet.write_string(line, at, text, plain)
