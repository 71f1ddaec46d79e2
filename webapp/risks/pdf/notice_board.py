"""The board of major and significant risks, A3 lying: what hangs where everybody passes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from webapp.documents.flow import Document
from webapp.documents.fonts import Face
from webapp.documents.page import A3, MM, Layout, Margins, Running
from webapp.documents.palette import GREY, INK, WHITE, risk_chip
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Style
from webapp.documents.table import Cell, Column, Value
from webapp.risks.rules.ledger_sheet import SheetRow
from webapp.risks.rules.notice_board import GRAVE, board_rows, board_words
from webapp.risks.rules.words import type_names
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import RiskLevel

TITLE = "重大、较大安全风险公告栏"
_MARGINS = Margins(top=12, right=12, bottom=15, left=12)
_BANNER = 17
_COLUMNS = (
    Column("序号", 12, Align.CENTER),
    Column("等级", 18, Align.CENTER),
    Column("风险点和部位", 44, Align.LEFT),
    Column("主要风险", 56, Align.LEFT),
    Column("可能发生的事故和后果", 44, Align.LEFT),
    Column("管控措施", 100, Align.LEFT),
    Column("应急措施", 62, Align.LEFT),
    Column("责任部门和责任人", 34, Align.CENTER),
    Column("排查周期", 22, Align.CENTER),
)
_KINDS = tuple(kind for kind in MeasureCategory if kind is not MeasureCategory.EMERGENCY)
_NONE = Style(Face.HEI, size=30, leading=46, align=Align.CENTER)
_NOTE = Style(Face.SANS, size=13, leading=22, align=Align.CENTER, color=GREY)


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """An enterprise's grave risks, how many risks it knows of at all, and whom to call."""

    enterprise: str
    rows: Sequence[SheetRow]
    registered: int
    principal: str
    safety_phone: str
    printed_on: date


def notice_board_pdf(paper: BoardPaper) -> bytes:
    """The board as a PDF of as many pages as it needs."""
    day = paper.printed_on
    running = Running(
        head_left=f"{paper.enterprise}　{TITLE}",
        foot_left="发现险情立即撤离并报告：火警 119　急救 120　安全生产举报 12350",
        foot_right=f"{day.year}年{day.month}月{day.day}日公布，风险变化时更新，最长一年",
    )
    layout = Layout(A3.landscape, _MARGINS, running)
    document = Document(layout, title=TITLE, author=paper.enterprise)
    document.drawing(_BANNER, lambda pen, x, top, width: _banner(paper, pen, x, top, width))
    rows = board_rows(paper.rows)
    words = board_words(rows, paper.registered)
    if not rows:
        document.spacer(70).paragraph(words.headline, _NONE).paragraph(words.detail, _NOTE)
        return document.build()
    document.drawing(13, lambda pen, x, top, width: _summary(paper, pen, x, top, width))
    document.table(_COLUMNS, _lines(rows), size=12)
    return document.build()


def _banner(paper: BoardPaper, pen: Pen, x: float, top: float, width: float) -> None:
    """Draw the headline over the full sheet in the colour of the gravest level there is."""
    rows = board_rows(paper.rows)
    chip = risk_chip(rows[0].residual.level) if rows else None
    ground, ink = (chip.ground, chip.ink) if chip else ("#152a4d", WHITE)
    high, edge = 22 * MM, 12 * MM
    pen.box(x - edge, top - high + edge, width + 2 * edge, high, ground=ground)
    pen.text(x, top - high + edge + 7 * MM, TITLE, Face.HEI, 30, color=ink, tracking=2)
    right = x + width
    pen.text(
        right, top - high + edge + 8 * MM, paper.enterprise, Face.HEI, 17, color=ink,
        align=Align.RIGHT,
    )  # fmt: skip


def _summary(paper: BoardPaper, pen: Pen, x: float, top: float, width: float) -> None:
    rows = board_rows(paper.rows)
    level, edge = top - 12, x
    for grave in GRAVE:
        chip = risk_chip(grave)
        pen.box(x, level - 6, 26 * MM, 20, ground=chip.ground)
        words = grave.full_words
        pen.text(x + 13 * MM, level, words, Face.HEI, 12, color=chip.ink, align=Align.CENTER)
        count = sum(row.residual.level is grave for row in rows)
        said = f"{count} 条" if count else _absent(grave)
        x += 29 * MM + pen.text(x + 28 * MM, level, said, Face.HEI, 12, color=INK) + 8 * MM
    said = f"主要负责人 {paper.principal}　安全管理 {paper.safety_phone or '—'}"
    right = edge + width
    pen.text(right, level, said, Face.SANS, 12, color=INK, align=Align.RIGHT)


def _absent(level: RiskLevel) -> str:
    return f"无{level.full_words}"


def _lines(rows: Sequence[SheetRow]) -> Iterator[list[Value]]:
    for number, row in enumerate(rows, 1):
        yield [
            number,
            risk_chip(row.residual.level),
            Cell(row.point, note=row.place, face=Face.HEI),
            row.description or row.hazard_source,
            Cell(type_names(row.accident_types), note=row.consequence),
            _measures(row),
            "；".join(row.measures.get(MeasureCategory.EMERGENCY, ())) or "—",
            Cell(row.owner or "待指定", note=row.department),
            row.frequency or "—",
        ]


def _measures(row: SheetRow) -> str:
    found = (
        f"{kind.words}：{'；'.join(row.measures[kind])}" for kind in _KINDS if kind in row.measures
    )
    return "\n".join(found) or "—"
