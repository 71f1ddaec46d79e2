"""What a plan's present checklist asks."""

from uuid import UUID

from sqlalchemy import select

from webapp.hazards.models.plans import CheckPlan
from webapp.hazards.queries.checks import SheetGroup, groups_of
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope


def plan_groups(scope: Scope, enterprise_id: UUID, plan_id: UUID) -> tuple[SheetGroup, ...]:
    """The questions of the plan's present edition, by risk event."""
    with reading(scope) as session:
        checklist_id = session.execute(
            select(CheckPlan.checklist_id).where(
                CheckPlan.enterprise_id == enterprise_id, CheckPlan.id == plan_id
            )
        ).scalar_one()
        return groups_of(session, enterprise_id, checklist_id)
