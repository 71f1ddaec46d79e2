"""Safety signs in a row: yellow triangles that warn, blue plates that command (GB 2894-2008)."""

from collections.abc import Sequence
from itertools import pairwise

from webapp.documents.boxes import draw_centered_box
from webapp.documents.fonts import Face
from webapp.documents.page import MM
from webapp.documents.palette import INK, WHITE
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Style
from webapp.risks.pdf.pictograms import PICTOGRAMS
from webapp.risks.rules.safety_signs import WarningSign

YELLOW, BLUE = "#ffd400", "#0a5fb4"
MOST_WARNINGS, MOST_DUTIES = 6, 6
_SIDE = 20 * MM
_PITCH = 24.2 * MM
_PLATE = (27 * MM, 9.2 * MM)
_HEIGHT = 31 * MM

Place = tuple[float, float, float]
"""Left edge, foot and width, in points."""


def draw_signs(
    pen: Pen, warnings: Sequence[WarningSign], duties: Sequence[str], place: Place
) -> None:
    """Draw as many signs as the row holds: the warnings first, the plates in columns of three."""
    x, foot, width = place
    columns = -(-min(len(duties), MOST_DUTIES) // 3)
    room = width - columns * (_PLATE[0] + 2 * MM)
    shown = warnings[: min(MOST_WARNINGS, int(room / _PITCH))]
    for sign in shown:
        _triangle(pen, sign, x, foot + 5.5 * MM)
        x += _PITCH
    for at, words in enumerate(duties[:MOST_DUTIES]):
        column, row = divmod(at, 3)
        left = x + column * (_PLATE[0] + 2 * MM)
        _plate(pen, words, left, foot + _HEIGHT - (row + 1) * (_PLATE[1] + 1.7 * MM) + 1.7 * MM)


def _triangle(pen: Pen, sign: WarningSign, x: float, y: float) -> None:
    side = _SIDE
    corners = [
        (x + side * 0.05, y + side * 0.08),
        (x + side * 0.95, y + side * 0.08),
        (x + side * 0.5, y + side * 0.9),
    ]
    pen.polygon(corners, ground=YELLOW, rule=INK, rule_width=side * 0.06)
    # The picture stands in the widest square of the triangle.
    size, left, low = side * 0.4, x + side * 0.3, y + side * 0.14
    canvas = pen.canvas
    canvas.setLineCap(1)
    for line in PICTOGRAMS[sign.picture]:
        points = [(left + px * size / 24, low + (24 - py) * size / 24) for px, py in line]
        pen.lines(
            [(*one, *other) for one, other in pairwise(points)],
            size * (0.14 if sign.picture == "attention" else 0.085),
        )
    canvas.setLineCap(0)
    pen.text(x + side / 2, y - side * 0.17, sign.words, Face.HEI, 8.6, align=Align.CENTER)


def _plate(pen: Pen, words: str, x: float, y: float) -> None:
    width, height = _PLATE
    pen.box(x, y, width, height, ground=BLUE, radius=1 * MM)
    style = Style(Face.HEI, size=9.2, leading=11, align=Align.CENTER, color=WHITE)
    draw_centered_box(pen, x + 1 * MM, y + height, width - 2 * MM, height, words, style)
