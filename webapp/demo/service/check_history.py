"""Three months of checks, entered set by set: nobody could hand in thirty thousand one by one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from webapp.demo.rules.check_habits import PastTask, done
from webapp.demo.service.founding import Tenant
from webapp.platform.database import reading
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import unit_of_work

_TASKS = text(
    """
    select t.id, t.period, t.opens_at, t.due_at, t.checklist_id, t.post_id, p.name as point,
      k.frequency, o.kind as post_kind
    from check_task t
    join risk_point p on p.enterprise_id = t.enterprise_id and p.id = t.point_id
    join check_plan k on k.enterprise_id = t.enterprise_id and k.id = t.plan_id
    join post o on o.enterprise_id = t.enterprise_id and o.id = t.post_id
    where t.enterprise_id = :enterprise and t.state = 'open' and t.opens_at < :now
    order by t.opens_at, t.period, p.name, o.name, k.frequency, t.id
    """
)
_CHECKS = text(
    """
    with done as (
      select * from unnest(cast(:tasks as uuid[]), cast(:checks as uuid[]),
        cast(:people as uuid[]), cast(:users as uuid[]), cast(:names as text[]),
        cast(:starts as timestamptz[]), cast(:ends as timestamptz[]), cast(:mobiles as bool[]))
        as v(task_id, check_id, person_id, user_id, name, started_at, submitted_at, is_mobile)),
    asked as (
      select checklist_id, count(*) as items from checklist_item
      where enterprise_id = :enterprise group by 1),
    closed as (
      update check_task t set state = 'done', done_at = d.submitted_at, version = t.version + 1
      from done d where t.enterprise_id = :enterprise and t.id = d.task_id
      returning t.id, t.checklist_id, t.due_at)
    insert into self_check (enterprise_id, id, task_id, checklist_id, person_id, submitted_by,
      submitted_by_name, submitted_at, started_at, device_at, is_mobile, is_late,
      normal_count, abnormal_count, unchecked_count)
    select :enterprise, d.check_id, d.task_id, c.checklist_id, d.person_id, d.user_id, d.name,
      d.submitted_at, d.started_at, case when d.is_mobile then d.submitted_at end, d.is_mobile,
      d.submitted_at > c.due_at, coalesce(a.items, 0), 0, 0
    from done d join closed c on c.id = d.task_id
    left join asked a on a.checklist_id = c.checklist_id
    """
)
_ANSWERS = text(
    """
    insert into check_answer (enterprise_id, check_id, item_id, answered_on, result, words)
    select k.enterprise_id, k.id, i.id, (k.submitted_at at time zone 'Asia/Shanghai')::date,
      'normal', ''
    from self_check k
    join checklist_item i on i.enterprise_id = k.enterprise_id
      and i.checklist_id = k.checklist_id
    where k.enterprise_id = :enterprise
    """
)


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that has begun, with the names by which the demo knows it."""

    id: UUID
    period: str
    opens_at: datetime
    due_at: datetime
    checklist_id: UUID
    post_id: UUID
    point: str
    frequency: str
    post_kind: str

    def past(self, key: str) -> PastTask:
        """The task as its fate depends on it."""
        seed = f"{key} {self.point} {self.post_kind} {self.frequency} {self.period}"
        return PastTask(seed, self.opens_at, self.due_at)


def open_tasks(tenant: Tenant, *, now: datetime) -> tuple[OpenTask, ...]:
    """The tasks that have begun and wait, in an order that every seed gives."""
    with reading(tenant.safety_officer.scope) as session:
        rows = session.execute(_TASKS, {"enterprise": tenant.id, "now": now})
        return tuple(OpenTask(**row._mapping) for row in rows)


def enter_checks(
    actor: Actor,
    tenant: Tenant,
    tasks: Iterable[OpenTask],
    *,
    spared: Collection[UUID],
    now: datetime,
) -> int:
    """Enter what was checked in the past, but for spared tasks; how many checks that is."""
    values = _values(tenant, (task for task in tasks if task.id not in spared), now)
    with unit_of_work(actor, "demo.checks_entered", at=now, subject=tenant.id) as work:
        work.session.execute(text("set local statement_timeout = 0"))
        work.session.execute(_CHECKS, {"enterprise": tenant.id, **values})
        work.session.execute(_ANSWERS, {"enterprise": tenant.id})
        work.note(checks=len(values["tasks"]))
    return len(values["tasks"])


def _values(tenant: Tenant, tasks: Iterable[OpenTask], now: datetime) -> dict[str, Any]:
    holders: dict[UUID | None, list[Actor]] = defaultdict(list)
    for person in tenant.people.values():
        holders[person.post_id].append(person)
    habits = tenant.plant.conduct.habits
    values: dict[str, list[Any]] = {name: [] for name in _ARRAYS}
    for task in tasks:
        check = done(task.past(tenant.plant.key), habits, now=now)
        if check is None:
            continue
        people = holders[task.post_id]
        person = people[check.holder % len(people)]
        row = (
            task.id,
            new_id(check.submitted_at),
            person.person_id,
            person.user_id,
            person.name,
            check.started_at,
            check.submitted_at,
            check.is_mobile,
        )
        for name, value in zip(_ARRAYS, row, strict=True):
            values[name].append(value)
    return values


_ARRAYS = ("tasks", "checks", "people", "users", "names", "starts", "ends", "mobiles")
