"""Who has to rectify a hazard, and until when."""

from datetime import date, datetime
from uuid import UUID

from webapp.hazards.events import HazardDueChanged
from webapp.hazards.models.hazards import Hazard
from webapp.hazards.queries.people import PersonRow, person
from webapp.hazards.rules.deadlines import (
    Extension,
    Urgency,
    approver_refusal,
    due_refusal,
    extension_refusal,
)
from webapp.hazards.rules.deadlines import due_on as usual_due_on
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardAction, HazardState, remark_refusal
from webapp.hazards.service.acts import NOBODY, act, check_reach, obey
from webapp.hazards.service.steps import ASSIGNEE, DUE, moved, taken, told, write_step
from webapp.platform.clock import local_date
from webapp.platform.errors import Invalid, RuleBroken
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work


def assign(
    actor: Actor,
    enterprise_id: UUID,
    hazard_id: UUID,
    *,
    person_id: UUID,
    urgency: Urgency = Urgency.ORDINARY,
    due_on: date | None = None,
    words: str = "",
    version: int | None = None,
    at: datetime,
) -> None:
    """Order the rectification from a person until a day; from an assigned one, hand it on.

    Without a day the urgency sets it; an order's own day stands whatever is typed. Raises Invalid
    at ``person_id`` or ``due_on``, Conflict with both values when another was faster.
    """
    with act(actor, enterprise_id, "hazard.assigned", at=at, subject=hazard_id) as work:
        assignee = _present(work, enterprise_id, person_id)
        yours = {ASSIGNEE: assignee.name, DUE: due_on.isoformat() if due_on else urgency.words}
        hazard = taken(work, enterprise_id, hazard_id, version=version, yours=yours)
        check_reach(work, enterprise_id, "hazards.assign", department_id=hazard.department_id)
        is_handed_on = hazard.state == HazardState.ASSIGNED
        action = HazardAction.TRANSFER if is_handed_on else HazardAction.ASSIGN
        obey(remark_refusal(action, words))
        before, after = hazard.due_on, _due(hazard, urgency, due_on, at)
        moved(hazard, action)
        hazard.assigned_to, hazard.assigned_at = person_id, at
        hazard.department_id = assignee.department_id or hazard.department_id
        hazard.due_on = after
        write_step(work, hazard, action, words, to=assignee.name, due_on=after.isoformat())
        told(work, hazard, to=assignee.name, due_on=after.isoformat())
        if before != after:
            level = HazardLevel(hazard.level)
            work.publish(HazardDueChanged(enterprise_id, hazard_id, level, before, after, at))


def _present(work: Work, enterprise_id: UUID, person_id: UUID) -> PersonRow:
    found = person(work.session, enterprise_id, person_id)
    if found is None:
        raise Invalid("person_id", "请选择在职人员作为整改责任人。")
    return found


def _due(hazard: Hazard, urgency: Urgency, due_on: date | None, at: datetime) -> date:
    today = local_date(at)
    if hazard.order_id is not None and hazard.due_on is not None:
        return hazard.due_on
    if due_on is None and hazard.state == HazardState.ASSIGNED and hazard.due_on is not None:
        return hazard.due_on
    after = due_on or usual_due_on(urgency, today)
    opened_on = local_date(hazard.reported_at)
    obey(due_refusal(after, level=HazardLevel(hazard.level), opened_on=opened_on, today=today))
    return after


def extend(
    actor: Actor,
    enterprise_id: UUID,
    hazard_id: UUID,
    *,
    new_due_on: date,
    reason: str,
    version: int | None = None,
    at: datetime,
) -> None:
    """Grant a later day, once, before the present one has run out, and never to oneself.

    Raises Invalid at ``new_due_on`` or ``reason``, RuleBroken when it cannot be granted at all.
    """
    with act(actor, enterprise_id, "hazard.extended", at=at, subject=hazard_id) as work:
        yours = {DUE: new_due_on.isoformat()}
        hazard = taken(work, enterprise_id, hazard_id, version=version, yours=yours)
        before = hazard.due_on
        if before is None:
            raise RuleBroken("这条隐患还没有整改期限，不能延期。")
        _check_extension(work, hazard, before, new_due_on, reason)
        moved(hazard, HazardAction.EXTEND)
        hazard.extended_from, hazard.due_on = before, new_due_on
        write_step(
            work,
            hazard,
            HazardAction.EXTEND,
            reason,
            before=before.isoformat(),
            due_on=new_due_on.isoformat(),
        )
        told(work, hazard, before=before.isoformat(), due_on=new_due_on.isoformat())
        level = HazardLevel(hazard.level)
        work.publish(HazardDueChanged(enterprise_id, hazard_id, level, before, new_due_on, at))


def _check_extension(
    work: Work, hazard: Hazard, before: date, new_due_on: date, reason: str
) -> None:
    today = local_date(work.at)
    obey(
        approver_refusal(
            work.actor.person_id or NOBODY, requested_by=hazard.assigned_to or UUID(int=1)
        )
    )
    obey(
        extension_refusal(
            Extension(today, new_due_on, reason),
            state=HazardState(hazard.state),
            due=before,
            granted=0 if hazard.extended_from is None else 1,
            is_from_order=hazard.order_id is not None,
        )
    )
    refusal = due_refusal(
        new_due_on,
        level=HazardLevel(hazard.level),
        opened_on=local_date(hazard.reported_at),
        today=today,
    )
    if refusal is not None:
        raise Invalid("new_due_on", refusal.message)
