"""Cells of a marked-up table put into a grid, spans and background colours included."""

import re

from webapp.platform.spreadsheets.grid import laid_out
from webapp.platform.spreadsheets.workbook import (
    MAX_CELL_CHARACTERS,
    Merge,
    Sheet,
    check_extent,
)

_COLOUR = re.compile(r"background(?:-color)?\s*:\s*([^;\"']+)", re.IGNORECASE)
_HEX = re.compile(r"#?([0-9a-fA-F]{6})\Z")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_NAMED = {"red": "FF0000", "orange": "FFA500", "yellow": "FFFF00", "blue": "0000FF"}


class Placed:
    """Cells put into the next free place, as the spans of earlier ones push them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._values: list[list[str]] = []
        self._fills: dict[tuple[int, int], str] = {}
        self._merged: list[Merge] = []
        self._hanging: list[Merge] = []

    def new_row(self) -> None:
        """Begin the next row."""
        self._values.append([])
        check_extent(self.name, rows=len(self._values), columns=0)
        self._hanging = [m for m in self._hanging if m.bottom >= len(self._values) - 1]

    def skip_to_row(self, number: int) -> None:
        """Leave rows empty, so that the next one is the given, counted from 1."""
        check_extent(self.name, rows=number, columns=0)
        while len(self._values) < number - 1:
            self.new_row()

    def skip_to_column(self, number: int) -> None:
        """Leave cells empty, so that the next one is the given, counted from 1."""
        check_extent(self.name, rows=0, columns=number)
        row = self._values[-1]
        row.extend([""] * (number - 1 - len(row)))

    def put(self, text: str, *, down: int, right: int, fill: str | None) -> None:
        """Put a cell that covers so many rows down and columns to the right."""
        if not self._values:
            self.new_row()
        at, row = len(self._values) - 1, self._values[-1]
        while any(m.top < at and m.left <= len(row) <= m.right for m in self._hanging):
            row.append("")
        left = len(row)
        check_extent(self.name, rows=0, columns=left + right)
        row.extend([text[:MAX_CELL_CHARACTERS], *[""] * (right - 1)])
        if fill:
            self._fills[(at, left)] = fill
        if down > 1 or right > 1:
            merge = Merge(at, left, at + down - 1, left + right - 1)
            self._merged.append(merge)
            self._hanging.append(merge)

    def sheet(self) -> Sheet:
        """What was put so far."""
        return laid_out(self.name, self._values, fills=self._fills, merged=self._merged)


def css_colour(style: str) -> str | None:
    """The last background colour that a style names, as `RRGGBB`."""
    found = None
    for value in _COLOUR.findall(style):
        value = value.strip().lower()
        if match := _HEX.match(value):
            found = match[1].upper()
        elif match := _RGB.match(value):
            found = "".join(f"{min(int(part), 255):02X}" for part in match.groups())
        else:
            found = _NAMED.get(value, found)
    return found
