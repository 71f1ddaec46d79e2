"""The staff: joining, changing post, handing a post over, leaving."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import update

from webapp.accounts.events import MemberJoined, MemberLeft, MemberLinked
from webapp.accounts.service.memberships import end_membership
from webapp.enterprise.events import OrganisationChanged
from webapp.enterprise.models.organisation import Department
from webapp.enterprise.models.people import Person
from webapp.enterprise.queries.people import membership_of
from webapp.enterprise.rules.phones import normalised_phone, phone_refusal
from webapp.enterprise.service.organisation import open_post
from webapp.enterprise.service.refusals import refuse_if
from webapp.platform.clock import local_date
from webapp.platform.errors import Invalid, NotFound, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work


def add_person(
    actor: Actor,
    *,
    name: str,
    phone: str = "",
    post_id: UUID | None = None,
    department_id: UUID | None = None,
    joined_on: date | None = None,
    at: datetime,
) -> UUID:
    """Take someone onto the staff; the id. Raises Invalid at the field."""
    person_id = new_id(at)
    with unit_of_work(actor, "people.added", at=at, subject=person_id) as work:
        place = _place(work, post_id, department_id)
        work.add(
            Person(
                enterprise_id=actor.enterprise_id,
                id=person_id,
                name=name,
                phone=_phone(phone),
                post_id=post_id,
                department_id=place,
                joined_on=_joined_on(joined_on, at),
                created_at=at,
            )
        )
        work.note(name=name)
        work.publish(OrganisationChanged(actor.enterprise_id, at))
    return person_id


def change_person(
    actor: Actor,
    person_id: UUID,
    *,
    name: str,
    phone: str,
    post_id: UUID | None,
    department_id: UUID | None,
    joined_on: date | None = None,
    version: int,
    at: datetime,
) -> None:
    """Correct someone's record or give them another post.

    Raises Conflict when the record has changed since ``version``, Invalid at the field.
    """
    with unit_of_work(actor, "people.changed", at=at, subject=person_id) as work:
        person = _present(work, person_id, version)
        place = _place(work, post_id, department_id)
        person.name, person.phone = name, _phone(phone)
        person.post_id, person.department_id = post_id, place
        if joined_on is not None:
            person.joined_on = _joined_on(joined_on, at)
        work.note(name=name)
        work.publish(OrganisationChanged(actor.enterprise_id, at))


def hand_over(actor: Actor, person_id: UUID, *, to_person_id: UUID, at: datetime) -> None:
    """Give someone's post, with all that hangs on it, to another.

    Raises RuleBroken without a post, Invalid when the successor is the same person.
    """
    with unit_of_work(actor, "people.handed_over", at=at, subject=person_id) as work:
        if person_id == to_person_id:
            raise Invalid("to_person_id", "接任人不能是本人，请另选一人。")
        # Locked in the order of ids, so that two hand-overs cannot wait for each other.
        people = {id_: _present(work, id_) for id_ in sorted((person_id, to_person_id))}
        former, successor = people[person_id], people[to_person_id]
        if former.post_id is None:
            raise RuleBroken(f"{former.name}没有岗位，不需要交接。")
        post = open_post(work, former.post_id)
        successor.post_id, successor.department_id = post.id, former.department_id
        former.post_id = None
        work.note(name=former.name, successor=successor.name, post=post.name)
        work.publish(OrganisationChanged(actor.enterprise_id, at))


def leave(actor: Actor, person_id: UUID, *, left_on: date | None = None, at: datetime) -> None:
    """Record that someone has left: the post becomes free, the account no longer gets in.

    Raises RuleBroken for oneself and for the last one who could let others in.
    """
    with unit_of_work(actor, "people.left", at=at, subject=person_id) as work:
        person = _present(work, person_id)
        day = left_on or local_date(at)
        if day < person.joined_on:
            raise Invalid("left_on", "离职日期不能早于入职日期。")
        if day > local_date(at):
            raise Invalid("left_on", "离职日期不能晚于今天。")
        person.left_on = day
        membership_id = membership_of(actor.scope, actor.enterprise_id, person_id)
        if membership_id is not None:
            end_membership(actor, membership_id, at=at)
        work.note(name=person.name, left_on=day.isoformat())
        work.publish(OrganisationChanged(actor.enterprise_id, at))


def link_account(work: Work, event: MemberJoined) -> None:
    """Subscribed to MemberJoined: note on the staff record which account is this person's."""
    if event.enterprise_id is None or event.person_id is None:
        return
    work.session.execute(
        update(Person)
        .where(Person.enterprise_id == event.enterprise_id, Person.id == event.person_id)
        .values(user_id=event.user_id)
    )


def relink_account(work: Work, event: MemberLinked) -> None:
    """Subscribed to MemberLinked: the account stands for this staff record and no other."""
    _unlink(work, event.enterprise_id, event.user_id)
    work.session.execute(
        update(Person)
        .where(Person.enterprise_id == event.enterprise_id, Person.id == event.person_id)
        .values(user_id=event.user_id)
    )


def unlink_account(work: Work, event: MemberLeft) -> None:
    """Subscribed to MemberLeft: who is still on the staff may be invited anew."""
    _unlink(work, event.enterprise_id, event.user_id)


def _unlink(work: Work, enterprise_id: UUID | None, user_id: UUID) -> None:
    work.session.execute(
        update(Person)
        .where(
            Person.enterprise_id == enterprise_id,
            Person.user_id == user_id,
            Person.left_on.is_(None),
        )
        .values(user_id=None)
    )


def _present(work: Work, person_id: UUID, version: int | None = None) -> Person:
    person = work.locked(Person, work.actor.enterprise_id, person_id, version=version)
    if person.left_on is not None:
        raise RuleBroken(f"{person.name}已离职，不能再修改。")
    return person


def _place(work: Work, post_id: UUID | None, department_id: UUID | None) -> UUID | None:
    """The department: the post's own when there is a post, else the one chosen."""
    if post_id is not None:
        try:
            return open_post(work, post_id).department_id or department_id
        except NotFound:
            raise Invalid("post_id", "所选岗位不存在或已撤销，请重新选择。") from None
    if department_id is not None:
        department = work.session.get(Department, (work.actor.enterprise_id, department_id))
        if department is None or department.closed_at is not None:
            raise Invalid("department_id", "所选部门不存在或已撤销，请重新选择。")
    return department_id


def _phone(text: str) -> str:
    phone = normalised_phone(text)
    if phone:
        refuse_if(phone_refusal(phone, "phone"))
    return phone


def _joined_on(day: date | None, at: datetime) -> date:
    today = local_date(at)
    if day is not None and day > today:
        raise Invalid("joined_on", "入职日期不能晚于今天。")
    return day or today
