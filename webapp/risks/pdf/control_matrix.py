"""The matrix of who controls what, on A3: risks down, the enterprise's levels across."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from webapp.documents.flow import Document
from webapp.documents.fonts import Face
from webapp.documents.page import A3, LEDGER, Layout, Running
from webapp.documents.palette import GREY, risk_chip
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Style
from webapp.documents.table import Cell, Column, Value
from webapp.platform.clock import SHANGHAI
from webapp.risks.queries.control_matrix import MatrixLine
from webapp.risks.rules.control_matrix import MatrixCell, count_missing
from webapp.standards.risk_methods import ControlLevel

TITLE = "安全风险管控责任矩阵"
RULE = "上一级管控的风险，下一级同时管控，并逐级落实具体措施。"
_KEY = "● 牵头管控的层级　— 不要求的层级"
_TITLE = Style(Face.TITLE, size=24, leading=34, align=Align.CENTER)
_COLUMNS = (
    Column("编号", 15, Align.CENTER),
    Column("风险点", 44, Align.LEFT),
    Column("危险源", 76, Align.LEFT),
    Column("风险等级", 16, Align.CENTER),
    Column("责任部门", 34, Align.CENTER),
    *(Column(level.words, 52, Align.LEFT) for level in ControlLevel),
)


@dataclass(frozen=True, slots=True)
class MatrixPaper:
    """Whose matrix it is and when it was printed."""

    enterprise: str
    lines: Sequence[MatrixLine]
    filtered_by: str
    printed_by: str
    printed_at: datetime


def control_matrix_pdf(paper: MatrixPaper) -> bytes:
    """The matrix as a PDF."""
    printed = f"{paper.printed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {paper.printed_by} 导出"
    running = Running(
        head_left=f"{paper.enterprise}　{TITLE}", foot_left=f"{RULE}{_KEY}", foot_right=printed
    )
    layout = Layout(A3.landscape, LEDGER, running)
    document = Document(layout, title=TITLE, author=paper.enterprise)
    document.paragraph(TITLE, _TITLE)
    document.drawing(14, lambda pen, x, top, width: _head(paper, pen, x, top, width))
    document.table(_COLUMNS, _rows(paper.lines), size=9.5)
    return document.build()


def _head(paper: MatrixPaper, pen: Pen, x: float, top: float, width: float) -> None:
    pen.text(x, top - 10, f"单位：{paper.enterprise}", Face.SANS, 10.5)
    pen.text(x, top - 27, RULE, Face.HEI, 10.5)
    missing = count_missing(line.cells for line in paper.lines)
    said = f"{paper.filtered_by}风险 {len(paper.lines)} 条"
    said += f"，其中 {missing} 条有层级待指定责任人" if missing else "，各层级责任人齐全"
    pen.text(x + width, top - 27, _KEY, Face.SANS, 10, align=Align.RIGHT)
    pen.text(x + width, top - 10, said, Face.SANS, 10, color=GREY, align=Align.RIGHT)


def _rows(lines: Iterable[MatrixLine]) -> Iterator[list[Value]]:
    for line in lines:
        risk = line.risk
        yield [
            risk.number_words,
            risk.point,
            risk.source,
            risk_chip(risk.level),
            risk.department or "—",
            *(_cell(cell) for cell in line.cells),
        ]


def _cell(cell: MatrixCell) -> Value:
    if not cell.is_required:
        return Cell(cell.words, align=Align.CENTER)
    words = f"● {cell.words}" if cell.is_leading else cell.words
    return Cell(words, face=Face.HEI if cell.is_leading or cell.is_missing else None)
