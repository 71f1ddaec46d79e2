"""Rates, ranks and differences of a region's sums; what cannot be divided is no number."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

NOTHING = "—"
_TENTH = Decimal("0.1")


class Better(StrEnum):
    """Which direction of a measure is good."""

    HIGHER = "higher"
    LOWER = "lower"


class Trend(StrEnum):
    """How a measure moved since the period before."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """The trend as users read it."""
        return _TREND_WORDS[self]


_TREND_WORDS = {
    Trend.BETTER: "好转",
    Trend.WORSE: "变差",
    Trend.SAME: "持平",
    Trend.UNKNOWN: NOTHING,
}


def rate(part: int, whole: int) -> Decimal | None:
    """A share in per cent with one digit, half up; None where there is nothing to divide."""
    return per(100, part, whole)


def per_hundred(amount: int, enterprises: int) -> Decimal | None:
    """An amount for each hundred enterprises, with one digit."""
    return per(100, amount, enterprises)


def per(base: int, part: int, whole: int) -> Decimal | None:
    """An amount for each `base` of a whole, with one digit, half up; None for an empty whole."""
    if whole == 0:
        return None
    return (Decimal(part) * base / whole).quantize(_TENTH, ROUND_HALF_UP)


def number_words(value: Decimal | int | None, unit: str = "") -> str:
    """A number as tables show it, a dash where there is none: 93.3%, —."""
    return NOTHING if value is None else f"{value}{unit}"


def difference(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """How far a measure moved, in its own unit; None when either is no number."""
    return None if now is None or before is None else now - before


def difference_words(change: Decimal | None, unit: str = "") -> str:
    """A movement with its sign: +2.5, −0.5, 0, —."""
    if change is None:
        return NOTHING
    if change == 0:
        return f"0{unit}"
    return f"{'+' if change > 0 else '−'}{abs(change)}{unit}"


def trend(now: Decimal | None, before: Decimal | None, better: Better) -> Trend:
    """Whether a measure became better or worse, by what is good for it."""
    change = difference(now, before)
    if change is None:
        return Trend.UNKNOWN
    if change == 0:
        return Trend.SAME
    return Trend.BETTER if (change > 0) is (better is Better.HIGHER) else Trend.WORSE


def ranks(values: Mapping[str, Decimal | None], better: Better) -> dict[str, int | None]:
    """The rank of each key, 1 the best; equals share a rank, no number has none.

    After two on rank 1 comes rank 3, as lists of merit are read.
    """
    known = [value for value in values.values() if value is not None]
    is_high = better is Better.HIGHER
    return {
        key: None if v is None else 1 + sum(o > v if is_high else o < v for o in known)
        for key, v in values.items()
    }


def ranked(values: Mapping[str, Decimal | None], better: Better) -> tuple[str, ...]:
    """The keys from best to worst, those without a number last, equals by key."""
    placed = ranks(values, better)
    last = len(placed) + 1
    return tuple(sorted(values, key=lambda key: (placed[key] or last, key)))


def totals(rows: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sum of each measure over all rows: a rate of a region is made of sums, never of rates."""
    sums: dict[str, int] = {}
    for row in rows:
        for measure, amount in row.items():
            sums[measure] = sums.get(measure, 0) + amount
    return sums


def series_trend(values: Sequence[Decimal | None], better: Better) -> Trend:
    """The trend from the first to the last number of a series, gaps left out."""
    known = [value for value in values if value is not None]
    return trend(known[-1], known[0], better) if len(known) > 1 else Trend.UNKNOWN
