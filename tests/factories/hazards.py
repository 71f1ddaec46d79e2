"""A small plant to check: its people, a ledger, plans and tasks, each made the product's way."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from uuid import UUID

from PIL import Image
from sqlalchemy import select

from tests.factories import enterprise as enterprises
from tests.factories import risks
from tests.fixtures.actors import World
from webapp.accounts.rules.roles import Role
from webapp.enterprise.rules.organisation import DepartmentKind, PostKind
from webapp.hazards.models.checklists import Checklist, ChecklistItem
from webapp.hazards.models.hazards import Hazard, HazardStep
from webapp.hazards.models.plans import CheckPlan, CheckTask
from webapp.hazards.queries.checks import task_sheet
from webapp.hazards.rules.checks import AnswerResult
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardState
from webapp.hazards.rules.submissions import GivenAnswer, Report, Submission, Upload
from webapp.hazards.service.assignment import assign
from webapp.hazards.service.grading import grade
from webapp.hazards.service.lifecycle import rectify
from webapp.hazards.service.plans import derive_plans
from webapp.hazards.service.reports import report_hazard
from webapp.platform.database import reading
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import SYSTEM, Actor, Scope, enterprise_scope

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
"""Tuesday 10:30 in Shanghai."""
TODAY = date(2026, 11, 24)


@dataclass
class Plant:
    """An enterprise with a workshop, a team in it, and one person for each role."""

    id: UUID
    workshop: UUID
    team: UUID
    posts: dict[Role, UUID]
    people: dict[Role, UUID]
    actors: dict[Role, Actor]
    points: list[UUID] = field(default_factory=list)

    @property
    def scope(self) -> Scope:
        return enterprise_scope(self.id)

    def actor(self, role: Role) -> Actor:
        return self.actors[role]

    @property
    def worker(self) -> Actor:
        return self.actors[Role.WORKER]

    @property
    def leader(self) -> Actor:
        return self.actors[Role.TEAM_LEADER]

    @property
    def head(self) -> Actor:
        return self.actors[Role.DEPARTMENT_HEAD]

    @property
    def officer(self) -> Actor:
        return self.actors[Role.SAFETY_OFFICER]

    @property
    def principal(self) -> Actor:
        return self.actors[Role.PRINCIPAL]


_STAFF = (
    (Role.PRINCIPAL, PostKind.PRINCIPAL, "总经理", "周洪涛"),
    (Role.SAFETY_OFFICER, PostKind.SAFETY_OFFICER, "安全员", "赵建民"),
    (Role.DEPARTMENT_HEAD, PostKind.DEPARTMENT_HEAD, "熔炼车间主任", "马红梅"),
    (Role.TEAM_LEADER, PostKind.TEAM_LEADER, "熔炼班长", "陈志强"),
    (Role.WORKER, PostKind.WORKER, "熔炼工", "刘伟"),
)


def make_plant(**changes: object) -> Plant:
    """An approved enterprise with a workshop, a team and five people."""
    enterprise_id = enterprises.enterprise(**changes)
    workshop = enterprises.department(enterprise_id, "熔炼车间")
    team = enterprises.department(
        enterprise_id, "熔炼班", kind=DepartmentKind.TEAM, parent_id=workshop
    )
    places = {
        Role.DEPARTMENT_HEAD: workshop,
        Role.TEAM_LEADER: team,
        Role.WORKER: team,
    }
    plant = Plant(enterprise_id, workshop, team, {}, {}, {})
    for role, kind, post_name, name in _STAFF:
        place = places.get(role)
        post_id = enterprises.post(enterprise_id, post_name, kind=kind, department_id=place)
        person_id = enterprises.person(enterprise_id, name, post_id=post_id, department_id=place)
        plant.posts[role] = post_id
        plant.people[role] = person_id
        plant.actors[role] = enterprises.staff_actor(
            enterprise_id,
            role,
            name=name,
            person_id=person_id,
            post_id=post_id,
            department_id=place,
        )
    return plant


def make_colleague(plant: Plant, role: Role = Role.WORKER, name: str = "李强") -> Actor:
    """Another person on the same post."""
    like = plant.actors[role]
    person_id = enterprises.person(
        plant.id, name, post_id=like.post_id, department_id=like.department_id
    )
    return enterprises.staff_actor(
        plant.id,
        role,
        name=name,
        person_id=person_id,
        post_id=like.post_id,
        department_id=like.department_id,
    )


def make_furnace(
    plant: Plant,
    *,
    name: str = "1 号中频炉",
    measures: tuple[str, ...] = ("炉坑干燥无积水", "漏炉报警指示灯正常"),
    level: str = "moderate",
    frequency: str = "daily",
    role: Role | None = Role.WORKER,
    control_level: str = "post",
) -> UUID:
    """A risk point with one event and its measures, all of the role's post."""
    point = risks.make_point(plant.id, name, department_id=plant.workshop)
    event = risks.make_event(plant.id, point, level=level)
    for words in measures:
        risks.make_measure(
            plant.id,
            event,
            words,
            post_id=plant.posts[role] if role else None,
            frequency=frequency,
            control_level=control_level,
        )
    plant.points.append(point)
    return point


def make_planned(plant: Plant, at: datetime = NOW, **furnace: object) -> UUID:
    """A furnace whose plans are derived and tasks owed; the point's id."""
    point = make_furnace(plant, **furnace)
    derive_plans(plant.officer, plant.id, [point], at)
    return point


def tasks_of(plant: Plant, point: UUID | None = None) -> list[CheckTask]:
    """All tasks, by the instant they are due."""
    with reading(SYSTEM) as session:
        statement = select(CheckTask).where(CheckTask.enterprise_id == plant.id)
        if point is not None:
            statement = statement.where(CheckTask.point_id == point)
        return list(session.execute(statement.order_by(CheckTask.due_at, CheckTask.id)).scalars())


def plans_of(plant: Plant) -> list[CheckPlan]:
    """All plans, ended ones too."""
    with reading(SYSTEM) as session:
        return list(
            session.execute(
                select(CheckPlan).where(CheckPlan.enterprise_id == plant.id).order_by(CheckPlan.id)
            ).scalars()
        )


def editions_of(plant: Plant, point: UUID) -> list[tuple[int, str, list[str]]]:
    """Edition, state and questions of a point's checklists."""
    with reading(SYSTEM) as session:
        lists = session.execute(
            select(Checklist)
            .where(Checklist.enterprise_id == plant.id, Checklist.point_id == point)
            .order_by(Checklist.edition, Checklist.id)
        ).scalars()
        return [
            (
                each.edition,
                each.state,
                list(
                    session.execute(
                        select(ChecklistItem.content)
                        .where(
                            ChecklistItem.enterprise_id == plant.id,
                            ChecklistItem.checklist_id == each.id,
                        )
                        .order_by(ChecklistItem.ordinal)
                    ).scalars()
                ),
            )
            for each in lists
        ]


@cache
def picture(seed: int = 1) -> bytes:
    """A small photo unlike those of other seeds."""
    image = Image.effect_noise((64, 48), 40 + seed)
    target = BytesIO()
    image.convert("RGB").save(target, "JPEG")
    return target.getvalue()


def photo(seed: int = 1, name: str = "现场.jpg") -> Upload:
    return Upload(name, picture(seed))


def answered(
    plant: Plant,
    task: CheckTask,
    *,
    abnormal: int = 0,
    key: UUID | None = None,
    without: int = 0,
    **values: object,
) -> Submission:
    """A task filled in: the first items abnormal with words and a photo, the rest normal."""
    asked = task_sheet(plant.scope, plant.id, task.id)
    answers = [
        GivenAnswer(item.question, AnswerResult.ABNORMAL, f"{item.text}没有做到", (photo(),))
        if number < abnormal
        else GivenAnswer(item.question, AnswerResult.NORMAL)
        for number, item in enumerate(asked.items)
    ]
    return Submission(
        key or new_id(),
        task.id,
        asked.checklist_id,
        tuple(answers[: len(answers) - without]),
        **values,
    )


def make_hazard(
    plant: Plant,
    state: HazardState = HazardState.REPORTED,
    *,
    level: HazardLevel = HazardLevel.GENERAL,
    words: str = "干砂箱盖板变形",
    at: datetime = NOW,
    assignee: Role = Role.WORKER,
) -> UUID:
    """A hazard brought to a state the product's way."""
    hazard_id = report_hazard(
        plant.leader,
        plant.id,
        Report(new_id(), words, place="炉台东侧", uploads=(photo(),)),
        at=at,
    ).id
    here = (plant.id, hazard_id)
    steps = (
        lambda: grade(plant.officer, *here, level=level, at=at),
        lambda: assign(plant.officer, *here, person_id=plant.people[assignee], at=at),
        lambda: rectify(
            plant.actors[assignee], *here, measures="已更换盖板", uploads=(photo(2),), at=at
        ),
    )
    for step in steps[: list(HazardState).index(state)]:
        step()
    return hazard_id


def hazard_row(plant: Plant, hazard_id: UUID) -> Hazard:
    with reading(SYSTEM) as session:
        return session.get_one(Hazard, (plant.id, hazard_id))


def hazards_of(plant: Plant) -> list[Hazard]:
    with reading(SYSTEM) as session:
        return list(
            session.execute(
                select(Hazard).where(Hazard.enterprise_id == plant.id).order_by(Hazard.number)
            ).scalars()
        )


def steps_of(plant: Plant, hazard_id: UUID) -> list[tuple[int, str, str]]:
    """Ordinal, action and state after it."""
    with reading(SYSTEM) as session:
        rows = session.execute(
            select(HazardStep.ordinal, HazardStep.action, HazardStep.state)
            .where(HazardStep.enterprise_id == plant.id, HazardStep.hazard_id == hazard_id)
            .order_by(HazardStep.ordinal)
        )
        return [tuple(row) for row in rows]


def plant_of(world: World) -> Plant:
    """The enterprise of a world whose people can sign in, as a plant."""
    roles = [role for role, *_ in _STAFF]
    accounts = {role: world[role] for role in roles}
    return Plant(
        world.enterprise_id,
        world.department_id,
        world.team_id,
        {role: account.post_id for role, account in accounts.items()},
        {role: account.person_id for role, account in accounts.items()},
        {role: account.actor for role, account in accounts.items()},
    )
