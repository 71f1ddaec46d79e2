"""A document: blocks one after another, poured onto pages, closed as PDF bytes.

Same content, same bytes: nothing here reads a clock or draws a random number.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Self

from webapp.documents.blocks import (
    BODY,
    Drawing,
    Heading,
    PageBreak,
    Paragraph,
    Pictures,
    Spacer,
)  # fmt: skip
from webapp.documents.form_grid import FormCell, FormGrid
from webapp.documents.page import Layout
from webapp.documents.pen import Pen
from webapp.documents.runs import Rich, Style
from webapp.documents.table import Column, HeadCell, Table, Value
from webapp.documents.typesetting.running import Bound
from webapp.documents.typesetting.slices import Block, Pages, Room, Slice
from webapp.documents.verification import Verification

# How many slices are kept back so that a later block can hold them on its page.
LOOK_BACK = 6


class Document:
    """Collects blocks; `build` returns the PDF.

    `scales` are factors of type size that may be tried, largest first: the largest that needs no
    more pages than the smallest is taken, so that no page is left nearly empty.
    """

    def __init__(
        self,
        layout: Layout | None = None,
        *,
        title: str,
        author: str,
        subject: str = "",
        scales: Sequence[float] = (1,),
    ) -> None:
        self.layout = layout or Layout()
        self.title, self.author, self.subject = title, author, subject
        self._scales = scales
        self._blocks: list[Block] = []

    def add(self, *blocks: Block) -> Self:
        """Add blocks of any kind."""
        self._blocks += blocks
        return self

    def heading(self, content: Rich, level: int = 1) -> Self:
        """Add a heading; levels 1 to 3 are set apart, all stand in the outline."""
        return self.add(Heading(content, level))

    def paragraph(self, content: Rich, style: Style = BODY, *, after: float = 0) -> Self:
        """Add a paragraph; `after` is space in points."""
        return self.add(Paragraph(content, style, after=after))

    def grid(self, widths: Sequence[float], rows: Sequence[Sequence[FormCell]]) -> Self:
        """Add a form's ruled grid."""
        return self.add(FormGrid(widths, rows))

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        *,
        head: Sequence[Sequence[HeadCell]] = (),
        size: float = 8.8,
    ) -> Self:
        """Add a table; rows may be a generator, which is read once."""
        return self.add(Table(columns, rows, head=head, size=size))

    def pictures(
        self, pictures: Sequence[tuple[bytes, str]], *, height: float = 60, per_row: int = 2
    ) -> Self:
        """Add photos with captions, `height` millimetres each."""
        return self.add(Pictures(tuple(pictures), height, per_row))

    def drawing(self, height: float, draw: Callable[[Pen, float, float, float], None]) -> Self:
        """Add free strokes in a strip of `height` millimetres: draw(pen, left, top, width)."""
        return self.add(Drawing(height, draw))

    def verification(self, verification: Verification) -> Self:
        """Add the verification block at the foot of the last page."""
        return self.add(verification)

    def spacer(self, height: float) -> Self:
        """Add empty room, in millimetres."""
        return self.add(Spacer(height))

    def page_break(self) -> Self:
        """Let what follows begin a new page."""
        return self.add(PageBreak())

    def page_count(self, scale: float | None = None) -> int:
        """Return how many pages the document fills; not for tables that read a generator."""
        pages = Pages(self.layout)
        pages.pour(self._slices(self.best_scale() if scale is None else scale))
        return pages.number

    def build(self) -> bytes:
        """Return the document as PDF."""
        pen = Pen(self.layout.sheet, title=self.title, author=self.author, subject=self.subject)
        self.draw(pen)
        return pen.finish()

    def draw(self, pen: Pen, bound: Bound | None = None) -> int:
        """Draw all pages with a pen and return their number."""
        pen.begin_part(self.layout.sheet)
        pages = Pages(self.layout, pen, bound)
        pages.pour(self._slices(self.best_scale()))
        return pages.number

    def best_scale(self) -> float:
        """Return the scale of type that `build` takes."""
        if len(self._scales) == 1:
            return self._scales[0]
        counts = {scale: self.page_count(scale) for scale in self._scales}
        fewest = min(counts.values())
        return max(scale for scale, count in counts.items() if count == fewest)

    def _slices(self, scale: float) -> Iterator[Slice]:
        """Yield the slices of all blocks, those glued that a later block holds."""
        frame = self.layout.frame(2)
        room = Room(frame.width, min(frame.height, self.layout.frame(1).height), scale)
        kept: list[Slice] = []
        for block in self._blocks:
            if block.holds:
                _glue(kept, block.holds)
            for piece in block.slices(room):
                kept.append(piece)
                if len(kept) > LOOK_BACK:
                    yield kept.pop(0)
        yield from kept


def _glue(kept: list[Slice], count: int) -> None:
    """Glue the last `count` slices, and the spaces among them, to what follows."""
    for piece in reversed(kept):
        if piece.breaks:
            return
        piece.glued = True
        if not piece.is_space:
            count -= 1
        if count == 0:
            return
