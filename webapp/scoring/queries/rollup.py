"""Regional sums: folded cells plus moves not folded yet, exact at every commit.

One statement over as many rows as there are regions, measures and days, however many records
stand behind them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, text

from webapp.enterprise.models.profile import Enterprise
from webapp.hazards.models.hazards import Hazard
from webapp.platform.database import reading
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.scoring.models.counters import STANDING, EnterpriseCounter
from webapp.scoring.models.scores import EnterpriseScore
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


_STANDING = (
    "enterprises",
    "points",
    "risks",
    "risks_major",
    "risks_significant",
    "risks_moderate",
    "risks_low",
    "hazards",
    "hazards_open",
    "hazards_open_major",
    "hazards_closed",
)
_DUE = {
    "hazards_due": DayMeasure.HAZARD_DUE,
    "hazards_on_time": DayMeasure.HAZARD_ON_TIME,
    "tasks_due": DayMeasure.TASK_DUE,
    "tasks_on_time": DayMeasure.TASK_ON_TIME,
}
_COLUMNS = ",\n  ".join(
    [
        *(f"sum(amount) filter (where measure = '{name}') as {name}" for name in _STANDING),
        "sum(amount) filter (where measure = 'score') as score_tenths",
        "sum(amount) filter (where measure = 'hazard_open_due' and day < :today) as overdue",
        *(
            f"sum(amount) filter (where measure = '{measure.value}'"
            f" and day >= :first and day < :today) as {name}"
            for name, measure in _DUE.items()
        ),
        "sum(amount) filter (where measure = 'score_moved' and day > :today - 30)"
        " as score_moved_tenths",
    ]
)
# Days before the window matter for one measure only: what is open since then.
_MEASURES = """
  (day = :standing and measure = any(:standing_measures))
  or (measure = 'hazard_open_due' and day < :today)
  or (measure = any(:day_measures) and day >= :first and day <= :today)"""

ROLLUP = text(
    f"""
    select region_code, {_COLUMNS} from (
      select region_code, measure, day, amount from region_cell
      where parent_code = :parent and industry_code = :industry and ({_MEASURES})
      union all
      select left(region_code, :length), measure, day, amount from region_delta
      where region_code >= :parent and region_code < :parent_end
        and (:industry = '' or industry_code = :industry) and ({_MEASURES})) moved
    group by region_code order by region_code
    """  # noqa: S608 - names are constants
)


def parameters(parent: str, industry: str, days: int, today: date) -> dict[str, Any]:
    """The values that the rollup statement binds."""
    return {
        "parent": parent,
        "parent_end": f"{parent}:",
        "length": child_length(parent),
        "industry": industry,
        "standing": STANDING,
        "standing_measures": [*_STANDING, "score"],
        "day_measures": [*(m.value for m in _DUE.values()), DayMeasure.SCORE_MOVED.value],
        "first": today - timedelta(days=days),
        "today": today,
    }


def rollup(scope: Scope, parent: str, *, industry: str = "", days: int = 90, today: date) -> Rollup:
    """The regions one level below ``parent``; rates look at the ``days`` before today."""
    with reading(scope) as session:
        found = session.execute(ROLLUP, parameters(parent, industry, days, today)).mappings().all()
    rows = tuple(_row(dict(row)) for row in found)
    return Rollup(rows, _total(parent, rows))


def _row(row: Mapping[str, Any]) -> RollupRow:
    amounts = {name: int(row[name] or 0) for name in row if name != "region_code"}
    return RollupRow(row["region_code"], **amounts)


def _total(parent: str, rows: tuple[RollupRow, ...]) -> RollupRow:
    names = [f.name for f in fields(RollupRow) if f.name != "region_code"]
    return RollupRow(parent, **{name: sum(getattr(row, name) for row in rows) for name in names})


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


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """An enterprise in a region's list."""

    enterprise_id: UUID
    name: str
    uscc: str
    region_code: str
    industry_code: str
    risks_major: int
    risks_significant: int
    hazards_open: int
    hazards_open_major: int
    overdue: int
    score: Decimal | None
    grade: str | None
    last_check_at: datetime | None


SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "score": (EnterpriseScore.total.asc().nulls_first(),),
    "-score": (EnterpriseScore.total.desc().nulls_last(),),
    "open": (EnterpriseCounter.hazards_open.desc(),),
    "major": (EnterpriseCounter.risks_major.desc(), EnterpriseCounter.risks_significant.desc()),
    "name": (Enterprise.name.asc(),),
}


def enterprise_counters(
    scope: Scope,
    region: str,
    *,
    today: date,
    industry: str = "",
    sort: str = "score",
    page: PageRequest | None = None,
) -> Page[EnterpriseRow]:
    """A region's enterprises with their counters; an unknown sort means by score."""
    request = page or PageRequest()
    matches = [
        Enterprise.region_code >= region,
        Enterprise.region_code < f"{region}:",
        Enterprise.state == "approved",
    ]
    if industry:
        matches.append(Enterprise.industry_code == industry)
    overdue = (
        select(func.count())
        .where(
            Hazard.enterprise_id == Enterprise.id, Hazard.state != "closed", Hazard.due_on < today
        )
        .correlate(Enterprise)
        .scalar_subquery()
    )
    statement = (
        select(
            Enterprise.id,
            Enterprise.name,
            Enterprise.uscc,
            Enterprise.region_code,
            Enterprise.industry_code,
            EnterpriseCounter.risks_major,
            EnterpriseCounter.risks_significant,
            EnterpriseCounter.hazards_open,
            EnterpriseCounter.hazards_open_major,
            overdue,
            EnterpriseScore.total,
            EnterpriseScore.grade,
            EnterpriseCounter.last_check_at,
        )
        .join(EnterpriseCounter, EnterpriseCounter.enterprise_id == Enterprise.id)
        .outerjoin(EnterpriseScore, EnterpriseScore.enterprise_id == Enterprise.id)
        .where(*matches)
        .order_by(*SORTS.get(sort, SORTS["score"]), Enterprise.id)
        .offset(request.offset)
        .limit(request.size)
    )
    with reading(scope) as session:
        total = session.execute(select(func.count()).select_from(Enterprise).where(*matches))
        rows = session.execute(statement).all()
        return Page(tuple(EnterpriseRow(*row) for row in rows), total.scalar_one(), request)
