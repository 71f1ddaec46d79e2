"""Text in a given place: a line that shrinks to its width, a paragraph that shrinks to its box.

For signs, cards and covers, which are drawn freely and must hold the longest name.
"""

from webapp.documents.pen import Pen
from webapp.documents.runs import Rich, Style
from webapp.documents.typesetting.metrics import clean, metrics
from webapp.documents.typesetting.running import shorten
from webapp.documents.typesetting.text import set_lines

LEAST_SCALE = 0.5
STEP = 0.94


def draw_line(
    pen: Pen, x: float, y: float, text: str, style: Style, width: float, *, tracking: float = 0
) -> float:
    """Draw one line by its baseline, aligned about x as the style says; return its width.

    Wider than `width`, it shrinks to half its size and then ends in an ellipsis.
    """
    natural = metrics(style.face).width(clean(text)) * style.size + tracking * len(text)
    scale = max(LEAST_SCALE, min(1.0, width / natural)) if natural else 1.0
    size = style.size * scale
    shown = shorten(text, style.face, size + tracking * scale, width) if scale < 1 else text
    return pen.text(
        x, y, shown, style.face, size,
        color=style.color, align=style.align, tracking=tracking * scale,
    )  # fmt: skip


def draw_text(pen: Pen, x: float, top: float, width: float, content: Rich, style: Style) -> float:
    """Draw a paragraph into `width` points below `top`; return where its last line ends."""
    for line in set_lines(content, style, width):
        line.draw(pen, x, top)
        top -= style.leading
    return top


def fitting_style(content: Rich, style: Style, width: float, height: float) -> Style:
    """Return the style, scaled down to half its size at most, in which the content fits."""
    scale = 1.0
    while scale > LEAST_SCALE:
        scaled = style.scaled(scale)
        if len(set_lines(content, scaled, width)) * scaled.leading <= height:
            return scaled
        scale *= STEP
    return style.scaled(LEAST_SCALE)


def draw_box(
    pen: Pen, x: float, top: float, width: float, height: float, content: Rich, style: Style
) -> float:
    """Draw a paragraph into a box, shrinking it when need be; return where its last line ends.

    What does not fit at half the size is left out: lines beyond the box are not drawn.
    """
    fitted = fitting_style(content, style, width, height)
    room = max(1, int(height / fitted.leading + 0.01))
    for line in set_lines(content, fitted, width)[:room]:
        line.draw(pen, x, top)
        top -= fitted.leading
    return top


def draw_centered_box(
    pen: Pen, x: float, top: float, width: float, height: float, content: Rich, style: Style
) -> None:
    """Draw a paragraph in the middle of a box's height, shrinking it when need be."""
    fitted = fitting_style(content, style, width, height)
    used = len(set_lines(content, fitted, width)) * fitted.leading
    draw_box(pen, x, top - max(0.0, height - used) / 2, width, height, content, fitted)
