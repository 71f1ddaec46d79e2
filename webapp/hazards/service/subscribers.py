"""What the rooms below say and this room answers, inside the same transaction."""

from webapp.enterprise.events import OrganisationChanged
from webapp.hazards.queries.plan_list import points_unplanned
from webapp.hazards.service.plans import derive_plans
from webapp.platform.unit_of_work import Work
from webapp.risks.events import MeasuresChanged


def measures_changed(work: Work, event: MeasuresChanged) -> None:
    """Plans and checklists follow the measures of these points."""
    derive_plans(work.actor, event.enterprise_id, event.point_ids, event.at)


def organisation_changed(work: Work, event: OrganisationChanged) -> None:
    """A new post may take what nobody checks yet; without such measures nothing is done."""
    waiting = points_unplanned(work.session, event.enterprise_id)
    if waiting:
        derive_plans(work.actor, event.enterprise_id, waiting, event.at)
