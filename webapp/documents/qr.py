"""QR codes as vector shapes, ISO/IEC 18004: level Q, quiet zone of four modules."""

from enum import IntEnum
from functools import lru_cache

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

from webapp.documents.palette import INK, WHITE
from webapp.documents.pen import Pen

QUIET_MODULES = 4


class Level(IntEnum):
    """How much of a code may be lost: 7, 15, 25 and 30 per cent; Q for what hangs outdoors."""

    L = ERROR_CORRECT_L
    M = ERROR_CORRECT_M
    Q = ERROR_CORRECT_Q
    H = ERROR_CORRECT_H


@lru_cache(maxsize=64)
def modules(data: str, level: Level = Level.Q) -> tuple[tuple[bool, ...], ...]:
    """Return the dark modules row by row, without a quiet zone."""
    code = qrcode.QRCode(error_correction=level, border=0)
    code.add_data(data)
    code.make(fit=True)
    return tuple(tuple(bool(cell) for cell in row) for row in code.get_matrix())


def draw_qr(
    pen: Pen, x: float, y: float, side: float, data: str, *, level: Level = Level.Q,
    color: str = INK,
) -> None:  # fmt: skip
    """Draw the code into a white square of `side` points, quiet zone included."""
    matrix = modules(data, level)
    unit = side / (len(matrix) + 2 * QUIET_MODULES)
    pen.box(x, y, side, side, ground=WHITE)
    shapes = []
    for index, row in enumerate(matrix):
        top = y + side - unit * (QUIET_MODULES + index + 1)
        for start, length in _dark_runs(row):
            # A hair of overlap keeps renderers from showing seams between the rows.
            shapes.append((x + unit * (QUIET_MODULES + start), top, unit * length, unit * 1.01))
    pen.cells(shapes, color)


def _dark_runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return (start, length) of each run of dark modules."""
    runs: list[tuple[int, int]] = []
    start = None
    for index, dark in enumerate((*row, False)):
        if dark and start is None:
            start = index
        elif not dark and start is not None:
            runs.append((start, index - start))
            start = None
    return runs


def qr_svg(data: str, *, label: str, level: Level = Level.M) -> Markup:
    """Return the code as markup for a page, quiet zone included; `label` is its name when read."""
    matrix = modules(data, level)
    side = len(matrix) + 2 * QUIET_MODULES
    path = "".join(
        f"M{start + QUIET_MODULES} {line + QUIET_MODULES}h{length}v1h-{length}z"
        for line, row in enumerate(matrix)
        for start, length in _dark_runs(row)
    )
    return Markup(
        '<svg class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{label}"'
        ' shape-rendering="crispEdges"><path fill="currentColor" d="{path}"/></svg>'
    ).format(side=side, label=label, path=path)
