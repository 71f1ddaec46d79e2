"""Whether the one who acts may take this step, and the hazard is ready for it."""

from uuid import UUID

from webapp.hazards.models.hazards import Hazard
from webapp.hazards.rules import lifecycle as rules
from webapp.hazards.rules.grading import HazardLevel, Implementation
from webapp.hazards.rules.lifecycle import HazardSource
from webapp.hazards.service.acts import NOBODY, is_reached, obey
from webapp.hazards.service.closing import in_place
from webapp.platform.errors import RuleBroken
from webapp.platform.unit_of_work import Work


def check_rectifier(work: Work, hazard: Hazard) -> None:
    """Only the assignee, or who leads the assignee, reports a rectification as done."""
    assignee = hazard.assigned_to or NOBODY
    may_for_others = is_reached(
        work,
        hazard.enterprise_id,
        "hazards.rectify",
        department_id=hazard.department_id,
        person_ids=(assignee,),
    )
    acting = work.actor.person_id or NOBODY
    obey(rules.check_rectifier(acting, assignee_id=assignee, may_for_others=may_for_others))


def check_implementations(hazard: Hazard) -> None:
    """A major hazard is not treated before its five implementations are written down."""
    if hazard.level != HazardLevel.MAJOR:
        return
    missing = [each.words for each in Implementation if each not in in_place(hazard)]
    if missing:
        raise RuleBroken(f"重大事故隐患“五落实”不完整，还缺：{'、'.join(missing)}，请先填写。")


def check_verifier(work: Work, hazard: Hazard) -> None:
    """The one who was to rectify counts as the rectifier, even if a leader reported it done."""
    actor = work.actor
    is_assignee = actor.person_id is not None and actor.person_id == hazard.assigned_to
    rectifier = actor.user_id if is_assignee else hazard.rectified_by_user
    obey(
        rules.check_verifier(
            actor.user_id or NOBODY,
            rectified_by=rectifier or UUID(int=1),
            source=HazardSource(hazard.source),
            is_officer=False,
        )
    )
