"""Risk points to choose from when something is reported."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select

from webapp.hazards.models.plans import CheckPlan
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent, RiskPoint, RiskUnit
from webapp.standards.risk_methods import RiskLevel

_RANK = {level.value: level.number for level in RiskLevel}
_LEVELS = {level.number: level for level in RiskLevel}


@dataclass(frozen=True, slots=True)
class PointRow:
    """A risk point with its gravest level."""

    id: UUID
    name: str
    place: str
    unit: str
    level: RiskLevel | None


def points_found(
    scope: Scope, enterprise_id: UUID, q: str, limit: int = 20
) -> tuple[PointRow, ...]:
    """Points whose name, place or unit holds the text."""
    like = (column.icontains(q, autoescape=True) for column in _SEARCHED)
    return _read(scope, _points(enterprise_id).where(or_(*like)), limit)


def points_of_post(
    scope: Scope, enterprise_id: UUID, post_id: UUID | None, chosen: UUID | None, limit: int = 6
) -> tuple[PointRow, ...]:
    """The chosen point, then those that the post checks."""
    checked = select(CheckPlan.point_id).where(
        CheckPlan.enterprise_id == enterprise_id,
        CheckPlan.post_id == post_id,
        CheckPlan.ended_on.is_(None),
    )
    first = RiskPoint.id == chosen
    statement = _points(enterprise_id).where(or_(first, RiskPoint.id.in_(checked)))
    return _read(scope, statement.order_by(first.desc()), limit)


def point_named(
    scope: Scope, enterprise_id: UUID, point_id: UUID | None
) -> tuple[tuple[UUID, str], ...]:
    """A point that a list is narrowed to, with its name; empty for an unknown one."""
    if point_id is None:
        return ()
    with reading(scope) as session:
        rows = session.execute(
            select(RiskPoint.id, RiskPoint.name).where(
                RiskPoint.enterprise_id == enterprise_id, RiskPoint.id == point_id
            )
        )
        return tuple((row.id, row.name) for row in rows)


_SEARCHED = (RiskPoint.name, RiskPoint.place, RiskUnit.name)


def _points(enterprise_id: UUID) -> Select[*tuple[object, ...]]:
    rank = (
        select(func.min(case(_RANK, value=RiskEvent.level)))
        .where(
            RiskEvent.enterprise_id == RiskPoint.enterprise_id,
            RiskEvent.point_id == RiskPoint.id,
            RiskEvent.removed_at.is_(None),
        )
        .correlate(RiskPoint)
        .scalar_subquery()
    )
    return (
        select(
            RiskPoint.id,
            RiskPoint.name,
            RiskPoint.place,
            func.coalesce(RiskUnit.name, "").label("unit"),
            rank.label("level"),
        )
        .outerjoin(
            RiskUnit,
            (RiskUnit.enterprise_id == RiskPoint.enterprise_id)
            & (RiskUnit.id == RiskPoint.unit_id),
        )
        .where(RiskPoint.enterprise_id == enterprise_id, RiskPoint.stopped_at.is_(None))
    )


def _read(scope: Scope, statement: Select[*tuple[object, ...]], limit: int) -> tuple[PointRow, ...]:
    with reading(scope) as session:
        rows = session.execute(statement.order_by(RiskPoint.name, RiskPoint.id).limit(limit))
        return tuple(
            PointRow(row.id, row.name, row.place, row.unit, _LEVELS.get(row.level)) for row in rows
        )
