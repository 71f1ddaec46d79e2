"""Control measures as checklists are made from them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from webapp.enterprise.models.organisation import Department, Post
from webapp.hazards.rules.checklists import Measure
from webapp.hazards.rules.posts import PostPlace
from webapp.risks.models.ledger import RiskEvent, RiskPoint
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.rules.control_levels import Frequency
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.responsibility_templates import PostKind
from webapp.standards.risk_methods import ControlLevel, RiskLevel


@dataclass(frozen=True, slots=True)
class CheckableMeasure:
    """A measure that wants checking: what it says, who is named for it, how often."""

    measure: Measure
    control_level: ControlLevel
    frequency: Frequency
    post_id: UUID | None
    department_id: UUID | None


def checkable_measures(
    session: Session, enterprise_id: UUID, point_ids: Collection[UUID]
) -> tuple[CheckableMeasure, ...]:
    """The checkable measures of these points that are in force, in the ledger's order.

    A post that has been closed counts as none named.
    """
    rows = session.execute(
        select(
            ControlMeasure.id,
            ControlMeasure.description,
            ControlMeasure.item,
            ControlMeasure.category,
            ControlMeasure.control_level,
            ControlMeasure.frequency,
            Post.id.label("post_id"),
            RiskEvent.id.label("event_id"),
            RiskEvent.description.label("event"),
            RiskEvent.level,
            RiskEvent.number,
            ControlMeasure.ordinal,
            func.coalesce(RiskEvent.department_id, RiskPoint.department_id).label("department_id"),
            RiskPoint.id.label("point_id"),
            RiskPoint.name.label("point"),
        )
        .join(
            RiskEvent,
            (RiskEvent.enterprise_id == ControlMeasure.enterprise_id)
            & (RiskEvent.id == ControlMeasure.event_id),
        )
        .join(
            RiskPoint,
            (RiskPoint.enterprise_id == RiskEvent.enterprise_id)
            & (RiskPoint.id == RiskEvent.point_id),
        )
        .outerjoin(
            Post,
            (Post.enterprise_id == ControlMeasure.enterprise_id)
            & (Post.id == ControlMeasure.post_id)
            & Post.closed_at.is_(None),
        )
        .where(
            ControlMeasure.enterprise_id == enterprise_id,
            RiskPoint.id.in_(point_ids),
            *in_force(),
        )
        .order_by(RiskEvent.number, RiskEvent.id, ControlMeasure.ordinal, ControlMeasure.id)
    )
    return tuple(
        CheckableMeasure(
            Measure(
                measure_id=row.id,
                words=row.item or row.description,
                category=MeasureCategory(row.category),
                event_id=row.event_id,
                event=row.event,
                point_id=row.point_id,
                point=row.point,
                risk_level=RiskLevel(row.level),
                event_place=row.number,
                place=row.ordinal,
            ),
            ControlLevel(row.control_level),
            Frequency(row.frequency),
            row.post_id,
            row.department_id,
        )
        for row in rows
    )


def in_force() -> tuple[ColumnElement[bool], ...]:
    """What makes a measure, its event and its point count."""
    return (
        ControlMeasure.is_checkable.is_(True),
        ControlMeasure.removed_at.is_(None),
        RiskEvent.removed_at.is_(None),
        RiskPoint.stopped_at.is_(None),
    )


def point_ids(session: Session, enterprise_id: UUID) -> tuple[UUID, ...]:
    """All points of the ledger, also those that stand still."""
    return tuple(
        session.execute(
            select(RiskPoint.id)
            .where(RiskPoint.enterprise_id == enterprise_id)
            .order_by(RiskPoint.id)
        ).scalars()
    )


def post_places(session: Session, enterprise_id: UUID) -> tuple[PostPlace, ...]:
    """The posts that work can be given to."""
    rows = session.execute(
        select(Post.id, Post.name, Post.kind, Post.department_id)
        .where(Post.enterprise_id == enterprise_id, Post.closed_at.is_(None))
        .order_by(Post.name, Post.id)
    )
    return tuple(PostPlace(row.id, row.name, PostKind(row.kind), row.department_id) for row in rows)


def department_parents(session: Session, enterprise_id: UUID) -> dict[UUID, UUID | None]:
    """Each department with the one above it."""
    rows = session.execute(
        select(Department.id, Department.parent_id)
        .where(Department.enterprise_id == enterprise_id)
        .order_by(Department.id)
    )
    return {row.id: row.parent_id for row in rows}
