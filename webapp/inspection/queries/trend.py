"""The trend of a region as a chart takes it: rates of a week's sums, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from webapp.inspection.rules.rollups import rate
from webapp.scoring.queries.rollup import TrendDay


@dataclass(frozen=True, slots=True)
class RateChart:
    """Two rates day by day as a line chart takes them, and the sums behind them as rows."""

    values: tuple[tuple[date, float], ...]
    compare: tuple[float, ...]
    rows: tuple[tuple[str, int, int, int, int, int, int], ...]


CHART_WINDOW = 7


def rate_chart(days: Sequence[TrendDay]) -> RateChart:
    """Hazards and checks done on time in per cent, each day with the six before it.

    A single day of a small region owes too little for a rate; a week's sums say something.
    Days before anything was due are left out.
    """
    hazards, tasks = [], []
    for n, _ in enumerate(days):
        week = days[max(0, n - CHART_WINDOW + 1) : n + 1]
        hazards.append(rate(sum(d.hazards_on_time for d in week), sum(d.hazards_due for d in week)))
        tasks.append(rate(sum(d.tasks_on_time for d in week), sum(d.tasks_due for d in week)))
    first = next((n for n, value in enumerate(hazards) if value is not None), len(days))
    values = tuple(
        (day.day, value)
        for day, value in zip(days[first:], _without_gaps(hazards[first:]), strict=True)
    )
    compare = _without_gaps(tasks[first:])
    rows = tuple(
        (
            f"{d.day.month}月{d.day.day}日",
            d.hazards_due,
            d.hazards_on_time,
            d.tasks_due,
            d.tasks_on_time,
            d.hazards_reported,
            d.hazards_closed,
        )
        for d in reversed(days)
    )
    return RateChart(values, compare, rows)


def _without_gaps(rates: Sequence[Decimal | None]) -> tuple[float, ...]:
    """A rate holds until the next one is known; before the first, that one is shown."""
    known = next((float(value) for value in rates if value is not None), None)
    if known is None:
        return ()
    filled = []
    for value in rates:
        known = known if value is None else float(value)
        filled.append(known)
    return tuple(filled)
