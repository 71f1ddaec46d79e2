"""The trend of a region as a chart takes it: rates of a week's sums, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
    values: list[tuple[date, float]] = []
    compare: list[float] = []
    for n, day in enumerate(days):
        week = days[max(0, n - CHART_WINDOW + 1) : n + 1]
        hazards = rate(sum(d.hazards_on_time for d in week), sum(d.hazards_due for d in week))
        tasks = rate(sum(d.tasks_on_time for d in week), sum(d.tasks_due for d in week))
        if hazards is None and tasks is None and not values:
            continue
        before = (values[-1][1], compare[-1]) if values else (0.0, 0.0)
        values.append((day.day, before[0] if hazards is None else float(hazards)))
        compare.append(before[1] if tasks is None else float(tasks))
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
    return RateChart(tuple(values), tuple(compare), rows)
