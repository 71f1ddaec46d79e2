"""Lays values, fills and merges out as the rows of a sheet."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from webapp.platform.spreadsheets.text import Stored, shown
from webapp.platform.spreadsheets.workbook import (
    MAX_COLUMNS,
    Cell,
    Merge,
    Sheet,
    check_extent,
)

Fills: TypeAlias = Mapping[tuple[int, int], str]

_EMPTY = Cell()


def laid_out(
    name: str,
    values: Sequence[Sequence[Stored]],
    *,
    fills: Fills | None = None,
    merged: Sequence[Merge] = (),
) -> Sheet:
    """A sheet of equally long rows; fills outside the used rows are forgotten."""
    fills = fills or {}
    height = len(values)
    width = max((len(row) for row in values), default=0)
    width = max([width, *(column + 1 for row, column in fills if row < height)], default=width)
    check_extent(name, rows=height, columns=min(width, MAX_COLUMNS + 1))
    made: dict[tuple[str, str | None], Cell] = {("", None): _EMPTY}

    def cell(text: str, fill: str | None) -> Cell:
        key = (text, fill)
        found = made.get(key)
        if found is None:
            found = made[key] = Cell(text, fill)
        return found

    rows = []
    for number, row in enumerate(values):
        cells = [cell(shown(value), fills.get((number, at))) for at, value in enumerate(row)]
        cells += [cell("", fills.get((number, at))) for at in range(len(row), width)]
        rows.append(tuple(cells))
    return Sheet(name, tuple(rows), _within(merged, height, width))


def _within(merged: Sequence[Merge], height: int, width: int) -> tuple[Merge, ...]:
    return tuple(
        Merge(m.top, m.left, min(m.bottom, height - 1), min(m.right, width - 1))
        for m in merged
        if 0 <= m.top <= m.bottom and 0 <= m.left <= m.right and m.top < height and m.left < width
    )
