"""What a region's numbers are made of: which amounts count, as of a day, towards which sum."""

from datetime import date, timedelta
from typing import Any

from webapp.scoring.models.counters import STANDING
from webapp.scoring.rules.moves import REGIONAL_COUNTS, DayMeasure

WINDOW_DAYS = 90
"""The window that the folder keeps ready; another one is summed when it is asked for."""

_STANDING = ("enterprises", *REGIONAL_COUNTS)
_DUE = {
    "hazards_due": DayMeasure.HAZARD_DUE,
    "hazards_on_time": DayMeasure.HAZARD_ON_TIME,
    "tasks_due": DayMeasure.TASK_DUE,
    "tasks_on_time": DayMeasure.TASK_ON_TIME,
}
_FILTERS = {
    **{name: f"measure = '{name}'" for name in _STANDING},
    # Days before the window matter for one measure only: what is open since then.
    "overdue": f"measure = '{DayMeasure.HAZARD_OPEN_DUE}' and day < :today",
    **{
        name: f"measure = '{measure}' and day >= :first and day < :today"
        for name, measure in _DUE.items()
    },
    "score_tenths": "measure = 'score'",
    "score_moved_tenths": f"measure = '{DayMeasure.SCORE_MOVED}' and day > :today - 30",
}

SUMS = tuple(_FILTERS)
"""The names of the sums, in the order of every statement about them."""

SUMMED = ", ".join(
    f"cast(coalesce(sum(amount) filter (where {condition}), 0) as bigint) as {name}"
    for name, condition in _FILTERS.items()
)
"""Each sum over rows of (measure, day, amount)."""

COUNTED = f"""
  (day = :standing and measure = any(:standing_measures))
  or (measure = '{DayMeasure.HAZARD_OPEN_DUE}' and day < :today)
  or (measure = any(:day_measures) and day >= :first and day <= :today)"""
"""The rows that any of the sums looks at."""


def sum_parameters(days: int, today: date) -> dict[str, Any]:
    """The values that ``SUMMED`` and ``COUNTED`` bind; rates look at ``days`` before today."""
    return {
        "standing": STANDING,
        "standing_measures": [*_STANDING, "score"],
        "day_measures": [*(measure.value for measure in _DUE.values()), DayMeasure.SCORE_MOVED],
        "first": today - timedelta(days=days),
        "today": today,
    }
