"""A region's enterprises with their counters, page by page, and those that score lowest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from webapp.enterprise.models.profile import Enterprise
from webapp.platform.database import reading
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.scoring.models.counters import EnterpriseCounter, EnterpriseDay
from webapp.scoring.models.scores import EnterpriseScore
from webapp.scoring.rules.moves import DayMeasure

LOWEST = 5


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
    score: Decimal
    grade: str
    last_check_at: datetime | None


SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "score": (EnterpriseScore.total.asc(),),
    "-score": (EnterpriseScore.total.desc(),),
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
    matches = _matches(region, industry)
    order = (*SORTS.get(sort, SORTS["score"]), Enterprise.id)
    with reading(scope) as session:
        total = session.execute(select(func.count()).select_from(Enterprise).where(*matches))
        rows = session.execute(
            _rows(matches, today).order_by(*order).offset(request.offset).limit(request.size)
        ).all()
        return Page(tuple(EnterpriseRow(*row) for row in rows), total.scalar_one(), request)


def lowest_scores(
    scope: Scope, region: str, *, today: date, industry: str = ""
) -> tuple[EnterpriseRow, ...]:
    """The region's few enterprises that score lowest, found along the index of scores."""
    statement = (
        _rows(_matches(region, industry), today)
        .order_by(EnterpriseScore.total, EnterpriseScore.enterprise_id)
        .limit(LOWEST)
    )
    with reading(scope) as session:
        return tuple(EnterpriseRow(*row) for row in session.execute(statement).all())


def _matches(region: str, industry: str) -> Sequence[ColumnElement[bool]]:
    matches = [
        Enterprise.region_code >= region,
        Enterprise.region_code < f"{region}:",
        Enterprise.state == "approved",
    ]
    return [*matches, Enterprise.industry_code == industry] if industry else matches


def _rows(matches: Sequence[ColumnElement[bool]], today: date) -> Select[Any]:
    """Every approved enterprise has a counter and a score, from its approval on."""
    overdue = (
        select(func.coalesce(func.sum(EnterpriseDay.amount), 0))
        .where(
            EnterpriseDay.enterprise_id == Enterprise.id,
            EnterpriseDay.measure == DayMeasure.HAZARD_OPEN_DUE,
            EnterpriseDay.day < today,
        )
        .correlate(Enterprise)
        .scalar_subquery()
    )
    return (
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
        .join(EnterpriseScore, EnterpriseScore.enterprise_id == Enterprise.id)
        .where(*matches)
    )
