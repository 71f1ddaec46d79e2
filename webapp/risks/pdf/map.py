"""A four-colour map on A3 or A4: the plan with its shapes as vectors, legend, list of areas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from webapp.documents.flow import Document
from webapp.documents.fonts import Face
from webapp.documents.page import A3, A4, MM, Layout, Margins, Running, Sheet
from webapp.documents.palette import GREY, INK, RULE, WHITE, risk_chip
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Style
from webapp.documents.table import Cell, Column, Value
from webapp.documents.typesetting.metrics import metrics
from webapp.risks.queries.map_rows import MapDetail, ShapeRow
from webapp.risks.rules import map_colours
from webapp.risks.rules.map_outlines import ShapeKind, label_anchor
from webapp.risks.rules.map_paper import MapSize
from webapp.standards.risk_methods import RiskLevel

TITLE = "安全风险四色分布图"
_MARGINS = Margins(top=12, right=12, bottom=15, left=12)
_HEAD, _LEGEND = 19 * MM, 13 * MM
_UNRATED = "#8a93a0"
_COLUMNS = (
    Column("序号", 12, Align.CENTER),
    Column("区域或点位", 52, Align.LEFT),
    Column("风险等级", 20, Align.CENTER),
    Column("风险", 14, Align.CENTER),
    Column("风险单元和风险点", 110, Align.LEFT),
)
_LABELS = {MapSize.A3: 12.0, MapSize.A4: 8.5}
_LIST_TITLE = Style(Face.HEI, size=15, leading=26)
_SHEETS = {MapSize.A3: A3, MapSize.A4: A4}


@dataclass(frozen=True, slots=True)
class MapPaper:
    """Whose map it is, its plan and when it was printed."""

    enterprise: str
    detail: MapDetail
    picture: bytes
    printed_on: date

    @property
    def printed_words(self) -> str:
        """The day of the colours, which move with the ledger."""
        day = self.printed_on
        return f"{day.year}年{day.month}月{day.day}日打印，颜色为当日等级"


@dataclass(frozen=True, slots=True)
class _Plan:
    """A rectangle of the sheet, such as the plan's, in points from the lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.bottom + self.height

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + self.width

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A position of the plan on the sheet."""
        return self.left + x * self.width, self.bottom + (1 - y) * self.height


def map_pdf(paper: MapPaper, size: MapSize) -> bytes:
    """The map as a PDF: the plan on the first page, then the list of its areas."""
    name = paper.detail.map.name
    # No head is repeated, so that the plan has the whole height of its page.
    running = Running(foot_left=map_colours.RULE, foot_right=paper.printed_words)
    layout = Layout(_sheet(paper, size), _MARGINS, running)
    document = Document(layout, title=f"{TITLE}：{name}", author=paper.enterprise)
    high = layout.frame(1).height - 1 * MM
    document.drawing(
        high / MM,
        lambda pen, x, top, width: _first_page(paper, size, pen, _Plan(x, top - high, width, high)),
    )
    if paper.detail.shapes:
        document.page_break().paragraph(f"{paper.enterprise}　{TITLE}：{name}", _LIST_TITLE)
        document.table(_COLUMNS, _lines(paper.detail), size=10.5 if size is MapSize.A3 else 9.5)
    return document.build()


def _sheet(paper: MapPaper, size: MapSize) -> Sheet:
    found = paper.detail.map
    sheet = _SHEETS[size]
    return sheet.landscape if found.width >= found.height else sheet


def _first_page(paper: MapPaper, size: MapSize, pen: Pen, room: _Plan) -> None:
    _head(paper, pen, room)
    _legend(paper, pen, room)
    plan = _placed(paper, room)
    pen.image(paper.picture, plan.left, plan.bottom, plan.width, plan.height)
    pen.box(plan.left, plan.bottom, plan.width, plan.height, rule=RULE)
    for shape in paper.detail.shapes:
        _shape(pen, plan, shape)
    for number, shape in enumerate(paper.detail.shapes, 1):
        _label(pen, plan, shape, number, _LABELS[size])


def _placed(paper: MapPaper, room: _Plan) -> _Plan:
    """The plan as large as the room between head and legend allows, in its middle."""
    found, high = paper.detail.map, room.height - _HEAD - _LEGEND
    scale = min(room.width / found.width, high / found.height)
    width, height = found.width * scale, found.height * scale
    bottom = room.bottom + _LEGEND + (high - height) / 2
    return _Plan(room.left + (room.width - width) / 2, bottom, width, height)


def _head(paper: MapPaper, pen: Pen, room: _Plan) -> None:
    upper, lower = room.top - 9 * MM, room.top - 15.5 * MM
    pen.text(room.left, upper, TITLE, Face.HEI, 22)
    pen.text(room.left, lower, paper.detail.map.name, Face.SANS, 12, color=GREY)
    pen.text(room.right, upper, paper.enterprise, Face.HEI, 13, align=Align.RIGHT)
    words = paper.printed_words
    pen.text(room.right, lower, words, Face.SANS, 10, color=GREY, align=Align.RIGHT)


def _legend(paper: MapPaper, pen: Pen, room: _Plan) -> None:
    level, place = room.bottom + 3.5 * MM, room.left + 13 * MM
    pen.text(room.left, level, "图例", Face.HEI, 11)
    entries = paper.detail.legend
    step = min((room.right - place) / len(entries), 58 * MM)
    for entry in entries:
        pen.box(place, level - 3, 8 * MM, 5 * MM, ground=_colour(entry.level), rule=INK)
        pen.text(place + 10 * MM, level, f"{entry.words} {entry.shapes} 处", Face.SANS, 10)
        place += step


def _colour(level: RiskLevel | None) -> str:
    return risk_chip(level).ground if level else _UNRATED


def _shape(pen: Pen, plan: _Plan, shape: ShapeRow) -> None:
    colour = _colour(shape.level)
    corners = [plan.at(x, y) for x, y in shape.vertices]
    if shape.kind is ShapeKind.POINT:
        pen.circle(*corners[0], 2.4 * MM, ground=colour, rule=WHITE, rule_width=1.2)
        return
    pen.polygon(corners, ground=colour, opacity=0.45, rule=colour, rule_width=1.6)


def _label(pen: Pen, plan: _Plan, shape: ShapeRow, number: int, size: float) -> None:
    """Name and level on a white plate, so that neither plan nor colour swallows them."""
    x, y = plan.at(*label_anchor(shape.vertices))
    level = shape.level.words if shape.level else map_colours.UNRATED
    lines = [f"{number} {shape.name}　{level}"]
    if shape.kind is ShapeKind.POINT:
        y -= 2.4 * MM + size * 1.3
    elif _width(lines, size) > _breadth(shape) * plan.width:
        lines = [f"{number} {shape.name}", level]
    width, high = _width(lines, size), size * (0.3 + 1.2 * len(lines))
    x = min(max(x, plan.left + width / 2), plan.right - width / 2)
    pen.box(x - width / 2, y - high / 2, width, high, ground=WHITE, radius=2)
    for line in lines:
        pen.text(x, y + high / 2 - size * 1.1, line, Face.HEI, size, align=Align.CENTER)
        y -= size * 1.2


def _width(lines: Sequence[str], size: float) -> float:
    return (max(metrics(Face.HEI).width(line) for line in lines) + 1) * size


def _breadth(shape: ShapeRow) -> float:
    """How much of the plan's width a shape takes."""
    sides = [x for x, _ in shape.vertices]
    return max(sides) - min(sides)


def _lines(detail: MapDetail) -> Iterator[list[Value]]:
    for number, shape in enumerate(detail.shapes, 1):
        points = "、".join(point.name for point in shape.points)
        unit = f"风险单元：{shape.unit_name}" if shape.unit_name else ""
        yield [
            number,
            Cell(
                shape.name,
                note="不对外公开" if shape.is_confidential else shape.kind.words,
                face=Face.HEI,
            ),
            risk_chip(shape.level) if shape.level else map_colours.UNRATED,
            f"{shape.events} 条",
            "\n".join(part for part in (unit, points) if part) or "—",
        ]
