"""A ruled box whose text flows over pages; each page of it ends with the same signatures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from webapp.documents.boxes import draw_box, draw_line
from webapp.documents.fonts import Face
from webapp.documents.page import MM
from webapp.documents.palette import GREY
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Style
from webapp.documents.signature import Signature
from webapp.documents.typesetting.slices import Block, Draw, Head, Room, Slice, Tail

INNER, OUTER = 0.6, 1.1
PAD = 3 * MM
STRIP_HEIGHT = 25 * MM
NOTE_HEIGHT = 7 * MM
LABEL = Style(Face.SONG, size=11.5, align=Align.LEFT)
DATE = Style(Face.KAI, size=10.5, align=Align.RIGHT)
REMARK = Style(Face.KAI, size=10.5, leading=14, align=Align.LEFT)


@dataclass(frozen=True, slots=True)
class SignedPart:
    """One field of the strip at the foot of a box: what it says, and who signed in it."""

    label: str
    signatures: tuple[Signature, ...] = ()
    on: str = ""
    share: float = 1
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Boxed:
    """Blocks within a box, under a form grid that `is_open`; the strip is signed on every page."""

    blocks: tuple[Block, ...]
    parts: tuple[SignedPart, ...] = ()
    holds: int = 0

    def slices(self, room: Room) -> Iterator[Slice]:
        """Return the blocks' slices with rules beside them, then the strip."""
        strip = STRIP_HEIGHT if self.parts else 0.0
        inner = Room(room.width - 2 * PAD, room.height - strip - NOTE_HEIGHT - PAD, room.scale)
        head = Head(PAD, self._framed(None, room.width, PAD, is_first=True))
        tail = Tail(strip + NOTE_HEIGHT, self._closer(room.width))
        yield Slice(PAD, head.draw, glued=True)
        held: Slice | None = None
        for block in self.blocks:
            for piece in block.slices(inner):
                if held:
                    yield held
                drawn = self._framed(piece.draw, room.width, piece.height)
                held = replace(piece, draw=drawn, head=piece.head or head, tail=tail)
        if held:
            yield replace(held, glued=True)
        yield Slice(PAD + strip, self._last(room.width), head=head)

    def _framed(
        self, draw: Draw | None, width: float, height: float, *, is_first: bool = False
    ) -> Draw:
        def framed(pen: Pen, x: float, top: float) -> None:
            if draw:
                draw(pen, x + PAD, top)
            foot = top - height
            pen.lines([(x, top, x, foot), (x + width, top, x + width, foot)], OUTER)
            if is_first:
                pen.lines([(x, top, x + width, top)], OUTER)

        return framed

    def _last(self, width: float) -> Draw:
        def draw(pen: Pen, x: float, top: float) -> None:
            self._framed(None, width, PAD)(pen, x, top)
            self._draw_strip(pen, x, top - PAD, width)

        return draw

    def _draw_strip(self, pen: Pen, x: float, top: float, width: float) -> None:
        foot = top - (STRIP_HEIGHT if self.parts else 0.0)
        total = sum(part.share for part in self.parts)
        left = x
        for part in self.parts:
            wide = width * part.share / total
            pen.lines([(left, top, left + wide, top), (left, top, left, foot)], INNER)
            _draw_part(pen, part, left, foot, wide)
            left += wide
        pen.lines(
            [(x, top, x, foot), (x + width, top, x + width, foot), (x, foot, x + width, foot)],
            OUTER,
        )

    def _closer(self, width: float) -> Callable[[Pen, float, float, float], None]:
        def close(pen: Pen, x: float, top: float, bottom: float) -> None:
            foot = bottom + (STRIP_HEIGHT if self.parts else 0.0)
            pen.lines([(x, top, x, foot), (x + width, top, x + width, foot)], OUTER)
            right = x + width - PAD
            pen.text(right, foot + 6, "（转下页）", Face.SONG, 9.5, color=GREY, align=Align.RIGHT)
            self._draw_strip(pen, x, foot, width)

        return close


def _draw_part(pen: Pen, part: SignedPart, left: float, foot: float, width: float) -> None:
    room, right = width - 2 * PAD, left + width - PAD
    draw_line(pen, left + PAD, foot + STRIP_HEIGHT - 6.5 * MM, part.label, LABEL, room)
    dated = draw_line(pen, right, foot + 3.4 * MM, part.on, DATE, room / 2) if part.on else 0.0
    room -= dated + 2 * MM
    if part.remark:
        top = foot + STRIP_HEIGHT - 8.5 * MM
        draw_box(pen, left + PAD, top, room, STRIP_HEIGHT - 10 * MM, part.remark, REMARK)
    each = min(room / max(1, len(part.signatures)), 36 * MM)
    for index, signature in enumerate(part.signatures):
        signature.draw(pen, left + PAD + index * each, foot + 2 * MM, each - 2 * MM, 14.5 * MM)
