"""A group of rows set between the edges of its columns: heights, hairlines, words and grounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from webapp.documents.fonts import Face
from webapp.documents.page import MM
from webapp.documents.palette import GREY, INK, RULE
from webapp.documents.pen import Align, Pen, Segment, Word
from webapp.documents.typesetting.kinsoku import wrap, wrap_evenly
from webapp.documents.typesetting.metrics import clean, metrics
from webapp.documents.typesetting.table_rows import Cell

PAD_X = 1.1 * MM
PAD_Y = 1.3 * MM
HAIRLINE = 0.4
NOTE_RATIO = 0.76


@dataclass(frozen=True, slots=True)
class Setting:
    """What all rows of a table share; edges in points from the left."""

    edges: tuple[float, ...]
    faces: tuple[Face, ...]
    aligns: tuple[Align, ...]
    size: float
    leading: float
    ground: str = ""
    is_topped: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    row: int
    column: int
    cell: Cell
    lines: list[str]
    notes: list[str]

    @property
    def height_in_lines(self) -> float:
        return len(self.lines) + len(self.notes) * NOTE_RATIO


class Laid:
    """A group of rows laid out; drawn by its upper left corner."""

    def __init__(self, setting: Setting, cells: list[_Placed], rows: int) -> None:
        self._setting = setting
        self._cells = cells
        self.heights = [setting.leading + 2 * PAD_Y] * rows
        for placed in sorted(cells, key=lambda one: one.cell.rows):
            self._make_room(placed)

    @property
    def height(self) -> float:
        """Height of all rows, in points."""
        return sum(self.heights)

    def _make_room(self, placed: _Placed) -> None:
        need = placed.height_in_lines * self._setting.leading + 2 * PAD_Y
        last = placed.row + placed.cell.rows
        missing = need - sum(self.heights[placed.row : last])
        if missing > 0:
            self.heights[last - 1] += missing

    def split(self, height: float) -> Iterator["Laid"]:
        """Yield a single row in parts of at most `height` points."""
        per_part = max(1, int((height - 2 * PAD_Y) / self._setting.leading))
        longest = max(len(placed.lines) for placed in self._cells)
        for start in range(0, longest, per_part):
            part = [
                replace(
                    placed, lines=placed.lines[start : start + per_part],
                    notes=placed.notes if start == 0 else [],
                )
                for placed in self._cells
            ]  # fmt: skip
            yield Laid(self._setting, part, 1)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw grounds, then words, then hairlines."""
        tops = [top]
        for height in self.heights:
            tops.append(tops[-1] - height)
        setting = self._setting
        if setting.ground:
            pen.box(x, tops[-1], setting.edges[-1], self.height, ground=setting.ground)
        words: list[Word] = []
        floors: list[Segment] = []
        segments: list[Segment] = [(x, top, x, tops[-1])]
        if setting.is_topped:
            segments.append((x, top, x + setting.edges[-1], top))
        for placed in self._cells:
            upper, lower = tops[placed.row], tops[placed.row + placed.cell.rows]
            left = x + setting.edges[placed.column]
            right = x + setting.edges[placed.column + placed.cell.columns]
            segments.append((right, upper, right, lower))
            before = floors[-1] if floors else None
            if before is not None and (before[2], before[3]) == (left, lower):
                floors[-1] = (before[0], lower, right, lower)
            else:
                floors.append((left, lower, right, lower))
            if placed.cell.chip:
                pen.cells([(left, lower, right - left, upper - lower)], placed.cell.chip.ground)
                # The ground lies over half of the rule that the row above has drawn.
                segments.append((left, upper, right, upper))
            words += self._words(placed, (left, right), (upper, lower))
        pen.words(words)
        pen.lines([*segments, *floors], HAIRLINE, RULE)

    def _words(
        self, placed: _Placed, across: tuple[float, float], down: tuple[float, float]
    ) -> Iterator[Word]:
        setting, cell = self._setting, placed.cell
        face = _face(setting, placed.column, cell)
        align = cell.align or setting.aligns[placed.column]
        level = sum(down) / 2 + placed.height_in_lines * setting.leading / 2
        drop = (setting.leading - setting.size) / 2 + 0.88 * setting.size
        color = cell.chip.ink if cell.chip else INK
        for line in placed.lines:
            if line:
                x = _left(line, face, setting.size, align, across)
                yield Word(x, level - drop, line, face, setting.size, color)
            level -= setting.leading
        small = setting.size * NOTE_RATIO
        for line in placed.notes:
            x = _left(line, Face.SANS, small, align, across)
            yield Word(x, level - drop * NOTE_RATIO, line, Face.SANS, small, GREY)
            level -= setting.leading * NOTE_RATIO


def _face(setting: Setting, column: int, cell: Cell) -> Face:
    return cell.face or (Face.HEI if cell.chip else setting.faces[column])


def _left(line: str, face: Face, size: float, align: Align, across: tuple[float, float]) -> float:
    left, right = across
    if align in (Align.LEFT, Align.JUSTIFY):
        return left + PAD_X
    width = metrics(face).width(line) * size
    return (left + right - width) / 2 if align is Align.CENTER else right - PAD_X - width


def lay(group: Sequence[Sequence[Cell]], setting: Setting) -> Laid:
    """Break the words of a group's cells into lines and find the rows' heights."""
    placed = []
    for row, cells in enumerate(group):
        for column, cell in enumerate(cells):
            if cell.rows < 1:
                continue
            edges = setting.edges
            width = edges[column + cell.columns] - edges[column] - 2 * PAD_X
            align = cell.align or setting.aligns[column]
            breaking = wrap_evenly if align is Align.CENTER else wrap
            lines = breaking(cell.text, _face(setting, column, cell), setting.size, width)
            small = setting.size * NOTE_RATIO
            notes = wrap(clean(cell.note), Face.SANS, small, width) if cell.note else []
            placed.append(_Placed(row, column, cell, lines, notes))
    return Laid(setting, placed, len(group))
