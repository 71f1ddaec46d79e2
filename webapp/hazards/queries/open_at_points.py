"""The open hazards of an enterprise by risk point, for the points' dynamic level."""

from uuid import UUID

from sqlalchemy import select

from webapp.hazards.models.hazards import Hazard
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardState
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.rules.dynamic_level import OpenHazard


def open_at_points(scope: Scope, enterprise_id: UUID) -> tuple[OpenHazard, ...]:
    """Those not closed yet that know their point, the oldest first."""
    with reading(scope) as session:
        rows = session.execute(
            select(Hazard.point_id, Hazard.number, Hazard.title, Hazard.level)
            .where(
                Hazard.enterprise_id == enterprise_id,
                Hazard.state != HazardState.CLOSED,
            )
            .order_by(Hazard.reported_at, Hazard.id)
        ).all()
    return tuple(
        OpenHazard(point_id, number, title, level == HazardLevel.MAJOR)
        for point_id, number, title, level in rows
        if point_id is not None
    )
