"""People adjust a plan: another post, another frequency, a rest."""

from datetime import datetime, timedelta
from uuid import UUID

from webapp.hazards.events import PlansChanged
from webapp.hazards.models.plans import CheckPlan
from webapp.hazards.queries.measures import post_places
from webapp.hazards.queries.plans import open_tasks
from webapp.hazards.service.acts import act, check_reach
from webapp.hazards.service.tasks import AHEAD, generate_tasks, waive_open
from webapp.platform.clock import local_date
from webapp.platform.errors import Invalid, RuleBroken
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work
from webapp.risks.rules.control_levels import Frequency


def change_plan(
    actor: Actor,
    enterprise_id: UUID,
    plan_id: UUID,
    *,
    post_id: UUID,
    frequency: Frequency,
    version: int,
    at: datetime,
) -> None:
    """Give a plan to another post or set another frequency; what is open follows.

    Raises Invalid for a post that is closed, Conflict when another has changed the plan since.
    """
    with act(actor, enterprise_id, "plans.changed", at=at, subject=plan_id) as work:
        plan = _plan(work, enterprise_id, plan_id, version)
        places = {post.post_id: post for post in post_places(work.session, enterprise_id)}
        if post_id not in places:
            raise Invalid("post_id", "这个岗位已撤销，请选择在用的岗位。")
        work.note(
            before={"post_id": str(plan.post_id), "frequency": plan.frequency},
            after={"post_id": str(post_id), "frequency": frequency.value},
            post=places[post_id].name,
        )
        if plan.frequency != frequency:
            waive_open(work, enterprise_id, [plan.id])
            plan.frequency = frequency
            _owe_from_today(plan, at)
        plan.post_id = post_id
        for task in open_tasks(work.session, enterprise_id, [plan.id]):
            task.post_id = post_id
        _publish(work, actor, enterprise_id)


def pause_plan(
    actor: Actor, enterprise_id: UUID, plan_id: UUID, *, version: int, at: datetime
) -> None:
    """Let a plan rest: nothing is owed until it is resumed, what is open is waived."""
    with act(actor, enterprise_id, "plans.paused", at=at, subject=plan_id) as work:
        plan = _plan(work, enterprise_id, plan_id, version)
        if plan.paused_at is None:
            plan.paused_at = at
            waive_open(work, enterprise_id, [plan.id])
            work.publish(PlansChanged(enterprise_id, at))


def resume_plan(
    actor: Actor, enterprise_id: UUID, plan_id: UUID, *, version: int, at: datetime
) -> None:
    """Let a resting plan owe its checks again, from the period that is running."""
    with act(actor, enterprise_id, "plans.resumed", at=at, subject=plan_id) as work:
        plan = _plan(work, enterprise_id, plan_id, version)
        if plan.paused_at is not None:
            plan.paused_at = None
            _owe_from_today(plan, at)
            _publish(work, actor, enterprise_id)


def _plan(work: Work, enterprise_id: UUID, plan_id: UUID, version: int) -> CheckPlan:
    plan = work.locked(CheckPlan, enterprise_id, plan_id, version=version)
    if plan.ended_on is not None:
        raise RuleBroken("这项排查计划已结束：它依据的管控措施已不在风险清单中。")
    places = {post.post_id: post for post in post_places(work.session, enterprise_id)}
    place = places.get(plan.post_id)
    check_reach(
        work, enterprise_id, "plans.edit", department_id=place.department_id if place else None
    )
    return plan


def _owe_from_today(plan: CheckPlan, at: datetime) -> None:
    plan.generated_until = local_date(at) - timedelta(days=1)


def _publish(work: Work, actor: Actor, enterprise_id: UUID) -> None:
    work.session.flush()
    generate_tasks(actor, enterprise_id, local_date(work.at) + AHEAD, work.at)
    work.publish(PlansChanged(enterprise_id, work.at))
