"""The ledgers of the demo city come in the way real ones do: as Excel files."""

from datetime import datetime, timedelta

from sqlalchemy import text

from webapp.demo.rules.chance import chance_of
from webapp.demo.rules.plants import Plant
from webapp.demo.service.founding import Tenant
from webapp.demo.service.ledger_file import ledger_file
from webapp.hazards.service.plans import derive_all_plans
from webapp.hazards.service.tasks import generate_tasks
from webapp.platform.clock import local_date
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import unit_of_work
from webapp.risks.queries.imports import upload
from webapp.risks.service.imports import confirm, preview_upload

_AHEAD = timedelta(days=1)

# Engineering and protection are looked at where the work is; the other kinds go up the chain of
# control as far as the risk reaches.
_SHARE_OUT = text(
    """
    update control_measure m
    set control_level = w.control_level, post_id = w.post_id, frequency = case
      when w.control_level = 'post' and (e.inherent_level = 'major'
        or e.level in ('major', 'significant')) then 'daily'
      when w.control_level in ('post', 'team') then 'weekly' else 'monthly' end
    from risk_event e
    join risk_point p on p.enterprise_id = e.enterprise_id and p.id = e.point_id
    join unnest(cast(:points as text[]), cast(:workers as uuid[]), cast(:leaders as uuid[]),
      cast(:heads as uuid[])) as c(point, worker, leader, head) on c.point = p.name
    cross join (values
      ('company', 'engineering', 'post'), ('company', 'management', 'team'),
      ('company', 'training', 'department'), ('company', 'personal_protection', 'post'),
      ('company', 'emergency', 'company'),
      ('department', 'engineering', 'post'), ('department', 'management', 'team'),
      ('department', 'training', 'department'), ('department', 'personal_protection', 'post'),
      ('department', 'emergency', 'team'),
      ('team', 'engineering', 'post'), ('team', 'management', 'team'),
      ('team', 'training', 'team'), ('team', 'personal_protection', 'post'),
      ('team', 'emergency', 'team'),
      ('post', 'engineering', 'post'), ('post', 'management', 'post'),
      ('post', 'training', 'post'), ('post', 'personal_protection', 'post'),
      ('post', 'emergency', 'post')) as s(risk_level, category, control_level)
    cross join lateral (select s.control_level, case s.control_level when 'post' then c.worker
      when 'team' then c.leader when 'department' then c.head
      else cast(:officer as uuid) end as post_id) w
    where e.enterprise_id = :enterprise and e.number = any(:numbers)
      and s.risk_level = e.control_level
      and m.enterprise_id = e.enterprise_id and m.event_id = e.id and m.category = s.category
    """
)
_FORGOTTEN = (
    "delete from check_task t using check_plan p where p.enterprise_id = t.enterprise_id"
    " and p.id = t.plan_id and p.ended_on is not null",
    "delete from check_plan where ended_on is not null",
    "delete from checklist_item i where not exists (select 1 from check_plan p"
    " where p.enterprise_id = i.enterprise_id and p.checklist_id = i.checklist_id)",
    "delete from checklist c where not exists (select 1 from check_plan p"
    " where p.enterprise_id = c.enterprise_id and p.checklist_id = c.id)",
)


def import_ledger(tenant: Tenant, *, at: datetime) -> None:
    """Upload the ledger, look at it, confirm it, share its measures out, plan the checks."""
    officer = tenant.safety_officer
    name = f"{tenant.plant.name}安全风险分级管控清单.xlsx"
    import_id = preview_upload(officer, ledger_file(tenant.plant), name, at=at)
    seen = upload(officer.scope, tenant.id, import_id)
    confirm(officer, import_id, seen.version, at=at + timedelta(minutes=6))
    at += timedelta(minutes=40)
    _share_out(tenant, at=at)
    derive_all_plans(officer, tenant.id, at)


def owe_checks(tenant: Tenant, *, since: datetime, until: datetime) -> int:
    """Make the tasks of all the days; seen from the first day none is over, so each is owed."""
    return generate_tasks(tenant.safety_officer, tenant.id, local_date(until) + _AHEAD, at=since)


def forget_first_plans(actor: Actor, *, at: datetime) -> None:
    """Remove plans that lived for half an hour; they would only puzzle who looks at the demo."""
    with unit_of_work(actor, "demo.tidied", at=at) as work:
        for statement in _FORGOTTEN:
            work.session.execute(text(statement))


def _share_out(tenant: Tenant, *, at: datetime) -> None:
    plant, people = tenant.plant, tenant.people
    places = plant.places
    posts = {
        "workers": [people[plant.holders(place)[0]].post_id for place in places],
        "leaders": [people[plant.leader(place.department, place.team)].post_id for place in places],
        "heads": [people[plant.head(place.department)].post_id for place in places],
    }
    with unit_of_work(
        tenant.safety_officer, "ledger.event_changed", at=at, subject=tenant.id
    ) as work:
        work.note(description="按管控层级落实责任岗位")
        work.session.execute(
            _SHARE_OUT,
            {
                "enterprise": tenant.id,
                "points": [place.name for place in places],
                "officer": tenant.safety_officer.post_id,
                "numbers": _answered(plant),
                **posts,
            },
        )


def _answered(plant: Plant) -> list[int]:
    """The numbers of the rows that the enterprise has shared out."""
    chance = chance_of(f"{plant.key} share")
    rows = sum(len(place.typical.events) for place in plant.places)
    share = plant.conduct.habits.answered
    return [number for number in range(1, rows + 1) if chance.random() < share]
