"""The risk notice card, A4 lying for the wall and A5 for the machine: one drawing, two sizes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from webapp.documents.boxes import draw_box, draw_line
from webapp.documents.fonts import Face
from webapp.documents.page import A4, MM, Sheet
from webapp.documents.palette import GREY, HAIR, INK, RISK_CHIPS, WHITE
from webapp.documents.pen import Align, Pen
from webapp.documents.qr import Level, draw_qr
from webapp.documents.runs import Style
from webapp.risks.pdf.card_boxes import Entry, draw_entries, draw_labels, natural_height
from webapp.risks.pdf.sign_row import draw_signs
from webapp.risks.rules.notice_card import (
    CALL_FOR_HELP,
    CardKind,
    CardSize,
    NoticeCard,
    accident_words,
    level_words,
)
from webapp.risks.rules.safety_signs import duty_signs, warning_signs
from webapp.standards.control_measure_categories import MeasureCategory

_SHEET = A4.landscape
_A5 = Sheet(_SHEET.width / 2**0.5, _SHEET.height / 2**0.5)
_SHEETS = {CardSize.A4: _SHEET, CardSize.A5: _A5}
_W, _H, _M = _SHEET.width, _SHEET.height, 10 * MM
_BANNER = 27 * MM
_GROUND, _ALARM = "#eef1f5", "#fdecec"
_UNRATED = "#5b6472"
_EDGE = 0.7
_HEAD = 8 * MM
_VALUE = Style(Face.HEI, size=11.5, leading=14, align=Align.LEFT)
_CALL = Style(Face.HEI, size=12.5, leading=17, align=Align.LEFT)
_CALL_HEIGHT = 7.5 * MM
_GAP = 3 * MM
_BODY_FOOT = 47 * MM
_MANAGEMENT = (
    MeasureCategory.ENGINEERING,
    MeasureCategory.MANAGEMENT,
    MeasureCategory.TRAINING,
    MeasureCategory.PERSONAL_PROTECTION,
)


@dataclass(frozen=True, slots=True)
class CardPaper:
    """A card with whose it is, what its code opens and who else can be called."""

    card: NoticeCard
    enterprise: str
    address: str
    safety_phone: str
    printed_on: date


def card_pdf(paper: CardPaper, size: CardSize) -> bytes:
    """The card as a PDF of one page."""
    sheet = _SHEETS[size]
    subject = paper.card.subject
    title = f"{subject.kind.headline} {subject.name}"
    pen = Pen(sheet, title=title, author=paper.enterprise, subject=subject.kind.headline)
    pen.begin_part(sheet)
    pen.canvas.scale(sheet.width / _W, sheet.height / _H)
    _banner(pen, paper.card)
    below = _facts(pen, paper.card)
    _body(pen, paper.card, below)
    _signs(pen, paper)
    _foot(pen, paper)
    pen.end_part(1)
    return pen.finish()


def _banner(pen: Pen, card: NoticeCard) -> None:
    chip = RISK_CHIPS.get(card.level or "")
    ground, ink = (chip.ground, chip.ink) if chip else (_UNRATED, WHITE)
    pen.box(0, _H - _BANNER, _W, _BANNER, ground=ground)
    title = Style(Face.HEI, size=28, color=ink, align=Align.LEFT)
    draw_line(pen, _M, _H - 17.5 * MM, card.subject.kind.headline, title, 170 * MM, tracking=2)
    width = 66 * MM
    pen.box(_W - _M - width, _H - 22 * MM, width, 17 * MM, ground=WHITE, radius=2 * MM)
    middle = _W - _M - width / 2
    # Words on white are in the level's colour only where it can be read there.
    words = card.level.full_words if card.level else "未评价"
    colour = ground if ink == WHITE else INK
    pen.text(middle, _H - 13.2 * MM, words, Face.HEI, 21, color=colour, align=Align.CENTER)
    small = Style(Face.SANS, size=8.5, align=Align.CENTER)
    draw_line(pen, middle, _H - 19.3 * MM, level_words(card), small, width - 4 * MM)


def _facts(pen: Pen, card: NoticeCard) -> float:
    """Draw the row of facts; where it ends."""
    subject = card.subject
    second = "所在部位" if subject.kind is CardKind.POINT else "所属部门"
    held = "责任人" if subject.kind is CardKind.POINT else "在岗人员"
    cells = [
        (subject.kind.subject, subject.name, 84),
        (second, subject.place, 62),
        ("责任部门", subject.department, 50),
        (held, subject.owner, 45),
        ("登记风险", f"{card.risks} 条", 36),
    ]
    if subject.kind is CardKind.POST:
        cells = [cells[0], (second, subject.department, 112), cells[3], cells[4]]
    foot, x = _H - _BANNER - 15 * MM, _M
    for label, value, width_mm in cells:
        width = width_mm * MM
        pen.box(x, foot, width, 12 * MM, rule=INK, rule_width=_EDGE)
        pen.text(x + 2.5 * MM, foot + 7.8 * MM, label, Face.SANS, 8, color=GREY)
        draw_box(pen, x + 2.5 * MM, foot + 7.2 * MM, width - 4 * MM, 7 * MM, value or "—", _VALUE)
        x += width
    return foot - _GAP


def _body(pen: Pen, card: NoticeCard, top: float) -> None:
    whole = _W - 2 * _M
    left, right = whole * 0.37, whole * 0.63 - _GAP
    height = top - _BODY_FOOT
    accidents = accident_words(card)
    lower = (20 if len(accidents) <= 4 else 33) * MM + _HEAD
    sources = [Entry("·", text) for text in card.sources] or [Entry("", "尚未登记危险源。")]
    _box(pen, "主要危险源", (_M, top, left, height - lower - _GAP), sources)
    _frame(pen, "易发生的事故类型", _M, top - height + lower, left, lower, _GROUND)
    room = (_M + 3.5 * MM, top - height + lower - _HEAD - 3 * MM, left - 7 * MM)
    draw_labels(pen, accidents or ("未登记",), room, lower - _HEAD - 4 * MM)
    x = _M + left + _GAP
    measures = _measures(card)
    emergency = [Entry(str(at), f"{text}。") for at, text in enumerate(card.emergency, 1)]
    share = _share(measures, emergency, right)
    upper = (height - _GAP) * share
    _box(pen, "管控措施", (x, top, right, upper), measures)
    _emergency(pen, (x, top - upper - _GAP, right, height - _GAP - upper), emergency)


def _emergency(
    pen: Pen, place: tuple[float, float, float, float], entries: Sequence[Entry]
) -> None:
    """Draw the procedures above the one line that is never left out."""
    x, top, width, height = place
    _frame(pen, "应急处置", x, top, width, height, _ALARM)
    inner = (x + 3.5 * MM, top - _HEAD - 1.6 * MM, width - 7 * MM)
    draw_entries(pen, entries, inner, height - _HEAD - 3 * MM - _CALL_HEIGHT)
    foot = top - height + _CALL_HEIGHT
    pen.lines([(x, foot, x + width, foot)], 0.4, HAIR)
    draw_line(pen, inner[0], foot - 5.2 * MM, CALL_FOR_HELP, _CALL, inner[2])


def _measures(card: NoticeCard) -> list[Entry]:
    said = dict(card.measures)
    found = [
        Entry(f"{kind.words}措施"[:4], "；".join(said[kind]) + "。")
        for kind in _MANAGEMENT
        if kind in said
    ]
    return found or [Entry("", "尚未登记管控措施。")]


def _share(upper: Sequence[Entry], lower: Sequence[Entry], width: float) -> float:
    """How much of the column the upper box gets: what its words need beside the lower one's."""
    one, other = natural_height(upper, width), natural_height(lower, width)
    other += _CALL_HEIGHT
    return min(0.74, max(0.42, (one + _HEAD) / (one + other + 2 * _HEAD)))


def _box(
    pen: Pen, title: str, place: tuple[float, float, float, float], entries: Sequence[Entry]
) -> None:
    x, top, width, height = place
    _frame(pen, title, x, top, width, height, _GROUND)
    inner = (x + 3.5 * MM, top - _HEAD - 1.6 * MM, width - 7 * MM)
    draw_entries(pen, entries, inner, height - _HEAD - 3.2 * MM)


def _frame(
    pen: Pen, title: str, x: float, top: float, width: float, height: float, ground: str
) -> None:
    pen.box(x, top - _HEAD, width, _HEAD, ground=ground, rule=INK, rule_width=_EDGE)
    pen.box(x, top - height, width, height, rule=INK, rule_width=_EDGE)
    pen.text(x + 3 * MM, top - 5.9 * MM, title, Face.HEI, 13.5)


def _signs(pen: Pen, paper: CardPaper) -> None:
    phones_at, side = _W - _M - 82 * MM, 28 * MM
    protection = dict(paper.card.measures).get(MeasureCategory.PERSONAL_PROTECTION, ())
    signs = warning_signs(paper.card.accidents)
    draw_signs(pen, signs, duty_signs(protection), (_M, 13 * MM, phones_at - _M - 4 * MM))
    _phones(pen, paper, phones_at)
    corner = _W - _M - side
    if paper.address:
        draw_qr(pen, corner, 17 * MM, side, paper.address, level=Level.M)
        pen.link(paper.address, corner, 17 * MM, side, side)
        words = "扫码看排查和隐患" if paper.card.subject.kind is CardKind.POINT else "扫企业码"
        middle = corner + side / 2
        pen.text(middle, 13.6 * MM, words, Face.HEI, 9, align=Align.CENTER)


def _phones(pen: Pen, paper: CardPaper, x: float) -> None:
    foot, width = 13 * MM, 52 * MM
    pen.box(x, foot, width, 31 * MM, rule=INK, rule_width=_EDGE)
    level = foot + 24.4 * MM
    for label, value in (
        ("责任人", paper.card.subject.phone or "—"),
        ("安全管理人员", paper.safety_phone or "—"),
        ("火警／急救", "119／120"),
        ("安全生产举报", "12350"),
    ):
        pen.text(x + 2.5 * MM, level, label, Face.SANS, 9, color=GREY)
        right = Style(Face.HEI, size=10.5, align=Align.RIGHT)
        draw_line(pen, x + width - 2.5 * MM, level, value, right, 28 * MM)
        level -= 7.2 * MM


def _foot(pen: Pen, paper: CardPaper) -> None:
    pen.lines([(_M, 10 * MM, _W - _M, 10 * MM)], 0.4, HAIR)
    left = Style(Face.SANS, size=8, color=GREY, align=Align.LEFT)
    draw_line(pen, _M, 5.8 * MM, paper.enterprise, left, 150 * MM)
    day = paper.printed_on
    said = f"{day.year}年{day.month}月{day.day}日印制，风险或措施变化后请重新打印"
    pen.text(_W - _M, 5.8 * MM, said, Face.SANS, 8, color=GREY, align=Align.RIGHT)
