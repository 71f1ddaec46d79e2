"""The verification block: the code that leads to the public check, chain head, content hash."""

from collections.abc import Iterator
from dataclasses import dataclass

from webapp.documents.boxes import draw_line
from webapp.documents.fonts import Face
from webapp.documents.page import MM
from webapp.documents.palette import GREY, HAIR
from webapp.documents.pen import Align, Pen
from webapp.documents.qr import draw_qr
from webapp.documents.runs import Style
from webapp.documents.typesetting.slices import Room, Slice
from webapp.documents.typesetting.text import Line, set_lines

SIDE = 24 * MM
GAP = 4 * MM
SMALL = Style(Face.SANS, size=7.8, leading=11.6, align=Align.LEFT, color=GREY)
CODE = Style(Face.HEI, size=13, align=Align.LEFT)
MOST_LINES = 12
CALL = "扫码或输入短码核验真伪"
NOTE = "本文书由系统签发，签发后内容不再改动；更正以新文书作出，并指明原文书。"


def grouped(digest: str) -> str:
    """Return a hexadecimal digest in groups of four: the first four and the last two of them."""
    parts = [digest.lower()[start : start + 4] for start in range(0, len(digest), 4)]
    if len(parts) <= 6:
        return " ".join(parts)
    return f"{' '.join(parts[:4])} … {' '.join(parts[-2:])}"


@dataclass(frozen=True, slots=True)
class Verification:
    """How anyone can check a paper: address in the code, short code, hashes and a note.

    `content_hash` and `chain_head` are hexadecimal SHA-256, printed in part: the whole stands on
    the public page. `issued_at` is printed as given.
    """

    address: str
    short_code: str
    content_hash: str
    chain_head: str
    issued_at: str = ""
    notes: tuple[str, ...] = (NOTE,)
    anchored: bool = True
    holds: int = 1

    def slices(self, room: Room) -> Iterator[Slice]:
        """Return the block as one slice, at the foot of its page unless not anchored."""
        width = room.width - SIDE - GAP
        notes = (*self.notes, self._hashes())
        lines = [line for note in notes for line in set_lines(note, SMALL, width)][:MOST_LINES]
        text = 7.5 * MM + sum(line.style.leading for line in lines)
        height = max(SIDE, text) + 4 * MM
        yield Slice(
            height,
            lambda pen, x, top: self._draw(pen, x, top, room.width, lines),
            anchored=self.anchored,
        )

    def _hashes(self) -> str:
        parts = [
            f"内容摘要 {grouped(self.content_hash)}",
            f"审计链头 {grouped(self.chain_head[:8])}",
        ]
        if self.issued_at:
            parts.append(f"签发 {self.issued_at}")
        return "　".join(parts)

    def _draw(self, pen: Pen, x: float, top: float, width: float, lines: list[Line]) -> None:
        pen.lines([(x, top, x + width, top)], 0.5, HAIR)
        corner = top - 3 * MM - SIDE
        draw_qr(pen, x, corner, SIDE, self.address)
        pen.link(self.address, x, corner, SIDE, SIDE)
        left, level = x + SIDE + GAP, top - 7 * MM
        used = pen.text(left, level, CALL, Face.HEI, 9.5)
        room = width - SIDE - GAP - used - 5 * MM
        draw_line(pen, x + width - room, level, self.short_code, CODE, room, tracking=0.8)
        level -= 2 * MM
        for line in lines:
            line.draw(pen, left, level)
            level -= line.style.leading
