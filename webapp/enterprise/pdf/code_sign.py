"""The sign with the enterprise code, A6 for the desk and A4 for the gate."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from webapp.documents.boxes import draw_centered_box, draw_line
from webapp.documents.fonts import Face
from webapp.documents.page import A4, A6, MM, Sheet
from webapp.documents.palette import GREY, HAIR, RISK_CHIPS, RISK_COLOUR_WORDS, WHITE
from webapp.documents.pen import Align, Pen
from webapp.documents.qr import draw_qr
from webapp.documents.runs import Style

NAVY, PALE = "#152a4d", "#c2cfe4"
UNASSESSED = "#5b6472"
_WIDTH, _HEIGHT = A6.width, A6.height
_EDGE = 8 * MM
_NAME = Style(Face.HEI, size=16.5, leading=21, align=Align.CENTER)


@dataclass(frozen=True, slots=True)
class SignContent:
    """Everything that stands on a sign; `address` is what the code holds."""

    name: str
    uscc: str
    address: str
    level: str | None
    agency: str
    edition: int
    printed_on: date


def code_sign_a6(content: SignContent) -> bytes:
    """The sign of 105 × 148 mm."""
    return _sign(content, A6, 1)


def code_sign_a4(content: SignContent) -> bytes:
    """The sign of 210 × 297 mm: the same drawing, twice as large."""
    return _sign(content, A4, 2)


def _sign(content: SignContent, sheet: Sheet, scale: int) -> bytes:
    pen = Pen(sheet, title=f"企业码 {content.name}", author="安企码", subject="安全生产企业码")
    pen.begin_part(sheet)
    # A4 is not quite twice A6; the rest of a millimetre goes to the head.
    pen.canvas.translate(0, sheet.height - scale * _HEIGHT)
    pen.canvas.scale(scale, scale)
    for draw in _PARTS:
        draw(pen, content)
    pen.end_part(1)
    return pen.finish()


def _draw_head(pen: Pen, content: SignContent) -> None:
    pen.box(0, _HEIGHT - 21 * MM, _WIDTH, 22 * MM, ground=NAVY)
    high, low = _HEIGHT - 10.2 * MM, _HEIGHT - 16.4 * MM
    pen.text(_EDGE, high, "安全生产企业码", Face.HEI, 15.5, color=WHITE)
    pen.text(_EDGE, low, "一企 · 一码 · 一档", Face.SANS, 9, color=PALE)
    right = _WIDTH - _EDGE
    pen.text(right, high, "安企码", Face.HEI, 11, color=WHITE, align=Align.RIGHT)
    agency = Style(Face.SANS, size=7.6, align=Align.RIGHT, color=PALE)
    draw_line(pen, right, low, content.agency, agency, 48 * MM)


def _draw_name(pen: Pen, content: SignContent) -> None:
    top, room, style = _HEIGHT - 22.5 * MM, 14 * MM, _centred(content.name)
    draw_centered_box(pen, _EDGE, top, _WIDTH - 2 * _EDGE, room, content.name, style)
    words = f"统一社会信用代码 {content.uscc}"
    pen.text(_WIDTH / 2, _HEIGHT - 39.2 * MM, words, Face.SANS, 8, color=GREY, align=Align.CENTER)


def _centred(name: str) -> Style:
    # A long name gets two lines of a smaller size rather than one that nobody reads.
    fits_one_line = 15
    return _NAME if len(name) <= fits_one_line else _NAME.scaled(0.78)


def _draw_code(pen: Pen, content: SignContent) -> None:
    side = 62 * MM
    draw_qr(pen, (_WIDTH - side) / 2, _HEIGHT - 40.5 * MM - side, side, content.address)


def _draw_level(pen: Pen, content: SignContent) -> None:
    chip = RISK_CHIPS.get(content.level or "")
    ground, ink = (chip.ground, chip.ink) if chip else (UNASSESSED, WHITE)
    words = f"{chip.word}风险（{RISK_COLOUR_WORDS[content.level or '']}）" if chip else "尚未评估"
    bottom = _HEIGHT - 114 * MM
    pen.box(_EDGE, bottom, _WIDTH - 2 * _EDGE, 10.5 * MM, ground=ground, radius=2 * MM)
    pen.text(12 * MM, bottom + 3.5 * MM, "企业风险等级", Face.SANS, 9.5, color=ink)
    right = _WIDTH - 12 * MM
    pen.text(right, bottom + 3.0 * MM, words, Face.HEI, 13, color=ink, align=Align.RIGHT)


def _draw_uses(pen: Pen, _content: SignContent) -> None:
    y = _HEIGHT - 120 * MM
    for words in ("看风险公告和责任岗位", "发现隐患，拨打 12350 举报", "核对本码真伪"):
        pen.circle(10.6 * MM, y + 1.1 * MM, 0.8 * MM, ground=NAVY)
        pen.text(14 * MM, y, words, Face.SANS, 9)
        y -= 5.4 * MM


def _draw_foot(pen: Pen, content: SignContent) -> None:
    pen.lines([(_EDGE, 9.5 * MM, _WIDTH - _EDGE, 9.5 * MM)], 0.4, HAIR)
    day = content.printed_on
    printed = f"{day.year}年{day.month}月{day.day}日印制"
    y = 5.4 * MM
    pen.text(_EDGE, y, f"企业码第 {content.edition} 版", Face.SANS, 7, color=GREY)
    pen.text(_WIDTH - _EDGE, y, printed, Face.SANS, 7, color=GREY, align=Align.RIGHT)


_PARTS: tuple[Callable[[Pen, SignContent], None], ...] = (
    _draw_head,
    _draw_name,
    _draw_code,
    _draw_level,
    _draw_uses,
    _draw_foot,
)
