"""Lists in the boxes of a card: as large as the box allows, and what is left out is said."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.documents.fonts import Face
from webapp.documents.page import MM
from webapp.documents.palette import GREY, INK
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Style
from webapp.documents.typesetting.metrics import metrics
from webapp.documents.typesetting.text import Line, set_lines

_TEXT = Style(Face.SANS, size=13.5, leading=18.6, align=Align.LEFT)
_BETWEEN = 2.6
_LEAST, _STEP = 0.5, 0.95
_LABEL_GAP = 0.55
_REST = "另有 {} 条，扫码查看。"

Place = tuple[float, float, float]
"""Left edge, upper edge and width, in points."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list behind its label, number or dot."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class _Set:
    """The entries broken into lines in one size of type."""

    style: Style
    indent: float
    entries: tuple[tuple[str, tuple[Line, ...]], ...]

    def heights(self) -> list[float]:
        between = _BETWEEN * self.style.size / _TEXT.size
        return [len(lines) * self.style.leading + between for _, lines in self.entries]


def natural_height(entries: Sequence[Entry], width: float) -> float:
    """How high a list is in its full size."""
    return sum(_set(entries, width, 1).heights())


def draw_entries(pen: Pen, entries: Sequence[Entry], place: Place, height: float) -> None:
    """Draw a list, shrinking it to half its size; then the last line says how many are missing."""
    x, top, width = place
    scale, found = 1.0, _set(entries, width, 1)
    while sum(found.heights()) > height and scale > _LEAST:
        scale = max(_LEAST, scale * _STEP)
        found = _set(entries, width, scale)
    kept = _kept(found, height)
    for (label, lines), used in zip(found.entries[:kept], found.heights(), strict=False):
        _draw(pen, found, label, lines, x, top)
        top -= used
    missing = len(entries) - kept
    if missing:
        note = _REST.format(missing)
        set_lines(note, _TEXT.scaled(scale), width)[0].draw(pen, x, top)


def draw_labels(pen: Pen, words: Sequence[str], place: Place, height: float) -> None:
    """Draw words in round boxes, as many rows as they need, smaller when there are many."""
    x, top, width = place
    scale = 1.0
    while scale > _LEAST and len(rows := _rows(words, width, scale)) * 12 * MM * scale > height:
        scale *= _STEP
    rows = _rows(words, width, scale)
    size, tall = 13.5 * scale, 9 * MM * scale
    for row in rows:
        left = x
        for word in row:
            wide = metrics(Face.HEI).width(word) * size + 6 * MM * scale
            pen.box(left, top - tall, wide, tall, rule=INK, rule_width=0.6, radius=1.2 * MM)
            middle = left + wide / 2
            pen.text(middle, top - tall + 0.33 * tall, word, Face.HEI, size, align=Align.CENTER)
            left += wide + 2.4 * MM * scale
        top -= 12 * MM * scale


def _rows(words: Sequence[str], width: float, scale: float) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    used = 0.0
    for word in words:
        wide = metrics(Face.HEI).width(word) * 13.5 * scale + 8.4 * MM * scale
        if rows[-1] and used + wide > width + 2.4 * MM * scale:
            rows.append([])
            used = 0.0
        rows[-1].append(word)
        used += wide
    return rows


def _set(entries: Sequence[Entry], width: float, scale: float) -> _Set:
    style = _TEXT.scaled(scale)
    widest = max((metrics(Face.HEI).width(entry.label) for entry in entries), default=0.0)
    indent = (widest + _LABEL_GAP) * style.size if widest else 0.0
    lines = ((e.label, tuple(set_lines(e.text, style, width - indent))) for e in entries)
    return _Set(style, indent, tuple(lines))


def _kept(found: _Set, height: float) -> int:
    """How many entries fit, leaving a line for the note when not all do."""
    heights = found.heights()
    if sum(heights) <= height + 0.01:
        return len(heights)
    used, kept = found.style.leading, 0
    for each in heights:
        used += each
        if used > height:
            break
        kept += 1
    return kept


def _draw(pen: Pen, found: _Set, label: str, lines: Sequence[Line], x: float, top: float) -> None:
    style = found.style
    if label:
        y = top - (style.leading - style.size) / 2 - 0.88 * style.size
        colour = GREY if label == "·" else INK
        pen.text(x, y, label, Face.HEI, style.size, color=colour)
    for line in lines:
        line.draw(pen, x + found.indent, top)
        top -= style.leading
