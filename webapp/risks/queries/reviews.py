"""What the review of a ledger looks at: assessments in force, and what has happened since."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.models.assessments import RiskAssessment
from webapp.risks.models.ledger import RiskEvent, RiskPoint
from webapp.risks.models.reviews import ReviewTrigger
from webapp.risks.rules.reviews import Assessed, Trigger, TriggerKind

MOST_TRIGGERS = 200


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """A declared trigger as the page lists it."""

    kind: TriggerKind
    words: str
    happened_on: date
    point: str
    declared_by: str
    declared_at: datetime
    rule: Trigger


def assessed_rows(scope: Scope, enterprise_id: UUID) -> tuple[Assessed, ...]:
    """Every risk in force with the day of its residual assessment."""
    with reading(scope) as session:
        rows = session.execute(
            select(
                RiskEvent.id,
                RiskEvent.number,
                RiskEvent.point_id,
                RiskPoint.name,
                RiskEvent.description,
                RiskEvent.level,
                func.coalesce(RiskAssessment.assessed_at, RiskEvent.created_at),
            )
            .join(
                RiskPoint,
                (RiskPoint.enterprise_id == RiskEvent.enterprise_id)
                & (RiskPoint.id == RiskEvent.point_id),
            )
            .outerjoin(
                RiskAssessment,
                (RiskAssessment.enterprise_id == RiskEvent.enterprise_id)
                & (RiskAssessment.event_id == RiskEvent.id)
                & (RiskAssessment.kind == "residual")
                & RiskAssessment.replaced_at.is_(None),
            )
            .where(RiskEvent.enterprise_id == enterprise_id, RiskEvent.removed_at.is_(None))
        ).all()
    return tuple(Assessed(*row) for row in rows)


def triggers(scope: Scope, enterprise_id: UUID) -> tuple[TriggerRow, ...]:
    """What was declared, the newest first."""
    with reading(scope) as session:
        rows = session.execute(
            select(
                ReviewTrigger.kind,
                ReviewTrigger.words,
                ReviewTrigger.happened_on,
                ReviewTrigger.declared_by_name,
                ReviewTrigger.declared_at,
                ReviewTrigger.point_id,
                func.coalesce(RiskPoint.name, "").label("point"),
            )
            .outerjoin(
                RiskPoint,
                (RiskPoint.enterprise_id == ReviewTrigger.enterprise_id)
                & (RiskPoint.id == ReviewTrigger.point_id),
            )
            .where(ReviewTrigger.enterprise_id == enterprise_id)
            .order_by(ReviewTrigger.declared_at.desc(), ReviewTrigger.id.desc())
            .limit(MOST_TRIGGERS)
        ).all()
    return tuple(
        TriggerRow(
            TriggerKind(row.kind),
            row.words,
            row.happened_on,
            row.point,
            row.declared_by_name,
            row.declared_at,
            Trigger(
                TriggerKind(row.kind),
                row.words,
                row.happened_on,
                row.declared_at,
                row.point_id,
            ),
        )
        for row in rows
    )


def point_choices(scope: Scope, enterprise_id: UUID) -> list[tuple[str, str]]:
    """The points in use, to say where something happened."""
    with reading(scope) as session:
        rows = session.execute(
            select(RiskPoint.id, RiskPoint.name)
            .where(RiskPoint.enterprise_id == enterprise_id, RiskPoint.stopped_at.is_(None))
            .order_by(RiskPoint.name)
        ).all()
    return [(str(point_id), name) for point_id, name in rows]
