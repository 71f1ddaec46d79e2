"""Building blocks of enforcement papers, as the forms of 2016 set them with today's heading.

Head with agency, title and number; body in 仿宋 of 三号; signatures of two officers and the unit;
room for the seal over the date; the copies line at the foot.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from webapp.documents.blocks import Paragraph
from webapp.documents.boxes import draw_line
from webapp.documents.flow import Document
from webapp.documents.fonts import Face
from webapp.documents.page import A4, MM, OFFICIAL, Layout, Running
from webapp.documents.palette import GREY, INK
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Rich, Style, kai
from webapp.documents.signature import (
    SEAL_RADIUS_MM,
    Refusal,
    Signature,
    draw_seal_space,
)  # fmt: skip
from webapp.documents.typesetting.metrics import metrics
from webapp.documents.typesetting.slices import Room, Slice
from webapp.documents.typesetting.text import set_lines

KIND = "应急管理行政执法文书"
# 三号 16 pt on 28 pt, GB/T 9704-2012; down to 小四 when that saves a page: a short order stays one
# sheet, with its signatures under its words.
OFFICIAL_BODY = Style(Face.FANGSONG, size=16, leading=28, indent=2)
AGENCY_TEXT = Style(Face.TITLE, size=20, align=Align.CENTER)
TITLE_TEXT = Style(Face.TITLE, size=26, align=Align.CENTER)
KIND_TEXT = Style(Face.SONG, size=10, align=Align.LEFT, color=GREY)
NUMBER_TEXT = Style(Face.SONG, size=13, align=Align.RIGHT)
OFFICIAL_SCALES = (1, 0.9375, 0.875, 0.8125, 0.75)
SIGNATURE_TEXT = Style(Face.SONG, size=14, leading=24)
VALUE_TEXT = Style(Face.KAI, size=14)
SEAL_TEXT = Style(Face.SONG, size=14, align=Align.CENTER)
ROW_HEIGHT = 12 * MM
# Below a whole row, so that one hand does not run into the next.
SIGNATURE_HEIGHT = 9.5 * MM
HEAD_HEIGHT = 36 * MM
COPIES_TEXT = Style(Face.SONG, size=12, leading=18)
# Rows to sign on shrink with the words above them, but never below what a hand needs.
SMALLEST_HAND = 0.85
MOST_LINES = 4
# An order's sentence is not torn over two pages as long as it has no more lines than this.
WHOLE_LINES = 7
RULE_DROP = 3.0
UNSIGNED = Signature()


def official_layout(title: str, number: str, note: str = "") -> Layout:
    """Return A4 with the margins of official papers, number and page count at each foot."""
    running = Running(
        head_left=f"{title}（续页）", head_right=number, foot_left=number, foot_right=note
    )
    return Layout(A4, OFFICIAL, running)


def official_document(agency: str, title: str, number: str, *, note: str = "") -> Document:
    """Return a document with the official head in place; `note` stands right at each foot."""
    document = Document(
        official_layout(title, number, note),
        title=f"{title} {number}".strip(),
        author=agency,
        subject=KIND,
        scales=OFFICIAL_SCALES,
    )
    return document.add(official_head(agency, title, number))


@dataclass(frozen=True, slots=True)
class OfficialHead:
    """Agency, title, a double rule, the kind of paper left and its number right."""

    agency: str
    title: str
    number: str
    kind: str = KIND
    holds: int = 0

    def slices(self, room: Room) -> Iterator[Slice]:
        """Return the head as one slice."""
        yield Slice(
            HEAD_HEIGHT, lambda pen, x, top: self._draw(pen, x, top, room.width), glued=True
        )

    def _draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        middle, right = x + width / 2, x + width
        pen.bookmark(f"{self.title} {self.number}".strip(), 0, top)
        draw_line(pen, middle, top - 7 * MM, self.agency, AGENCY_TEXT, width, tracking=3)
        draw_line(pen, middle, top - 19.5 * MM, self.title, TITLE_TEXT, width, tracking=4)
        rule = top - 24 * MM
        pen.lines([(x, rule, right, rule)], 1.6)
        pen.lines([(x, rule - 0.9 * MM, right, rule - 0.9 * MM)], 0.5)
        draw_line(pen, x, rule - 7 * MM, self.kind, KIND_TEXT, width * 0.4)
        draw_line(pen, right, rule - 7 * MM, self.number, NUMBER_TEXT, width * 0.58)


def official_head(agency: str, title: str, number: str, kind: str = KIND) -> OfficialHead:
    """Return the head of an enforcement paper."""
    return OfficialHead(agency, title, number, kind)


def official_body(addressee: str, paragraphs: Sequence[Rich]) -> list[Paragraph]:
    """Return the addressee's line, if any, and the paragraphs of the body."""
    blocks = []
    if addressee:
        flush = Style(Face.FANGSONG, size=16, leading=28)
        blocks.append(Paragraph([kai(addressee), "："], flush, keeps=True))
    return blocks + [Paragraph(content, OFFICIAL_BODY, whole=WHOLE_LINES) for content in paragraphs]


def official_ending(content: Rich) -> Paragraph:
    """Return the body's last paragraph, which may be parted: only its end goes with the hands.

    Whole it would take everything below it to the next page and leave this one half empty.
    """
    return Paragraph(content, OFFICIAL_BODY)


def official_items(items: Sequence[str]) -> list[Paragraph]:
    """Return numbered items in kai, 「1．…」, one paragraph each."""
    return [
        Paragraph(kai(f"{index}．{item}"), OFFICIAL_BODY, whole=WHOLE_LINES)
        for index, item in enumerate(items, 1)
    ]


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer who signs, with the number of the enforcement certificate."""

    certificate: str
    signature: Signature = UNSIGNED


@dataclass(frozen=True, slots=True)
class SignatureRows:
    """Rows of a label, a rule with the signature on it, and a second field on its own rule."""

    rows: tuple[tuple[str, Signature, str, str], ...]
    remark: str = ""
    holds: int = 2

    def slices(self, room: Room) -> Iterator[Slice]:
        """Return one slice a row, glued together, then the remark's lines."""
        scale = max(room.scale, SMALLEST_HAND)
        yield Slice(4 * MM * scale, lambda _pen, _x, _top: None, glued=True, is_space=True)
        style = SIGNATURE_TEXT.scaled(scale)
        lines = set_lines(kai(self.remark), style, room.width) if self.remark else []
        for index, row in enumerate(self.rows):
            is_last = index == len(self.rows) - 1 and not lines
            draw = _row_drawer(row, room.width, scale)
            yield Slice(ROW_HEIGHT * scale, draw, glued=not is_last)
        for index, line in enumerate(lines):
            yield Slice(line.style.leading, line.draw, glued=index < len(lines) - 1)


def _row_drawer(
    row: tuple[str, Signature, str, str], width: float, scale: float
) -> Callable[[Pen, float, float], None]:
    label, signature, second, value = row
    words, written = SIGNATURE_TEXT.scaled(scale), VALUE_TEXT.scaled(scale)

    def draw(pen: Pen, x: float, top: float) -> None:
        y = top - (ROW_HEIGHT - 4 * MM) * scale
        left = x + draw_line(pen, x, y, label, words, width * 0.5)
        wide = min(42 * MM, (width - (left - x)) * 0.45)
        pen.lines([(left, y - RULE_DROP, left + wide, y - RULE_DROP)], 0.6)
        height = SIGNATURE_HEIGHT * scale
        signature.draw(pen, left + 2 * MM, y - RULE_DROP - 2, wide - 4 * MM, height)
        left += wide + 2 * MM
        left += draw_line(pen, left, y, second, words, width * 0.15)
        pen.lines([(left, y - RULE_DROP, x + width, y - RULE_DROP)], 0.6)
        left += 1.5 * MM
        draw_line(pen, left, y, value, written, x + width - left)

    return draw


def two_officers_signature(
    officers: Sequence[Officer], label: str = "行政执法人员（签名）："
) -> SignatureRows:
    """Return the officers' rows; never fewer than two, Administrative Penalty Law (2021) Art. 42.

    Raises ValueError for fewer than two officers.
    """
    if len(officers) < 2:
        raise ValueError("行政执法人员不得少于两人。")
    blank = "　" * len(label)
    rows = tuple(
        (label if index == 0 else blank, one.signature, "证号：", one.certificate)
        for index, one in enumerate(officers)
    )
    return SignatureRows(rows)


def unit_signature(
    signed: Signature | Refusal, label: str = "被检查单位负责人（签名）："
) -> SignatureRows:
    """Return the unit's row with its date; a refusal adds the remark of the officers."""
    if isinstance(signed, Refusal):
        who = label.split("（")[0]
        row = (label, UNSIGNED, "", signed.on)
        return SignatureRows((row,), remark=signed.sentence(who), holds=1)
    return SignatureRows(((label, signed, "", signed.on),), holds=1)


@dataclass(frozen=True, slots=True)
class SealAndDate:
    """The agency's name and the date, right, with the seal or room for it over both."""

    agency: str
    on: str
    seal: bytes = b""
    holds: int = 1

    def slices(self, room: Room) -> Iterator[Slice]:
        """Return one slice as high as a seal; raises ValueError for an unreadable seal."""
        height = (2 * SEAL_RADIUS_MM + 5) * MM
        yield Slice(height, lambda pen, x, top: self._draw(pen, x, top, room.width))

    def _draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        radius = SEAL_RADIUS_MM * MM
        natural = metrics(Face.SONG).width(self.agency) * SEAL_TEXT.size
        half = max(radius, min(natural, width - 4 * MM) / 2)
        middle, y = x + width - half - 4 * MM, top - 3 * MM - radius
        draw_line(pen, middle, y + 2 * MM, self.agency, SEAL_TEXT, 2 * half)
        draw_line(pen, middle, y - 7 * MM, self.on, SEAL_TEXT, 2 * half)
        if self.seal:
            pen.image(self.seal, middle - radius, y - radius, 2 * radius, 2 * radius)
        else:
            draw_seal_space(pen, middle, y, radius)


def seal_and_date(agency: str, on: str, seal: bytes = b"") -> SealAndDate:
    """Return the agency, the date as printed, and the seal's picture or room for it."""
    return SealAndDate(agency, on, seal)


@dataclass(frozen=True, slots=True)
class CopiesLine:
    """Who keeps which copy, under a rule at the foot of the last page."""

    text: str
    holds: int = 1

    def slices(self, room: Room) -> Iterator[Slice]:
        """Return one anchored slice."""
        lines = set_lines(self.text, COPIES_TEXT, room.width)[:MOST_LINES]

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines([(x, top, x + room.width, top)], 0.6, INK)
            level = top - 2 * MM
            for line in lines:
                line.draw(pen, x, level)
                level -= line.style.leading

        yield Slice(len(lines) * COPIES_TEXT.leading + 5 * MM, draw, anchored=True)


def copies_line(agency: str, recipient: str = "被检查单位") -> CopiesLine:
    """Return 「本文书一式两份：一份由某机关备案，一份交某单位。」."""
    return CopiesLine(f"本文书一式两份：一份由{agency}备案，一份交{recipient}。")
