"""Rows of a table: cells that span, the groups they form, and how a group is cut."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from webapp.documents.fonts import Face
from webapp.documents.palette import Chip
from webapp.documents.pen import Align


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that differs from its column: it spans, bears a chip, or has a small note below."""

    text: str
    rows: int = 1
    columns: int = 1
    align: Align | None = None
    face: Face | None = None
    chip: Chip | None = None
    note: str = ""


COVERED = Cell("", rows=0, columns=0)
"""Stands where a cell from above or from the left already is."""

Value = str | int | float | Decimal | Chip | Cell | None


def as_cell(value: Value) -> Cell:
    """Return a value as a cell; numbers lose needless zeros, nothing is an empty cell."""
    return value if isinstance(value, Cell) else _as_cell(value)


# Typed: 3 and Decimal("3.0") are equal and read differently.
@lru_cache(4_096, typed=True)
def _as_cell(value: str | float | Decimal | Chip | None) -> Cell:
    match value:
        case Chip():
            return Cell(value.word, chip=value, align=Align.CENTER)
        case None:
            return Cell("")
        case float():
            return Cell(f"{value:.6g}")
        case _:
            return Cell(str(value))


def groups(rows: Iterable[Sequence[Value]], width: int) -> Iterator[list[list[Cell]]]:
    """Yield rows joined by spanning cells together.

    Raises ValueError when a row has not one value a column.
    """
    group: list[list[Cell]] = []
    still_open = 0
    for values in rows:
        row = [as_cell(value) for value in values]
        if len(row) != width:
            raise ValueError(f"表格有 {width} 列，此行有 {len(row)} 个值。")
        group.append(row)
        still_open = max(still_open, *(cell.rows for cell in row)) - 1
        if still_open <= 0:
            yield group
            group, still_open = [], 0
    if group:
        yield cut(group, 0, len(group))


def cut(group: list[list[Cell]], start: int, stop: int) -> list[list[Cell]]:
    """Return rows start to stop; a cell cut in two is repeated with 「（续）」."""
    part = [list(row) for row in group[start:stop]]
    for first, row in enumerate(group):
        for column, cell in enumerate(row):
            end = first + cell.rows
            if cell.rows < 1 or end <= start or first >= stop:
                continue
            kept = min(end, stop) - max(first, start)
            if first < start:
                again = replace(cell, text=f"{cell.text}（续）", rows=kept)
                part[0][column] = again
            elif kept != cell.rows:
                part[first - start][column] = replace(cell, rows=kept)
    return part
