"""Ledgers: repeated heads, merged cells, chips; rows flow from an iterable page after page.

Laid out on the canvas with cached widths, because paragraphs in table cells cost four times as
much, and nothing but the finished pages is kept: ten thousand rows need flat memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from webapp.documents.fonts import Face
from webapp.documents.palette import HEAD
from webapp.documents.pen import Align
from webapp.documents.typesetting.slices import Head, Room, Slice
from webapp.documents.typesetting.table_layout import Laid, Setting, lay
from webapp.documents.typesetting.table_rows import COVERED, Cell, Value, cut, groups

__all__ = ["COVERED", "Cell", "Column", "HeadCell", "Table", "Value"]

LEADING = 1.3
# Rows joined by a cell are kept whole up to this part of a page, a single row is cut into such.
KEPT_PART = 1 / 3
CUT_PART = 1 / 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, and how its cells are set."""

    title: str
    width: float
    align: Align = Align.LEFT
    face: Face | None = None


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A heading over several columns or rows, for a head of many levels."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table over the full width; `head` replaces the columns' titles by rows of head cells.

    A row has one value a column; behind a Cell that spans, put COVERED.
    """

    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    head: Sequence[Sequence[HeadCell]] = ()
    size: float = 8.8
    face: Face = Face.SANS
    empty: str = "（无）"
    holds: int = 0

    def slices(self, room: Room) -> Iterator[Slice]:
        """Return the head and one slice a group of rows; raises ValueError for a ragged row."""
        setting = self._setting(room.width)
        laid_head = self._laid_head(setting)
        head = Head(laid_head.height, laid_head.draw)
        body = room.height - head.height
        yield Slice(head.height, head.draw, glued=True)
        is_empty = True
        for group in groups(self.rows, len(self.columns)):
            is_empty = False
            for laid in _fitting(group, setting, body):
                yield Slice(laid.height, laid.draw, head=head)
        if is_empty:
            row = [Cell(self.empty, columns=len(self.columns), align=Align.CENTER)]
            laid = lay([row + [COVERED] * (len(self.columns) - 1)], setting)
            yield Slice(laid.height, laid.draw, head=head)

    def _setting(self, width: float) -> Setting:
        share = width / sum(column.width for column in self.columns)
        edges = accumulate((column.width * share for column in self.columns), initial=0.0)
        return Setting(
            edges=tuple(edges),
            faces=tuple(column.face or self.face for column in self.columns),
            aligns=tuple(column.align for column in self.columns),
            size=self.size,
            leading=self.size * LEADING,
        )

    def _laid_head(self, setting: Setting) -> Laid:
        rows = self.head or [[HeadCell(column.title) for column in self.columns]]
        count = len(self.columns)
        heading = replace(
            setting,
            faces=(Face.HEI,) * count,
            aligns=(Align.CENTER,) * count,
            ground=HEAD,
            is_topped=True,
        )
        return lay(_head_cells(rows, count), heading)


def _head_cells(rows: Sequence[Sequence[HeadCell]], count: int) -> list[list[Cell]]:
    """Place head cells one after the other into the free places, as in a web page's table."""
    matrix: list[list[Cell | None]] = [[None] * count for _ in rows]
    for index, row in enumerate(rows):
        for cell in row:
            column = matrix[index].index(None)
            for down in range(cell.rows):
                for across in range(cell.columns):
                    matrix[index + down][column + across] = COVERED
            matrix[index][column] = Cell(cell.text, rows=cell.rows, columns=cell.columns)
    return [[cell or Cell("") for cell in row] for row in matrix]


def _fitting(group: list[list[Cell]], setting: Setting, body: float) -> Iterator[Laid]:
    """Yield the group whole, or cut between its rows, or a giant row cut between its lines."""
    laid = lay(group, setting)
    if len(group) == 1:
        yield from [laid] if laid.height <= body else laid.split(body * CUT_PART)
        return
    if laid.height <= body * KEPT_PART:
        yield laid
        return
    start, used = 0, 0.0
    for index, height in enumerate(laid.heights):
        if index > start and used + height > body * KEPT_PART:
            yield from _fitting(cut(group, start, index), setting, body)
            start, used = index, 0.0
        used += height
    if start:
        yield from _fitting(cut(group, start, len(group)), setting, body)
    else:
        yield from _rows_alone(group, setting, body)


def _rows_alone(group: list[list[Cell]], setting: Setting, body: float) -> Iterator[Laid]:
    for index in range(len(group)):
        yield from _fitting(cut(group, index, index + 1), setting, body)
