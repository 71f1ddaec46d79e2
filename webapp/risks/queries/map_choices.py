"""What a shape of a four-colour map can be linked to."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent, RiskPoint, RiskUnit
from webapp.risks.queries.conditions import GRAVITY
from webapp.risks.queries.maps import EVENT_IN_FORCE, level_of
from webapp.standards.risk_methods import RiskLevel

MOST = 2000


@dataclass(frozen=True, slots=True)
class Linkable:
    """A point or unit that a shape can be linked to, with the level it has now."""

    id: UUID
    name: str
    unit_id: UUID | None
    level: RiskLevel | None


def linkable_points(scope: Scope, enterprise_id: UUID) -> tuple[Linkable, ...]:
    """The points in use, the gravest first; bounded."""
    rank = func.min(GRAVITY)
    with reading(scope) as session:
        rows = session.execute(
            select(RiskPoint.id, RiskPoint.name, RiskPoint.unit_id, rank)
            .outerjoin(RiskEvent, EVENT_IN_FORCE)
            .where(RiskPoint.enterprise_id == enterprise_id, RiskPoint.stopped_at.is_(None))
            .group_by(RiskPoint.id, RiskPoint.name, RiskPoint.unit_id)
            .order_by(rank.nulls_last(), RiskPoint.name, RiskPoint.id)
            .limit(MOST)
        ).all()
    return tuple(Linkable(row[0], row[1], row[2], level_of(row[3])) for row in rows)


def linkable_units(scope: Scope, enterprise_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """The risk units by name; bounded."""
    with reading(scope) as session:
        rows = session.execute(
            select(RiskUnit.id, RiskUnit.name)
            .where(RiskUnit.enterprise_id == enterprise_id)
            .order_by(RiskUnit.name, RiskUnit.id)
            .limit(MOST)
        ).all()
    return tuple((row[0], row[1]) for row in rows)
