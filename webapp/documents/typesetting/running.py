"""What every page repeats: head of the following pages, foot with 「共 X 页　第 Y 页」."""

from dataclasses import dataclass

from webapp.documents.fonts import Face
from webapp.documents.page import MM, Layout
from webapp.documents.palette import GREY, HAIR
from webapp.documents.pen import Align, Pen
from webapp.documents.typesetting.metrics import clean, metrics

FOOT_SIZE = 9.0
HEAD_SIZE = 13.0


def shorten(text: str, face: Face, size: float, width: float) -> str:
    """Return the text, cut with an ellipsis when it is wider than `width` points."""
    shown = clean(text).replace("\n", " ")
    set_in = metrics(face)
    limit = width / size
    if set_in.width(shown) <= limit:
        return shown
    used = set_in.widths["…"]
    for index, character in enumerate(shown):
        used += set_in.widths[character]
        if used > limit:
            return shown[:index] + "…"
    return shown


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a part stands in a bound file; with a total its feet count through the whole file."""

    before: int
    total: int | None = None


def draw_running(pen: Pen, layout: Layout, number: int, bound: Bound | None = None) -> None:
    """Draw the repeated texts of the page with this number in its part."""
    if number > 1:
        _draw_head(pen, layout, number)
    _draw_foot(pen, layout, number, bound)
    if bound and bound.total is None:
        _draw_bound_number(pen, layout, bound.before + number)


def _draw_head(pen: Pen, layout: Layout, number: int) -> None:
    running, frame = layout.running, layout.frame(number)
    y = frame.top + 5 * MM
    right = shorten(running.head_right, Face.SONG, 11, frame.width / 2)
    taken = pen.text(frame.right, y, right, Face.SONG, 11, align=Align.RIGHT)
    room = frame.width - taken - 4 * MM
    pen.text(
        frame.left,
        y,
        shorten(running.head_left, Face.TITLE, HEAD_SIZE, room),
        Face.TITLE,
        HEAD_SIZE,
    )


def _draw_foot(pen: Pen, layout: Layout, number: int, bound: Bound | None) -> None:
    running, frame = layout.running, layout.frame(number)
    if not (running.pages or running.foot_left or running.foot_right):
        return
    rule = 0.7 * layout.margins.bottom * MM
    y = rule - 4.4 * MM
    pen.lines([(frame.left, rule, frame.right, rule)], 0.4, HAIR)
    half = frame.width / 2 - (12 * FOOT_SIZE / 2 if running.pages else 0)
    left = shorten(running.foot_left, Face.SONG, FOOT_SIZE, half)
    right = shorten(running.foot_right, Face.SONG, FOOT_SIZE, half)
    pen.text(frame.left, y, left, Face.SONG, FOOT_SIZE, color=GREY)
    if running.pages:
        _draw_count(pen, frame.left + frame.width / 2, y, number, bound)
    pen.text(frame.right, y, right, Face.SONG, FOOT_SIZE, color=GREY, align=Align.RIGHT)


def _draw_count(pen: Pen, middle: float, y: float, number: int, bound: Bound | None) -> None:
    """Draw 「共 X 页　第 Y 页」 about the middle, of the part or of the whole file."""
    left, right = middle - FOOT_SIZE / 2, middle + FOOT_SIZE / 2
    if bound and bound.total is not None:
        words = f"共 {bound.total} 页"
        pen.text(left, y, words, Face.SONG, FOOT_SIZE, color=GREY, align=Align.RIGHT)
        number += bound.before
    else:
        pen.total_pages(left, y, FOOT_SIZE, GREY)
    pen.text(right, y, f"第 {number} 页", Face.SONG, FOOT_SIZE, color=GREY)


def _draw_bound_number(pen: Pen, layout: Layout, number: int) -> None:
    """Draw the number of a page within a bound file into its upper right corner."""
    x, y = layout.sheet.width - 12 * MM, layout.sheet.height - 10 * MM
    pen.text(x, y, str(number), Face.SANS, 10.5, align=Align.RIGHT)
