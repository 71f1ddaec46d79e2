"""What stands in the cells of a form: labels, entries, and opinions with their signatures."""

from dataclasses import dataclass, replace

from webapp.documents.boxes import draw_line
from webapp.documents.fonts import Face
from webapp.documents.page import MM
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Rich, Style
from webapp.documents.signature import Signature
from webapp.documents.typesetting.text import Line, set_lines

LABEL = Style(Face.SONG, size=11.5, leading=17, align=Align.CENTER)
ENTRY = Style(Face.KAI, size=11.5, leading=18, align=Align.JUSTIFY)
SIGNER = Style(Face.SONG, size=11.5, align=Align.RIGHT)
PAD_X = 2.5 * MM
PAD_Y = 2 * MM
SIGNATURE_HEIGHT = 13 * MM


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label, centred."""

    content: Rich
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What was filled in, in kai; at least `height` millimetres high."""

    content: Rich
    columns: int = 1
    rows: int = 1
    height: float = 0
    style: Style = ENTRY
    middle: bool = True


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion at the top of its cell; who signs it, and when, at the foot."""

    content: Rich
    signer: str
    signatures: tuple[Signature, ...] = ()
    on: str = ""
    columns: int = 1
    rows: int = 1
    height: float = 27


FormCell = Label | Entry | Opinion


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell whose text is broken into the lines of its width."""

    cell: FormCell
    lines: tuple[Line, ...]
    width: float
    scale: float

    @property
    def height(self) -> float:
        """The least height, in points, padding included."""
        text = sum(line.style.leading for line in self.lines) + 2 * PAD_Y
        match self.cell:
            case Label():
                return text
            case Entry():
                return max(text, self.cell.height * MM * self.scale)
            case Opinion():
                return max(text + SIGNATURE_HEIGHT, self.cell.height * MM * self.scale)

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:
        """Draw the words, and for an opinion the signatures at its foot."""
        text = sum(line.style.leading for line in self.lines)
        is_high = isinstance(self.cell, Opinion) or (
            isinstance(self.cell, Entry) and not self.cell.middle
        )
        level = top - (PAD_Y if is_high else (height - text) / 2)
        for line in self.lines:
            line.draw(pen, x + PAD_X, level)
            level -= line.style.leading
        self.draw_signatures(pen, x, top - height + PAD_Y)

    def draw_signatures(self, pen: Pen, x: float, foot: float) -> None:
        """Draw who signs an opinion, and when, above `foot`; nothing for other cells."""
        opinion = self.cell
        if not isinstance(opinion, Opinion):
            return
        style, right = SIGNER.scaled(self.scale), x + self.width - PAD_X
        on = opinion.on or "　　年　月　日"
        used = draw_line(pen, right, foot + 2, on, replace(style, face=Face.KAI), self.width * 0.3)
        count = max(1, len(opinion.signatures))
        room = min(32 * MM * count, self.width * 0.4)
        left = right - used - room - 2 * MM
        draw_line(pen, left, foot + 2, f"{opinion.signer}：", style, left - x - PAD_X)
        for index, signature in enumerate(opinion.signatures):
            place = left + index * room / count
            signature.draw(pen, place, foot - 3, room / count - 2, SIGNATURE_HEIGHT)


def set_cell(cell: FormCell, width: float, scale: float) -> SetCell:
    """Break the cell's words into lines for a cell of `width` points, type scaled by `scale`."""
    style = cell.style if isinstance(cell, Entry) else LABEL if isinstance(cell, Label) else ENTRY
    lines = set_lines(cell.content, style.scaled(scale), width - 2 * PAD_X)
    return SetCell(cell, tuple(lines), width, scale)
