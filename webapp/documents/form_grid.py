"""The ruled grid of government forms: labels and entries in cells that may span and flow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from webapp.documents.form_cells import (
    PAD_X,
    PAD_Y,
    SIGNATURE_HEIGHT,
    Entry,
    FormCell,
    Label,
    Opinion,
    SetCell,
    set_cell,
)
from webapp.documents.page import MM
from webapp.documents.pen import Pen, Segment
from webapp.documents.typesetting.slices import Draw, Head, Room, Slice, Tail

__all__ = ["Entry", "FormCell", "FormGrid", "Label", "Opinion"]

ROW_HEIGHT = 10.5 * MM
INNER, OUTER = 0.6, 1.1
# A row higher than this part of a page flows over the page's end.
WHOLE_PART = 0.4


@dataclass(frozen=True, slots=True)
class FormGrid:
    """Rows of cells placed from the left, as in a web page's table; widths are shares.

    `is_open` leaves out the closing rule because a boxed text follows.
    """

    widths: Sequence[float]
    rows: Sequence[Sequence[FormCell]]
    is_open: bool = False
    holds: int = 0

    def slices(self, room: Room) -> Iterator[Slice]:
        """Return one slice a group of joined rows; a giant row becomes one slice a line."""
        share = room.width / sum(self.widths)
        edges = tuple(accumulate((width * share for width in self.widths), initial=0.0))
        placed, rows = _placed(self.rows, edges, room.scale)
        starts = _group_starts(placed, rows)
        for index, (start, stop) in enumerate(zip(starts, [*starts[1:], rows], strict=True)):
            band = _Band([one for one in placed if start <= one.row < stop], edges, start, stop)
            is_last = stop == rows and not self.is_open
            yield from band.slices(room, is_first=index == 0, is_last=is_last)


@dataclass(frozen=True, slots=True)
class _Placed:
    row: int
    column: int
    set_cell: SetCell

    @property
    def stop_row(self) -> int:
        return self.row + self.set_cell.cell.rows

    @property
    def stop_column(self) -> int:
        return self.column + self.set_cell.cell.columns


def _placed(
    rows: Sequence[Sequence[FormCell]], edges: tuple[float, ...], scale: float
) -> tuple[list[_Placed], int]:
    """Give every cell its place; raises ValueError when a row has more cells than places."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, cells in enumerate(rows):
        for cell in cells:
            column = next(
                (one for one in range(len(edges) - 1) if (row, one) not in taken), len(edges)
            )
            stop = column + cell.columns
            if stop >= len(edges):
                raise ValueError(f"表格第 {row + 1} 行的单元格超出列数。")
            taken |= {
                (row + down, across) for down in range(cell.rows) for across in range(column, stop)
            }
            placed.append(_Placed(row, column, set_cell(cell, edges[stop] - edges[column], scale)))
    return placed, max([len(rows), *(one.stop_row for one in placed)])


def _group_starts(placed: list[_Placed], rows: int) -> list[int]:
    """Return the rows above which no cell reaches across."""
    crossed = {row for one in placed for row in range(one.row + 1, one.stop_row)}
    return [row for row in range(rows) if row not in crossed]


class _Band:
    """Rows joined by spanning cells."""

    def __init__(
        self, cells: list[_Placed], edges: tuple[float, ...], start: int, stop: int
    ) -> None:
        self._cells = cells
        self._edges = edges
        self._start = start
        self._heights = [ROW_HEIGHT * cells[0].set_cell.scale] * (stop - start)
        for one in sorted(cells, key=lambda placed: placed.set_cell.cell.rows):
            first, last = one.row - start, one.stop_row - start
            missing = one.set_cell.height - sum(self._heights[first:last])
            if missing > 0:
                self._heights[last - 1] += missing

    def slices(self, room: Room, *, is_first: bool, is_last: bool) -> Iterator[Slice]:
        height = sum(self._heights)
        if len(self._heights) == 1 and height > room.height * WHOLE_PART:
            yield from self._flowing(is_first=is_first, is_last=is_last)
            return
        width = self._edges[-1]
        draw = _bordered(self._draw, width, height, is_first=is_first, is_last=is_last)
        yield Slice(height, draw, head=_head(width), tail=_tail(width))

    def _draw(self, pen: Pen, x: float, top: float) -> None:
        tops = list(accumulate((-height for height in self._heights), initial=top))
        segments: list[Segment] = []
        for one in self._cells:
            upper, lower = tops[one.row - self._start], tops[one.stop_row - self._start]
            left, right = x + self._edges[one.column], x + self._edges[one.stop_column]
            one.set_cell.draw(pen, left, upper, upper - lower)
            segments += [(left, upper, right, upper), (right, upper, right, lower)]
        pen.lines(segments, INNER)

    def _flowing(self, *, is_first: bool, is_last: bool) -> Iterator[Slice]:
        """Cut a single giant row into its lines; shorter cells stand in its first lines."""
        leading = max(line.style.leading for one in self._cells for line in one.set_cell.lines)
        count = max(len(one.set_cell.lines) for one in self._cells)
        signed = any(isinstance(one.set_cell.cell, Opinion) for one in self._cells)
        width = self._edges[-1]
        for index in range(count):
            is_begin, is_end = index == 0, index == count - 1
            height = leading + PAD_Y * (is_begin + is_end)
            height += SIGNATURE_HEIGHT if is_end and signed else 0.0
            inside = self._line_drawer(index, height, is_end=is_end)
            draw = _bordered(
                inside, width, height, is_first=is_begin and is_first, is_last=is_end and is_last
            )
            glued = index in (0, count - 2) and not is_end
            yield Slice(height, draw, glued=glued, head=_head(width), tail=_tail(width))

    def _line_drawer(self, index: int, height: float, *, is_end: bool) -> Draw:
        def draw(pen: Pen, x: float, top: float) -> None:
            verticals = [(x + edge, top, x + edge, top - height) for edge in self._inner_edges()]
            pen.lines(verticals, INNER)
            if index == 0:
                pen.lines([(x, top, x + self._edges[-1], top)], INNER)
            for one in self._cells:
                left, lines = x + self._edges[one.column], one.set_cell.lines
                if index < len(lines):
                    lines[index].draw(pen, left + PAD_X, top - PAD_Y * (index == 0))
                if is_end:
                    one.set_cell.draw_signatures(pen, left, top - height + PAD_Y)

        return draw

    def _inner_edges(self) -> list[float]:
        return [self._edges[one.column] for one in self._cells if one.column]


def _bordered(draw: Draw, width: float, height: float, *, is_first: bool, is_last: bool) -> Draw:
    """Add the outer rules: both sides, the top of the first and the foot of the last slice."""

    def bordered(pen: Pen, x: float, top: float) -> None:
        draw(pen, x, top)
        foot = top - height
        sides = [(x, top, x, foot), (x + width, top, x + width, foot)]
        if is_first:
            sides.append((x, top, x + width, top))
        if is_last:
            sides.append((x, foot, x + width, foot))
        pen.lines(sides, OUTER)

    return bordered


def _head(width: float) -> Head:
    return Head(0, lambda pen, x, top: pen.lines([(x, top, x + width, top)], OUTER))


def _tail(width: float) -> Tail:
    return Tail(0, lambda pen, x, top, _foot: pen.lines([(x, top, x + width, top)], OUTER))
