"""QR codes as vector shapes, ISO/IEC 18004: level Q, quiet zone of four modules."""

from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError

from webapp.documents.palette import INK, WHITE
from webapp.documents.pen import Pen

QUIET_MODULES = 4
_SHEET_MASK = 2
_DIGITS = bytes.maketrans(b"\x00\x01", b"01")


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


@dataclass
class CodeStencil:
    """Codes for a sheet of many: one mask for all of them, drawn as pictures of one bit a module.

    The standard lets any mask be used and asks for the best of eight, which costs five times as
    much; each code of a sheet is as large as the others, so that one more module at the edge of
    legibility does not matter. Of texts equally long the version is found once.
    """

    level: Level = Level.M
    _versions: dict[int, int] = field(default_factory=dict)

    def rows(self, data: str) -> tuple[int, list[str]]:
        """The number of modules of a side, and each row as hexadecimal digits, dark as one."""
        length = len(data)
        code = qrcode.QRCode(
            version=self._versions.get(length),
            error_correction=self.level,
            border=0,
            mask_pattern=_SHEET_MASK,
        )
        code.add_data(data)
        try:
            code.make(fit=length not in self._versions)
        except DataOverflowError:
            # Digits and capitals take less room, so texts of one length may differ.
            code.version = None
            code.make(fit=True)
        self._versions[length] = max(code.version, self._versions.get(length, 0))
        side = code.modules_count
        digits = -(-side // 8) * 2
        spare = digits * 4 - side
        return side, [
            f"{int(bytes(row).translate(_DIGITS), 2) << spare:0{digits}X}" for row in code.modules
        ]

    def draw(self, pen: Pen, x: float, y: float, side: float, data: str) -> None:
        """Draw the code into `side` points of white paper, quiet zone included."""
        count, rows = self.rows(data)
        unit = side / (count + 2 * QUIET_MODULES)
        edge = unit * QUIET_MODULES
        wide = unit * count
        pen.fill(INK)
        # An inline picture of one bit a place: a tenth of the room that rectangles take.
        pen.canvas.addLiteral(
            f"q {wide:.3f} 0 0 {wide:.3f} {x + edge:.3f} {y + edge:.3f} cm"
            f" BI /W {count} /H {count} /BPC 1 /IM true /D [1 0] /F /AHx ID {''.join(rows)}> EI Q"
        )


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
