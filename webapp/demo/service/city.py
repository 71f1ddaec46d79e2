"""Making the demo city: everything the product's own way, in the order of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from webapp.demo.queries.city import BEGUN, MADE
from webapp.demo.rules.applications import pending_applications
from webapp.demo.rules.plants import MAIN, plants
from webapp.demo.rules.roster import county_login
from webapp.demo.rules.stories import Story, stories
from webapp.demo.rules.visits import TALES
from webapp.demo.service.accounts import Registrar
from webapp.demo.service.agencies import Officers, found_agencies
from webapp.demo.service.check_history import OpenTask, enter_checks, open_tasks
from webapp.demo.service.diary import Diary
from webapp.demo.service.floor_maps import draw_main_map
from webapp.demo.service.founding import Tenant, found, hand_in, lend_people
from webapp.demo.service.hazard_diary import Telling
from webapp.demo.service.inspections import Visit
from webapp.demo.service.ledgers import forget_first_plans, import_ledger, owe_checks
from webapp.demo.service.major_hazards import MAJORS, MajorTelling
from webapp.demo.service.present_day import spare_today
from webapp.demo.service.signing import plan_signatures, publish_lists
from webapp.documents import fonts
from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.database import reading
from webapp.platform.tenancy import Actor, system_actor
from webapp.platform.unit_of_work import unit_of_work
from webapp.scoring.service.folding import fold
from webapp.scoring.service.rebuild import rebuild
from webapp.scoring.service.refresh import refresh_scores

HISTORY_DAYS = 92
_DAYS_BETWEEN_SCORES = 3
_POINTS = text("select name, id from risk_point where enterprise_id = :enterprise")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the city stands: the address in its codes and papers, and the faces it writes with."""

    base_address: str
    faces: Path

    @property
    def captions(self) -> Path:
        """The face below pictures."""
        return fonts.unpacked(self.faces, fonts.FILES[fonts.Face.HEI])

    @property
    def hand(self) -> Path:
        """The face that signs."""
        return fonts.unpacked(self.faces, fonts.FILES[fonts.Face.KAI])


def make_city(surroundings: Surroundings, *, at: datetime) -> None:
    """Fill an empty database with the demo city as of an instant."""
    actor, today = system_actor("demo"), local_date(at)
    first = datetime.combine(today - timedelta(days=HISTORY_DAYS), time(8, 30), SHANGHAI)
    with unit_of_work(actor, BEGUN, at=first) as work:
        work.note(until=at.isoformat())
    registrar, diary = Registrar(actor), Diary()
    officers = found_agencies(actor, registrar, at=first)
    companies = _move_in(actor, registrar, officers, at=first)
    _plan_the_past(actor, companies, diary, surroundings, since=first, now=at)
    _plan_the_agencies(companies, officers, diary, surroundings, today=today)
    for pending in pending_applications():
        regulator = officers[county_login(pending.application.region_code)]
        hand_in(pending, regulator, registrar, diary, today=today)
    for days in range(HISTORY_DAYS - 2, 0, -_DAYS_BETWEEN_SCORES):
        night = datetime.combine(today - timedelta(days=days), time(23, 50), SHANGHAI)
        diary.plan(night, _refresh)
    diary.live_until(at)
    _refresh(at)
    while fold():
        pass
    with unit_of_work(actor, MADE, at=at) as work:
        work.note(enterprises=len(companies))


def _move_in(
    actor: Actor, registrar: Registrar, officers: Officers, *, at: datetime
) -> list[Tenant]:
    companies = []
    for plant in plants():
        moment = at + timedelta(minutes=4 * plant.number)
        companies.append(found(plant, officers[county_login(plant.region)], registrar, at=moment))
    lend_people(companies, registrar, at=at + timedelta(hours=8))
    next_day = at + timedelta(days=1)
    for tenant in companies:
        moment = next_day + timedelta(minutes=4 * tenant.plant.number)
        publish_lists(tenant, at=moment)
        import_ledger(tenant, at=moment + timedelta(hours=4))
    forget_first_plans(actor, at=next_day + timedelta(hours=9))
    return companies


def _plan_the_past(
    actor: Actor,
    companies: Iterable[Tenant],
    diary: Diary,
    surroundings: Surroundings,
    *,
    since: datetime,
    now: datetime,
) -> None:
    """Owe all checks, enter those that were handed in, plan what people found and signed."""
    today = local_date(now)
    began = since + timedelta(days=1, hours=10)
    for tenant in companies:
        owe_checks(tenant, since=began, until=now)
        tasks = open_tasks(tenant, now=now)
        spared = _tell_stories(tenant, tasks, diary, surroundings, today=today)
        if tenant.plant.key == MAIN:
            draw_main_map(tenant, _points(tenant), face=surroundings.captions, at=began)
            spared |= spare_today(tenant, tasks, diary, now=now)
        enter_checks(actor, tenant, tasks, spared=spared, now=now)
        plan_signatures(tenant, diary, today=today, hand=surroundings.hand)
    rebuild(actor, at=began)


def _tell_stories(
    tenant: Tenant,
    tasks: Iterable[OpenTask],
    diary: Diary,
    surroundings: Surroundings,
    *,
    today: date,
) -> set[UUID]:
    """Plan the stories; the tasks by which hazards are found, so that nothing else does them."""
    spared: set[UUID] = set()
    points = _points(tenant)
    for story in stories(tenant.plant):
        telling = Telling(tenant, story, today, points, None, diary, surroundings.captions)
        task = _task_for(telling, tasks, spared) if story.by_check else None
        if task is not None:
            spared.add(task.id)
        telling.with_task(task).begin()
    return spared


def _task_for(telling: Telling, tasks: Iterable[OpenTask], spared: set[UUID]) -> OpenTask | None:
    """A task of the reporter's post at that point that is open when the hazard is found."""
    story: Story = telling.story
    post_id = telling.tenant.people[story.reporter].post_id
    fitting = (
        task
        for task in tasks
        if task.point == story.place.name
        and task.post_id == post_id
        and task.opens_at <= telling.reported_at < task.due_at
        and task.id not in spared
    )
    return next(fitting, None)


def _plan_the_agencies(
    companies: Iterable[Tenant],
    officers: Officers,
    diary: Diary,
    surroundings: Surroundings,
    *,
    today: date,
) -> None:
    by_key = {tenant.plant.key: tenant for tenant in companies}
    for major in MAJORS:
        tenant = by_key[major.plant]
        regulator = officers[county_login(tenant.plant.region)]
        point_id = _points(tenant)[major.point]
        MajorTelling(
            tenant, regulator, major, today, point_id, diary, surroundings.captions
        ).begin()
    for tale in TALES:
        tenant = by_key[tale.plant]
        first, second = (officers[login] for login in tale.officers)
        Visit(
            tale,
            tenant,
            (first, second),
            _points(tenant),
            today,
            diary,
            surroundings.base_address,
            surroundings.captions,
            surroundings.hand,
        ).begin()


def _points(tenant: Tenant) -> dict[str, UUID]:
    with reading(tenant.safety_officer.scope) as session:
        rows = session.execute(_POINTS, {"enterprise": tenant.id})
        return {row.name: row.id for row in rows}


def _refresh(at: datetime) -> None:
    refresh_scores(system_actor("schedule"), at=at, report=lambda *_: None)
