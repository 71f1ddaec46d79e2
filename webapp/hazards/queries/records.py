"""What a use case must know of a hazard before it moves it."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from webapp.hazards.models.hazards import Hazard, HazardPhoto, HazardStep
from webapp.hazards.rules.lifecycle import HazardAction
from webapp.platform.clock import SHANGHAI
from webapp.risks.models.ledger import RiskPoint


def last_step(
    session: Session, enterprise_id: UUID, hazard_id: UUID
) -> tuple[str, HazardAction, datetime] | None:
    """Who did what last, and when."""
    row = session.execute(
        select(HazardStep.actor_name, HazardStep.action, HazardStep.at)
        .where(HazardStep.enterprise_id == enterprise_id, HazardStep.hazard_id == hazard_id)
        .order_by(HazardStep.ordinal.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.actor_name, HazardAction(row.action), row.at)


def after_photo_count(session: Session, enterprise_id: UUID, hazard_id: UUID) -> int:
    """How many pictures there are of the result."""
    return session.execute(
        select(func.count()).where(
            HazardPhoto.enterprise_id == enterprise_id,
            HazardPhoto.hazard_id == hazard_id,
            HazardPhoto.moment == "after",
        )
    ).scalar_one()


def has_failed_since(
    session: Session, enterprise_id: UUID, measure_id: UUID, first_day: date
) -> bool:
    """Whether a hazard was reported at this measure on or after a day."""
    earlier = exists().where(
        Hazard.enterprise_id == enterprise_id,
        Hazard.measure_id == measure_id,
        Hazard.reported_at >= datetime.combine(first_day, time(), SHANGHAI),
    )
    return bool(session.execute(select(earlier)).scalar_one())


def has_consent(session: Session, enterprise_id: UUID, hazard_id: UUID) -> bool:
    """Whether the agency has agreed to the closure since the last verification."""
    actions = session.execute(
        select(HazardStep.action)
        .where(
            HazardStep.enterprise_id == enterprise_id,
            HazardStep.hazard_id == hazard_id,
            HazardStep.action.in_((HazardAction.ACCEPT, HazardAction.CONSENT)),
        )
        .order_by(HazardStep.ordinal.desc())
        .limit(1)
    ).scalar_one_or_none()
    return actions == HazardAction.CONSENT


def department_of_point(session: Session, enterprise_id: UUID, point_id: UUID) -> UUID | None:
    """The department that a risk point belongs to."""
    return session.execute(
        select(RiskPoint.department_id).where(
            RiskPoint.enterprise_id == enterprise_id, RiskPoint.id == point_id
        )
    ).scalar_one_or_none()


def is_point(session: Session, enterprise_id: UUID, point_id: UUID) -> bool:
    """Whether the ledger has this point."""
    return session.execute(
        select(exists().where(RiskPoint.enterprise_id == enterprise_id, RiskPoint.id == point_id))
    ).scalar_one()
