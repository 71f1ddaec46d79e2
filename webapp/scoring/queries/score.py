"""An enterprise's score as of now, its history, and its counters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.enterprise.models.profile import Enterprise
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import SYSTEM, Scope
from webapp.scoring.models.counters import EnterpriseCounter
from webapp.scoring.models.scores import EnterpriseScore, ScoreDay
from webapp.scoring.queries.facts import facts, stored
from webapp.scoring.rules.indicators import Facts


def score_facts(scope: Scope, enterprise_id: UUID, at: datetime) -> Facts:
    """The counts behind the score at an instant. Raises NotFound."""
    with reading(scope) as session:
        return facts(stored(session, [enterprise_id], at)[enterprise_id])


@dataclass(frozen=True, slots=True)
class StoredScore:
    """The score as the last change left it."""

    total: Decimal
    grade: str
    haves: Mapping[str, Any]
    vetoes: tuple[str, ...]
    computed_at: datetime


def stored_score(scope: Scope, enterprise_id: UUID) -> StoredScore | None:
    """The stored score; None for an enterprise that has none yet."""
    with reading(scope) as session:
        row = session.execute(
            select(EnterpriseScore).where(EnterpriseScore.enterprise_id == enterprise_id)
        ).scalar_one_or_none()
        if row is None:
            return None
        return StoredScore(row.total, row.grade, row.haves, tuple(row.vetoes), row.computed_at)


@dataclass(frozen=True, slots=True)
class HistoryDay:
    """The last score of a day."""

    day: date
    total: Decimal
    grade: str


def history(scope: Scope, enterprise_id: UUID, since: date) -> tuple[HistoryDay, ...]:
    """The days on which the score was computed, oldest first, and the last one before them."""
    with reading(scope) as session:
        rows = session.execute(
            select(ScoreDay.day, ScoreDay.total, ScoreDay.grade)
            .where(ScoreDay.enterprise_id == enterprise_id, ScoreDay.day >= since)
            .order_by(ScoreDay.day)
            .limit(400)
        ).all()
    return tuple(HistoryDay(*row) for row in rows)


def moved_since(days: Iterable[HistoryDay], day: date, total: Decimal) -> Decimal | None:
    """How far a total stands from that of a day; None when the history begins later."""
    before = [one.total for one in days if one.day <= day]
    return total - before[-1] if before else None


@dataclass(frozen=True, slots=True)
class Counters:
    """What pages show of an enterprise without reading its records."""

    risks: int
    risks_major: int
    risks_significant: int
    risks_moderate: int
    risks_low: int
    points: int
    hazards: int
    hazards_open: int
    hazards_open_major: int
    hazards_closed: int
    checks: int
    last_check_at: datetime | None
    last_activity_at: datetime | None


def counters(scope: Scope, enterprise_id: UUID) -> Counters:
    """The counter row. Raises NotFound before approval."""
    row = EnterpriseCounter
    with reading(scope) as session:
        found = session.execute(
            select(
                row.risks,
                row.risks_major,
                row.risks_significant,
                row.risks_moderate,
                row.risks_low,
                row.points,
                row.hazards,
                row.hazards_open,
                row.hazards_open_major,
                row.hazards_closed,
                row.checks,
                row.last_check_at,
                row.last_activity_at,
            ).where(row.enterprise_id == enterprise_id)
        ).one_or_none()
    if found is None:
        raise NotFound
    return Counters(*tuple(found))


def enterprise_by_uscc(uscc: str) -> UUID:
    """The enterprise with this code, for commands. Raises NotFound."""
    with reading(SYSTEM) as session:
        found = session.execute(select(Enterprise.id).where(Enterprise.uscc == uscc)).scalar()
    if found is None:
        raise NotFound("没有这个统一社会信用代码的企业。")
    return found
