"""The ledger on A3: levels in words and colours, points joined, heads on every page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from webapp.documents.flow import Document
from webapp.documents.fonts import Face
from webapp.documents.page import A3, LEDGER, MM, Layout, Running
from webapp.documents.palette import GREY, risk_chip
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Style
from webapp.documents.table import COVERED, Cell, Column, Value
from webapp.platform.clock import SHANGHAI
from webapp.risks.rules.drafts import STATED
from webapp.risks.rules.ledger_sheet import SheetColumn, SheetRow, sheet_columns
from webapp.risks.rules.words import method_words
from webapp.standards.risk_methods import RiskLevel, method

TITLE = "安全风险分级管控清单"
NOTE = (
    "等级以颜色和文字同时表示；上一级管控的风险，下一级同时管控。"
    "固有：不计现有措施；残余：现有措施有效执行后。"
)
_TITLE = Style(Face.TITLE, size=24, leading=34, align=Align.CENTER)
_LEFT = {"危险源", "工程技术措施", "管理措施", "培训教育措施", "个体防护措施", "应急处置措施"}
_OMITTED_EMPTY = {"作业活动", "作业步骤"}
_JOINED = {"风险点", "风险点类型"}
_HEADING_WIDTH = 2
_CHIP_GAP = 34 * MM


@dataclass(frozen=True, slots=True)
class LedgerPaper:
    """Whose ledger it is and when it was printed; the chain head proves what lay before it."""

    enterprise: str
    rows: Sequence[SheetRow]
    filtered_by: str
    chain_position: int
    chain_head: str
    printed_by: str
    printed_at: datetime


def ledger_pdf(paper: LedgerPaper) -> bytes:
    """The ledger as a PDF."""
    printed = f"{paper.printed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {paper.printed_by} 导出"
    chain = f"审计链第 {paper.chain_position} 条 {paper.chain_head[:16]}"
    layout = Layout(
        A3.landscape,
        LEDGER,
        Running(
            head_left=f"{paper.enterprise}　{TITLE}",
            foot_left=NOTE,
            foot_right=f"{printed}　{chain}",
        ),
    )
    columns = _columns(paper.rows)
    document = Document(layout, title=TITLE, author=paper.enterprise)
    document.paragraph(TITLE, _TITLE)
    document.drawing(16, lambda pen, x, top, width: _head(paper, pen, x, top, width))
    document.table(
        [Column(_heading(c.heading), c.paper, _align(c)) for c in columns],
        _rows(paper.rows, columns),
        size=8.2,
    )
    return document.build()


def _columns(rows: Sequence[SheetRow]) -> list[SheetColumn]:
    """Those with a place on paper; activity and step only when some row names one."""
    return [
        column
        for column in sheet_columns(rows)
        if column.paper
        and (column.heading not in _OMITTED_EMPTY or any(column.value(row) for row in rows))
    ]


def _head(paper: LedgerPaper, pen: Pen, x: float, top: float, width: float) -> None:
    methods = "、".join(dict.fromkeys(_method(row.inherent.method) for row in paper.rows))
    pen.text(x, top - 10, f"单位：{paper.enterprise}", Face.SANS, 10.5)
    pen.text(x + width, top - 10, f"评价方法：{methods or '—'}", Face.SANS, 10.5, align=Align.RIGHT)
    counts = Counter(row.residual.level for row in paper.rows)
    for at, level in enumerate(RiskLevel):
        chip, left, foot = risk_chip(level), x + at * _CHIP_GAP, top - 32
        pen.box(left, foot, 18 * MM, 14, ground=chip.ground)
        words = level.full_words
        pen.text(left + 9 * MM, foot + 4, words, Face.HEI, 9, color=chip.ink, align=Align.CENTER)
        pen.text(left + 19.5 * MM, foot + 4, f"{counts[level]} 条", Face.SANS, 9.5)
    points = len({row.point for row in paper.rows})
    words = f"{paper.filtered_by}风险 {len(paper.rows)} 条，风险点 {points} 个（按残余等级统计）"
    pen.text(x + width, top - 28, words, Face.SANS, 9, color=GREY, align=Align.RIGHT)


def _method(code: str) -> str:
    words = method_words(code)
    return words if code == STATED else f"{words}（{method(code).formula}）"


def _rows(rows: Sequence[SheetRow], columns: Sequence[SheetColumn]) -> Iterator[list[Value]]:
    for _, together in groupby(rows, key=lambda row: row.point):
        group = list(together)
        for at, row in enumerate(group):
            yield [_cell(column, row, at, len(group)) for column in columns]


def _cell(column: SheetColumn, row: SheetRow, at: int, group: int) -> Value:
    value = column.value(row)
    if column.heading in _JOINED:
        return Cell(str(value), rows=group) if at == 0 else COVERED
    if column.is_level:
        level = row.inherent.level if column.heading.startswith("固有") else row.residual.level
        return risk_chip(level)
    return value


def _heading(words: str) -> str:
    return words.removeprefix("固有") if len(words) <= _HEADING_WIDTH + 1 else words


def _align(column: SheetColumn) -> Align:
    return Align.LEFT if column.heading in _LEFT else Align.CENTER
