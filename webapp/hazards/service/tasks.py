"""Owing checks: each period of each plan exactly once, and waiving what is no longer owed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import text, update

from webapp.hazards.events import TasksGenerated, TaskWaived
from webapp.hazards.models.plans import CheckPlan
from webapp.hazards.queries.plans import (
    enterprises_waiting,
    is_ordered,
    open_tasks,
    plans_waiting,
)
from webapp.hazards.rules.schedule import Period, due_day, owed_periods
from webapp.hazards.service.acts import act
from webapp.platform.clock import local_date
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor, system_actor
from webapp.platform.unit_of_work import Work, unit_of_work
from webapp.risks.rules.control_levels import Frequency

GENERATE = "hazards.generate_tasks"
AHEAD = timedelta(days=1)
"""Tomorrow's tasks exist today, so that the night shift has them at midnight."""

Owed = tuple[CheckPlan, Period]


def generate_tasks(actor: Actor, enterprise_id: UUID, until: date, at: datetime) -> int:
    """Make the tasks of every period that begins up to a day; how many were made.

    Running it twice, or twice at once, makes nothing twice: the plans are locked, and plan and
    period name the task. After a standstill the periods that are over are not made up: nobody
    was asked, so nobody missed them; those still running are.
    """
    with act(actor, enterprise_id, "tasks.generated", at=at) as work:
        waiting = plans_waiting(work.session, enterprise_id, until)
        owed = [(plan, period) for plan in waiting for period in _owed(plan, until, at)]
        made = _write(work, enterprise_id, owed)
        _mark(work, enterprise_id, waiting, owed, until)
        work.note(count=len(made), until=until.isoformat())
        if made:
            work.publish(TasksGenerated(enterprise_id, tuple(made), at))
    return len(made)


def generate_for_all(at: datetime, reached: Callable[[int], None] = lambda _: None) -> int:
    """Make what is owed up to tomorrow in every enterprise; how many enterprises there were.

    Each enterprise is a transaction of its own, so one that is interrupted loses nothing of the
    others; ``reached`` hears how many are done.
    """
    until = local_date(at) + AHEAD
    done = 0
    last: UUID | None = None
    while waiting := enterprises_waiting(until, last):
        for enterprise_id in waiting:
            generate_tasks(system_actor("schedule"), enterprise_id, until, at)
            done += 1
            reached(done)
        last = waiting[-1]
    return done


def _owed(plan: CheckPlan, until: date, at: datetime) -> tuple[Period, ...]:
    first = plan.starts_on
    if plan.generated_until is not None:
        first = max(first, plan.generated_until + timedelta(days=1))
    return owed_periods(Frequency(plan.frequency), first, until, at)


_INSERT = text(
    """
    insert into check_task (enterprise_id, id, plan_id, checklist_id, point_id, post_id, period,
      opens_at, due_at, state, version)
    select :enterprise, t.*, 'open', 1 from unnest(
      cast(:ids as uuid[]), cast(:plans as uuid[]), cast(:lists as uuid[]),
      cast(:points as uuid[]), cast(:posts as uuid[]), cast(:periods as text[]),
      cast(:opens as timestamptz[]), cast(:dues as timestamptz[])) as t
    on conflict (enterprise_id, plan_id, period) do update
      set state = 'open', checklist_id = excluded.checklist_id, post_id = excluded.post_id,
        version = check_task.version + 1
      where check_task.state = 'waived'
    returning id, due_at
    """
)
"""One statement however many tasks there are. A period that was waived and is owed again, as when
a plan stops resting, is reopened."""


def _write(work: Work, enterprise_id: UUID, owed: Collection[Owed]) -> list[tuple[UUID, date]]:
    if not owed:
        return []
    made = work.session.execute(
        _INSERT,
        {
            "enterprise": enterprise_id,
            "ids": [new_id(work.at) for _ in owed],
            "plans": [plan.id for plan, _ in owed],
            "lists": [plan.checklist_id for plan, _ in owed],
            "points": [plan.point_id for plan, _ in owed],
            "posts": [plan.post_id for plan, _ in owed],
            "periods": [period.key for _, period in owed],
            "opens": [period.starts_at for _, period in owed],
            "dues": [period.due_at for _, period in owed],
        },
    )
    return [(row.id, due_day(row.due_at)) for row in made]


def _mark(
    work: Work, enterprise_id: UUID, plans: Iterable[CheckPlan], owed: Iterable[Owed], until: date
) -> None:
    """Remember how far each plan has been dealt with, without counting as a change of it."""
    last = {plan.id: until for plan in plans}
    for plan, period in owed:
        last[plan.id] = max(last[plan.id], period.last_on)
    by_day: dict[date, list[UUID]] = defaultdict(list)
    for plan_id, day in last.items():
        by_day[day].append(plan_id)
    for day, plan_ids in sorted(by_day.items()):
        work.session.execute(
            update(CheckPlan)
            .where(CheckPlan.enterprise_id == enterprise_id, CheckPlan.id.in_(plan_ids))
            .values(generated_until=day)
            .execution_options(synchronize_session=False)
        )


def waive_open(work: Work, enterprise_id: UUID, plan_ids: Collection[UUID]) -> int:
    """Take back what these plans still owe; what was missed before stays missed."""
    waived = [
        task for task in open_tasks(work.session, enterprise_id, plan_ids) if task.due_at > work.at
    ]
    for task in waived:
        task.state = "waived"
    for task in waived:
        work.publish(TaskWaived(enterprise_id, task.id, due_day(task.due_at), work.at))
    return len(waived)


def order_generation(at: datetime) -> None:
    """Order the day's generation for all enterprises; once a day, however often this is called."""
    key = f"tasks:{local_date(at)}"
    if is_ordered(key):
        return
    with unit_of_work(system_actor("schedule"), "tasks.scheduled", at=at) as work:
        work.enqueue(GENERATE, {}, key=key)
