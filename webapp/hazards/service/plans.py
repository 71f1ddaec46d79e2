"""Check plans come out of the control measures, and people adjust them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import insert, text

from webapp.hazards.events import PlansChanged
from webapp.hazards.models.checklists import Checklist, ChecklistItem
from webapp.hazards.models.plans import CheckPlan
from webapp.hazards.queries.measures import (
    checkable_measures,
    department_parents,
    point_ids,
    post_places,
)
from webapp.hazards.queries.plans import active_plans, asked_of, checklists, open_tasks
from webapp.hazards.rules.checklists import DerivedItem, Measure, derived_items, difference
from webapp.hazards.rules.departments import areas_around
from webapp.hazards.rules.posts import suitable_post
from webapp.hazards.service.acts import act
from webapp.hazards.service.tasks import AHEAD, generate_tasks, waive_open
from webapp.platform.clock import local_date
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work

Key = tuple[UUID, UUID, str]
"""Point, post and frequency: what one plan is for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a plan's checklist is to ask, and at which point."""

    point: str
    items: tuple[DerivedItem, ...]


def derive_plans(actor: Actor, enterprise_id: UUID, points: Collection[UUID], at: datetime) -> None:
    """Bring checklists and plans of these points in line with their measures.

    A plan for each point, post and frequency; its checklist holds the measures' statements by
    risk event. What people changed by hand (post, frequency, rest) stays. A checklist that would
    ask something else gets a new edition and open tasks ask it from now on; old editions stay
    with the checks filled on them. A measure for which no post can be found stays unplanned and
    is listed as such.
    """
    with act(actor, enterprise_id, "plans.derived", at=at) as work:
        _one_at_a_time(work, enterprise_id)
        wanted = _wanted(work, enterprise_id, points)
        present = {
            (plan.point_id, plan.origin_post_id, plan.origin_frequency): plan
            for plan in active_plans(work.session, enterprise_id, points)
        }
        ended = [plan for key, plan in present.items() if key not in wanted]
        added = {key: items for key, items in wanted.items() if key not in present}
        kept = [(plan, wanted[key]) for key, plan in present.items() if key in wanted]
        _end(work, enterprise_id, ended)
        changed = _renew(work, enterprise_id, kept)
        _add(work, enterprise_id, added)
        work.note(added=len(added), changed=changed, ended=len(ended))
        if added:
            generate_tasks(actor, enterprise_id, local_date(at) + AHEAD, at)
        if added or changed or ended:
            work.publish(PlansChanged(enterprise_id, at))


def derive_all_plans(actor: Actor, enterprise_id: UUID, at: datetime) -> None:
    """Derive the plans of every point again, as after posts were entered late."""
    with act(actor, enterprise_id, "plans.derived", at=at) as work:
        derive_plans(actor, enterprise_id, point_ids(work.session, enterprise_id), at)


def _one_at_a_time(work: Work, enterprise_id: UUID) -> None:
    """Two imports that end at once must not both make the first edition of a checklist."""
    work.session.execute(
        text("select pg_advisory_xact_lock(hashtextextended(:name, 0))"),
        {"name": f"plans:{enterprise_id}"},
    )


def _wanted(work: Work, enterprise_id: UUID, points: Collection[UUID]) -> dict[Key, Wanted]:
    posts = post_places(work.session, enterprise_id)
    parents = department_parents(work.session, enterprise_id)
    groups: dict[Key, list[Measure]] = defaultdict(list)
    around = cache(lambda department_id: areas_around(department_id, parents))
    for each in checkable_measures(work.session, enterprise_id, points):
        areas = around(each.department_id)
        post_id = each.post_id or suitable_post(each.control_level, areas, posts)
        if post_id is not None:
            groups[(each.measure.point_id, post_id, each.frequency.value)].append(each.measure)
    derived = {
        key: Wanted(measures[0].point, derived_items(measures)) for key, measures in groups.items()
    }
    return {key: wanted for key, wanted in derived.items() if wanted.items}


def _add(work: Work, enterprise_id: UUID, added: Mapping[Key, Wanted]) -> None:
    lists, plans = [], []
    for (point_id, post_id, frequency), wanted in added.items():
        checklist = _edition(work, enterprise_id, point_id, wanted, 1)
        lists.append((checklist, wanted))
        plans.append(
            CheckPlan(
                enterprise_id=enterprise_id,
                id=new_id(work.at),
                point_id=point_id,
                checklist_id=checklist.id,
                post_id=post_id,
                frequency=frequency,
                origin_post_id=post_id,
                origin_frequency=frequency,
                starts_on=local_date(work.at),
            )
        )
    if not added:
        return
    work.add(*(checklist for checklist, _ in lists))
    _add_items(work, lists)
    work.add(*plans)


def _renew(work: Work, enterprise_id: UUID, kept: Collection[tuple[CheckPlan, Wanted]]) -> int:
    """Give each plan whose measures say something else a new edition; how many there were."""
    present = asked_of(work.session, enterprise_id, [plan.checklist_id for plan, _ in kept])
    changed = [
        (plan, wanted)
        for plan, wanted in kept
        if not difference(
            present.get(plan.checklist_id, ()), [item.asked for item in wanted.items]
        ).is_empty
    ]
    if not changed:
        return 0
    old = checklists(work.session, enterprise_id, [plan.checklist_id for plan, _ in changed])
    tasks = defaultdict(list)
    for task in open_tasks(work.session, enterprise_id, [plan.id for plan, _ in changed]):
        tasks[task.plan_id].append(task)
    lists = []
    for plan, wanted in changed:
        replaced = old[plan.checklist_id]
        replaced.state = "replaced"
        checklist = _edition(work, enterprise_id, plan.point_id, wanted, replaced.edition + 1)
        lists.append((checklist, wanted))
    work.add(*(checklist for checklist, _ in lists))
    _add_items(work, lists)
    for (plan, _), (checklist, _) in zip(changed, lists, strict=True):
        plan.checklist_id = checklist.id
        for task in tasks[plan.id]:
            task.checklist_id = checklist.id
    return len(changed)


def _edition(
    work: Work, enterprise_id: UUID, point_id: UUID, wanted: Wanted, edition: int
) -> Checklist:
    return Checklist(
        enterprise_id=enterprise_id,
        id=new_id(work.at),
        point_id=point_id,
        name=wanted.point,
        edition=edition,
        created_at=work.at,
    )


def _add_items(work: Work, lists: Iterable[tuple[Checklist, Wanted]]) -> None:
    """Write the questions of these editions; as plain rows, for a ledger has thousands."""
    rows = [
        {
            "enterprise_id": checklist.enterprise_id,
            "id": new_id(work.at),
            "checklist_id": checklist.id,
            "ordinal": ordinal,
            "measure_id": item.measure_id,
            "event_id": item.event_id,
            "content": item.text,
            "must_see": item.is_must_see,
        }
        for checklist, wanted in lists
        for ordinal, item in enumerate(wanted.items, 1)
    ]
    work.session.execute(insert(ChecklistItem), rows)


def _end(work: Work, enterprise_id: UUID, plans: Collection[CheckPlan]) -> None:
    if not plans:
        return
    lists = checklists(work.session, enterprise_id, [plan.checklist_id for plan in plans])
    for plan in plans:
        plan.ended_on = local_date(work.at)
        lists[plan.checklist_id].state = "replaced"
    waive_open(work, enterprise_id, [plan.id for plan in plans])
