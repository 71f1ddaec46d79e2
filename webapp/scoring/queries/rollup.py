"""Regional sums: what the folder keeps plus moves not folded yet, exact at every commit.

One statement over as many rows as there are regions, however many records stand behind them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.scoring.queries.regional_sums import (
    COUNTED,
    SUMMED,
    SUMS,
    WINDOW_DAYS,
    sum_parameters,
)
from webapp.scoring.rules.moves import DayMeasure

REGION_LENGTHS = (2, 4, 6, 9)
TREND_DAYS = 30


@dataclass(frozen=True, slots=True)
class RollupRow:
    """A region's sums; ``overdue`` and the due counts are as of the day asked for."""

    region_code: str
    enterprises: int = 0
    points: int = 0
    risks: int = 0
    risks_major: int = 0
    risks_significant: int = 0
    risks_moderate: int = 0
    risks_low: int = 0
    hazards: int = 0
    hazards_open: int = 0
    hazards_open_major: int = 0
    hazards_closed: int = 0
    overdue: int = 0
    hazards_due: int = 0
    hazards_on_time: int = 0
    tasks_due: int = 0
    tasks_on_time: int = 0
    score_tenths: int = 0
    score_moved_tenths: int = 0
    """What the scores together moved in the last 30 days, in tenths of points."""


@dataclass(frozen=True, slots=True)
class Rollup:
    """The regions below one, and their sum."""

    rows: tuple[RollupRow, ...]
    total: RollupRow


@dataclass(frozen=True, slots=True)
class TrendDay:
    """What happened, or was due, on one day in one region."""

    day: date
    hazards_reported: int
    hazards_closed: int
    hazards_due: int
    hazards_on_time: int
    tasks_due: int
    tasks_on_time: int
    checks: int


def child_length(parent: str) -> int:
    """The length of the codes one level below; a township's own below a county."""
    return next((n for n in REGION_LENGTHS if n > len(parent)), REGION_LENGTHS[-1])


_FROM_DELTA = """
  select left(region_code, :length) as region_code, {columns}
  from region_delta
  where region_code >= :parent and region_code < :parent_end
    and (:industry = '' or industry_code = :industry) and ({counted})
  group by 1"""
_ADDED = ", ".join(f"cast(sum({name}) as bigint) as {name}" for name in SUMS)

KEPT = text(
    f"""
    select region_code, {", ".join(SUMS)}, as_of from region_now
    where parent_code = :parent and industry_code = :industry and not exists (
      select from region_delta where region_code >= :parent and region_code < :parent_end)
    """  # noqa: S608 - names are constants
)
"""The sums that the folder keeps, for its window and its day, while no move waits for it."""

PRESENT = text(
    f"""
    select region_code, {_ADDED}, max(as_of) as as_of from (
      select region_code, {", ".join(SUMS)}, as_of from region_now
      where parent_code = :parent and industry_code = :industry
      union all
      select *, null from ({_FROM_DELTA.format(columns=SUMMED, counted=COUNTED)}) moved) sums
    group by region_code
    """  # noqa: S608 - names are constants
)
"""The kept sums with the moves that wait."""

ANY_WINDOW = text(
    f"""
    select region_code, {_ADDED} from (
      select region_code, {SUMMED} from region_cell
      where parent_code = :parent and industry_code = :industry and ({COUNTED})
      group by region_code
      union all {_FROM_DELTA.format(columns=SUMMED, counted=COUNTED)}) sums
    group by region_code
    """  # noqa: S608 - names are constants
)
"""The same from the cells: for another window, and between midnight and the folder's next turn."""


def parameters(parent: str, industry: str, days: int, today: date) -> dict[str, Any]:
    """The values that both statements bind."""
    return {
        "parent": parent,
        "parent_end": f"{parent}:",
        "length": child_length(parent),
        "industry": industry,
        **sum_parameters(days, today),
    }


def rollup(
    scope: Scope, parent: str, *, industry: str = "", days: int = WINDOW_DAYS, today: date
) -> Rollup:
    """The regions one level below ``parent``; rates look at the ``days`` before today."""
    values = parameters(parent, industry, days, today)
    with reading(scope) as session:
        found = _kept(session, values) if days == WINDOW_DAYS else []
        found = found or session.execute(ANY_WINDOW, values).all()
    rows = tuple(
        RollupRow(row[0], **dict(zip(SUMS, row[1:], strict=False)))
        for row in sorted(found, key=itemgetter(0))
    )
    return Rollup(rows, _total(parent, rows))


def _kept(session: Session, values: Mapping[str, Any]) -> Sequence[Any]:
    """The kept sums, with the moves that wait; nothing when they are of another day."""
    for statement in (KEPT, PRESENT):
        found = session.execute(statement, values).all()
        if any(row.as_of == values["today"] for row in found):
            return found
    return []


def _total(parent: str, rows: tuple[RollupRow, ...]) -> RollupRow:
    return RollupRow(parent, **{name: sum(getattr(row, name) for row in rows) for name in SUMS})


_TREND_MEASURES = {
    "hazards_reported": DayMeasure.HAZARD_REPORTED,
    "hazards_closed": DayMeasure.HAZARD_CLOSED,
    "hazards_due": DayMeasure.HAZARD_DUE,
    "hazards_on_time": DayMeasure.HAZARD_ON_TIME,
    "tasks_due": DayMeasure.TASK_DUE,
    "tasks_on_time": DayMeasure.TASK_ON_TIME,
    "checks": DayMeasure.CHECK,
}
_TREND = text(
    """
    select measure, day, sum(amount) as amount from (
      select measure, day, amount from region_cell
      where region_code = :region and industry_code = :industry
        and measure = any(:measures) and day >= :first and day <= :today
      union all
      select measure, day, amount from region_delta
      where region_code >= :region and region_code < :region_end
        and (:industry = '' or industry_code = :industry)
        and measure = any(:measures) and day >= :first and day <= :today) moved
    group by measure, day
    """
)


def trend(
    scope: Scope, region: str, *, industry: str = "", days: int = TREND_DAYS, today: date
) -> tuple[TrendDay, ...]:
    """Each of the last ``days`` days up to today, days without anything included."""
    first = today - timedelta(days=days - 1)
    values = {
        "region": region,
        "region_end": f"{region}:",
        "industry": industry,
        "measures": [measure.value for measure in _TREND_MEASURES.values()],
        "first": first,
        "today": today,
    }
    with reading(scope) as session:
        amounts = {(r.measure, r.day): int(r.amount) for r in session.execute(_TREND, values)}
    return tuple(
        TrendDay(
            day,
            **{
                name: amounts.get((measure.value, day), 0)
                for name, measure in _TREND_MEASURES.items()
            },
        )
        for day in (first + timedelta(days=n) for n in range(days))
    )
