"""Geometry of the small server-drawn charts: values in, SVG attributes out. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import floor, log10
from typing import TYPE_CHECKING

from webapp.ui.filters import LEVEL_WORDS, level_word, number, short_date

if TYPE_CHECKING:
    from decimal import Decimal

    from jinja2 import Environment

WIDTH = 1000.0
HEIGHT = 100.0
BAND_WIDTH = 1000.0
_FINEST = 1e-6


@dataclass(frozen=True, slots=True)
class Segment:
    """One level's part of a distribution bar, in thousandths of its width."""

    level: str
    word: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawn series: path data in a box of 1000 × 100, words for both axes."""

    line: str
    area: str
    grid: str
    last: str
    y_words: tuple[str, ...]
    x_words: tuple[str, ...]
    compare: str = ""


def segments(counts: Mapping[str, int]) -> list[Segment]:
    """Parts of a four-level bar, major first; an empty level has no part, an empty bar none."""
    total = sum(counts.get(level, 0) for level in LEVEL_WORDS)
    parts: list[Segment] = []
    x = 0.0
    for level in LEVEL_WORDS:
        count = counts.get(level, 0)
        if not count:
            continue
        width = count / total * BAND_WIDTH
        word = level_word(level, short=True)
        parts.append(Segment(level, word, count, round(x, 1), round(width, 1)))
        x += width
    return parts


def distribution_words(counts: Mapping[str, int]) -> str:
    """重大 4，较大 22，一般 83，低 105: what the bar says to someone who cannot see it."""
    return "，".join(f"{word} {number(counts.get(key, 0))}" for key, word in LEVEL_WORDS.items())


def plot(
    values: Sequence[tuple[date | str, float | Decimal]],
    *,
    step: bool = False,
    low: float | None = None,
    high: float | None = None,
    compare: Sequence[float | Decimal] = (),
) -> Plot | None:
    """Draw a line, or a step line where a value holds until the next one; None without values.

    Dates stand at their distance in time, words at equal distance. `low` and `high` fix the
    vertical axis, otherwise it takes round numbers around the values.
    """
    if not values:
        return None
    heights = [float(value) for _, value in values]
    everything = [*heights, *(float(value) for value in compare)]
    bottom, top = _bounds(min(everything), max(everything), low, high)
    xs = _positions([key for key, _ in values])
    ys = [_y(value, bottom, top) for value in heights]
    line = _path(xs, ys, step=step)
    end = WIDTH if step else xs[-1]
    middle = (bottom + top) / 2
    return Plot(
        line=line,
        area=f"{line}V{HEIGHT:g}H{xs[0]:g}Z",
        grid=f"M0 0H{WIDTH:g}M0 {HEIGHT / 2:g}H{WIDTH:g}",
        last=f"M{end:g} {ys[-1]:g}h0",
        y_words=tuple(_axis_word(value) for value in (top, middle, bottom)),
        x_words=_x_words([key for key, _ in values]),
        compare=_path(xs, [_y(float(v), bottom, top) for v in compare], step=step),
    )


def _bounds(
    least: float, most: float, low: float | None, high: float | None
) -> tuple[float, float]:
    span = max((most - least) or abs(most) or 1.0, _FINEST)
    unit = float(10 ** floor(log10(span)))
    unit = unit / 2 if span / unit < 2 else unit
    bottom = low if low is not None else max(0.0, floor(least / unit) * unit)
    top = high if high is not None else (floor(most / unit) + 1) * unit
    if low is None and bottom >= top:
        bottom = top - unit
    return bottom, top if top > bottom else bottom + 1.0


def _positions(keys: Sequence[date | str]) -> list[float]:
    if len(keys) == 1:
        return [0.0]
    days = [_ordinal(key) for key in keys if not isinstance(key, str)]
    if len(days) == len(keys) and days[-1] > days[0]:
        span = days[-1] - days[0]
        return [round((day - days[0]) / span * WIDTH, 1) for day in days]
    return [round(index / (len(keys) - 1) * WIDTH, 1) for index in range(len(keys))]


def _ordinal(key: date) -> float:
    seconds = (key.hour * 3600 + key.minute * 60) if isinstance(key, datetime) else 0
    return key.toordinal() + seconds / 86400


def _y(value: float, bottom: float, top: float) -> float:
    inside = min(max(value, bottom), top)
    return round(HEIGHT - (inside - bottom) / (top - bottom) * HEIGHT, 1)


def _path(xs: Sequence[float], ys: Sequence[float], *, step: bool) -> str:
    if not ys:
        return ""
    if not step:
        pairs = [f"{x:g} {y:g}" for x, y in zip(xs, ys, strict=False)]
        return "M" + "L".join(pairs) if len(pairs) > 1 else f"M{pairs[0]}H{WIDTH:g}"
    rest = "".join(f"H{x:g}V{y:g}" for x, y in zip(xs[1:], ys[1:], strict=False))
    return f"M{xs[0]:g} {ys[0]:g}{rest}H{WIDTH:g}"


def _axis_word(value: float) -> str:
    return number(int(value)) if value == int(value) else f"{value:,.1f}"


def _x_words(keys: Sequence[date | str]) -> tuple[str, ...]:
    shown = [key if isinstance(key, str) else short_date(key) for key in keys]
    if len(shown) <= 2:
        return tuple(shown)
    return shown[0], shown[len(shown) // 2], shown[-1]


def register(environment: Environment) -> None:
    """Make the chart geometry known to a template environment."""
    environment.filters.update(segments=segments, distribution_words=distribution_words, plot=plot)
