"""An enterprise moves in: applies, is approved, enters its staff, gives them accounts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from webapp.accounts.rules.roles import Role
from webapp.accounts.service.members import add_membership
from webapp.demo.rules.applications import Pending, application_of, phone_of
from webapp.demo.rules.plants import MAIN, Plant
from webapp.demo.rules.roster import EXPERT, SHARED_NAME, SHARED_PLANT, login_of
from webapp.demo.service.accounts import NewAccount, Registrar
from webapp.demo.service.diary import Diary
from webapp.enterprise.queries.people import PersonRow, staff
from webapp.enterprise.rules.organisation import PostKind
from webapp.enterprise.service.organisation import add_post
from webapp.enterprise.service.pasting import paste_organisation
from webapp.enterprise.service.people import add_person
from webapp.enterprise.service.registration import Applicant, apply, approve, reject
from webapp.platform.clock import SHANGHAI
from webapp.platform.tenancy import SYSTEM, Actor, enterprise_scope

_ROLES = {
    PostKind.DEPARTMENT_HEAD: Role.DEPARTMENT_HEAD,
    PostKind.TEAM_LEADER: Role.TEAM_LEADER,
}
_HEADINGS = ("部门", "班组", "岗位", "岗位类别", "姓名", "手机")
_FIRST_OF_STAFF = 2


@dataclass(frozen=True, slots=True)
class Tenant:
    """An enterprise that has moved in, and its people as they act."""

    plant: Plant
    id: UUID
    people: dict[str, Actor]

    @property
    def principal(self) -> Actor:
        """The principal."""
        return self.people[self.plant.principal]

    @property
    def safety_officer(self) -> Actor:
        """The safety officer."""
        return self.people[self.plant.safety_officer]


def found(plant: Plant, regulator: Actor, registrar: Registrar, *, at: datetime) -> Tenant:
    """Let an enterprise in with all its staff; everyone gets an account."""
    accounts = dict(_accounts(plant))
    users = dict(zip(accounts, registrar.add(list(accounts.values()), at=at), strict=True))
    applicant = Applicant(Role.SAFETY_OFFICER, user_id=users[plant.safety_officer])
    stranger = Actor(users[plant.safety_officer], plant.safety_officer, "", SYSTEM)
    enterprise_id = apply(stranger, application_of(plant), applicant=applicant, at=at)
    approve(regulator, enterprise_id, at=at + timedelta(hours=3))
    scope = enterprise_scope(enterprise_id)
    present = {row.name: row for row in staff(scope, enterprise_id)}
    officer = _actor(
        present[plant.safety_officer],
        users[plant.safety_officer],
        Role.SAFETY_OFFICER,
        enterprise_id,
    )
    at += timedelta(hours=5)
    paste_organisation(officer, _pasted(plant), at=at)
    present = {row.name: row for row in staff(scope, enterprise_id)}
    roles = dict(_roles(plant))
    people = {plant.safety_officer: officer}
    for name, role in roles.items():
        add_membership(
            officer,
            user_id=users[name],
            role=role,
            enterprise_id=enterprise_id,
            person_id=present[name].id,
            at=at,
        )
        people[name] = _actor(present[name], users[name], role, enterprise_id)
    return Tenant(plant, enterprise_id, people)


def lend_people(companies: Sequence[Tenant], registrar: Registrar, *, at: datetime) -> None:
    """Let one safety officer serve two enterprises, and an expert help the main one."""
    by_key = {tenant.plant.key: tenant for tenant in companies}
    lender = next(one for one in companies if SHARED_NAME in one.people)
    shared, host = lender.people[SHARED_NAME], by_key[SHARED_PLANT]
    post_id = add_post(
        host.safety_officer, name="兼职安全管理人员", kind=PostKind.SAFETY_OFFICER, at=at
    )
    person_id = add_person(host.safety_officer, name=SHARED_NAME, post_id=post_id, at=at)
    add_membership(
        host.safety_officer,
        user_id=shared.user_id or UUID(int=0),
        role=Role.SAFETY_OFFICER,
        enterprise_id=host.id,
        person_id=person_id,
        at=at,
    )
    (expert,) = registrar.add([NewAccount(EXPERT, "冯秉义")], at=at)
    main = by_key[MAIN]
    add_membership(
        main.safety_officer, user_id=expert, role=Role.EXPERT, enterprise_id=main.id, at=at
    )


def hand_in(
    pending: Pending, regulator: Actor, registrar: Registrar, diary: Diary, *, today: date
) -> None:
    """Enter an application into the diary, and its rejection where it has one."""

    def applied(moment: datetime) -> None:
        name = pending.application.safety_officer_name
        (user_id,) = registrar.add([NewAccount(pending.login, name)], at=moment)
        applicant = Applicant(Role.SAFETY_OFFICER, user_id=user_id)
        stranger = Actor(user_id, name, "", SYSTEM)
        enterprise_id = apply(stranger, pending.application, applicant=applicant, at=moment)
        if pending.remark:
            diary.plan(
                moment + timedelta(hours=20),
                lambda later: reject(regulator, enterprise_id, remark=pending.remark, at=later),
            )

    day = today - timedelta(days=pending.days_ago)
    diary.plan(datetime.combine(day, time(10), SHANGHAI), applied)


def _accounts(plant: Plant) -> Iterator[tuple[str, NewAccount]]:
    for place, name in enumerate(_names(plant)):
        phone = phone_of(plant, place)
        yield name, NewAccount(login_of(plant, name) or phone, name, phone)


def _names(plant: Plant) -> tuple[str, ...]:
    return (plant.principal, plant.safety_officer, *(one.name for one in plant.staff))


def _roles(plant: Plant) -> Iterator[tuple[str, Role]]:
    yield plant.principal, Role.PRINCIPAL
    for one in plant.staff:
        yield one.name, _ROLES.get(one.kind, Role.WORKER)


def _pasted(plant: Plant) -> str:
    lines = ["\t".join(_HEADINGS)]
    for place, one in enumerate(plant.staff, _FIRST_OF_STAFF):
        cells = (one.department, one.team, one.post, one.kind.words, one.name)
        lines.append("\t".join((*cells, phone_of(plant, place))))
    return "\n".join(lines)


def _actor(row: PersonRow, user_id: UUID, role: Role, enterprise_id: UUID) -> Actor:
    return Actor(
        user_id,
        row.name,
        role,
        enterprise_scope(enterprise_id),
        person_id=row.id,
        post_id=row.post_id,
        department_id=row.department_id,
    )
