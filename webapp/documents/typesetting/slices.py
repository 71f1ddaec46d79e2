"""The flow: content cut into horizontal slices, poured page after page.

A slice is the smallest thing that is never cut. `glued` slices stay on one page with the next one;
a `head` is drawn again when a page begins with its slice, a `tail` closes a page that ends after
its slice; `anchored` slices stand at the foot of the page.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from webapp.documents.page import Frame, Layout
from webapp.documents.pen import Pen
from webapp.documents.typesetting.running import Bound, draw_running

# pen, left edge, top edge
Draw = Callable[[Pen, float, float], None]


@dataclass(frozen=True, slots=True)
class Head:
    """Repeated at the top of a page that begins inside its content."""

    height: float
    draw: Draw


@dataclass(frozen=True, slots=True)
class Tail:
    """Closes a page whose content goes on; `draw` also gets the lower edge of the frame."""

    height: float
    draw: Callable[[Pen, float, float, float], None]


@dataclass(slots=True)
class Slice:
    """A strip of content of fixed height, in points."""

    height: float
    draw: Draw
    glued: bool = False
    head: Head | None = None
    tail: Tail | None = None
    anchored: bool = False
    is_space: bool = False
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """What a block may fill: the frame of a following page, and the scale of type in use."""

    width: float
    height: float
    scale: float = 1


class Block(Protocol):
    """A piece of content that can cut itself into slices."""

    @property
    def holds(self) -> int:
        """How many slices before it must stay on its page."""

    def slices(self, room: Room) -> Iterable[Slice]:
        """Return the slices from top to bottom, none taller than the room."""


def _nothing(_pen: Pen, _x: float, _top: float) -> None:
    return None


def space(height: float) -> Slice:
    """Return empty room, which vanishes at the top of a following page."""
    return Slice(height, _nothing, is_space=True)


def page_break() -> Slice:
    """Return a slice after which the next content begins a new page."""
    return Slice(0, _nothing, breaks=True)


def chunks(slices: Iterable[Slice]) -> Iterator[list[Slice]]:
    """Yield runs of slices that want to stay together."""
    chunk: list[Slice] = []
    for piece in slices:
        chunk.append(piece)
        if not piece.glued:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _height(pieces: Iterable[Slice]) -> float:
    return sum(piece.height for piece in pieces)


class Pages:
    """Pours slices onto pages; without a pen it only counts them.

    In a bound file each page also bears its number there.
    """

    def __init__(self, layout: Layout, pen: Pen | None = None, bound: Bound | None = None) -> None:
        self._layout = layout
        self._pen = pen
        self._bound = bound
        self.number = 1
        self._frame: Frame = layout.frame(1)
        self._y = self._frame.top
        self._last: Slice | None = None

    def pour(self, slices: Iterable[Slice]) -> None:
        """Place all slices and end the part of the document that they fill."""
        for chunk in chunks(slices):
            self._place(chunk)
        self._finish_page()
        if self._pen:
            self._pen.end_part(self.number)

    def _place(self, chunk: list[Slice]) -> None:
        if self._last and self._last.breaks:
            self._turn(chunk[0])
        if self._fits(_height(chunk), chunk[-1]):
            self._draw(chunk)
        elif self._would_fit_next(chunk):
            self._turn(chunk[0])
            self._draw(chunk)
        else:
            self._place_singly(chunk)

    def _place_singly(self, chunk: list[Slice]) -> None:
        for index, piece in enumerate(chunk):
            # What stands at the foot of a page is placed in one go.
            together = chunk[index:] if piece.anchored else [piece]
            if not self._fits(_height(together), together[-1]) and self._last:
                self._turn(piece)
            self._draw(together)
            if piece.anchored:
                return

    def _fits(self, height: float, last: Slice) -> bool:
        tail = last.tail.height if last.tail else 0.0
        return self._y - height - tail >= self._frame.bottom - 0.01

    def _would_fit_next(self, chunk: list[Slice]) -> bool:
        head, tail = chunk[0].head, chunk[-1].tail
        extra = (head.height if head else 0.0) + (tail.height if tail else 0.0)
        return _height(chunk) + extra <= self._layout.frame(self.number + 1).height

    def _draw(self, pieces: list[Slice]) -> None:
        for index, piece in enumerate(pieces):
            if piece.is_space and not self._last and self.number > 1:
                continue
            if piece.anchored and not (index and pieces[index - 1].anchored):
                self._y = min(self._y, self._frame.bottom + _height(pieces[index:]))
            if self._pen:
                piece.draw(self._pen, self._frame.left, self._y)
            self._y -= piece.height
            self._last = piece

    def _turn(self, following: Slice) -> None:
        """Close the page and begin the next with the head of what follows."""
        last = self._last
        if last and last.tail and self._pen:
            last.tail.draw(self._pen, self._frame.left, self._y, self._frame.bottom)
        self._finish_page()
        self.number += 1
        self._frame = self._layout.frame(self.number)
        self._y = self._frame.top
        self._last = None
        if self._pen:
            self._pen.next_page()
        if following.head:
            if self._pen:
                following.head.draw(self._pen, self._frame.left, self._y)
            self._y -= following.head.height

    def _finish_page(self) -> None:
        if self._pen:
            draw_running(self._pen, self._layout, self.number, self._bound)
