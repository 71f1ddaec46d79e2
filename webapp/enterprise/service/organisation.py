"""Departments, teams and posts: set up, moved, closed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from webapp.enterprise.events import OrganisationChanged
from webapp.enterprise.models.organisation import Department, Post
from webapp.enterprise.models.people import Person
from webapp.enterprise.models.profile import Enterprise
from webapp.enterprise.queries import organisation as queries
from webapp.enterprise.rules import organisation as rules
from webapp.enterprise.service.refusals import constraint_words, refuse_if
from webapp.platform.errors import Invalid, NotFound, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work

_DEPARTMENT_NAMED = ("name", "同一上级下已有这个名称的部门或班组，请换一个名称。")
_POST_NAMED = ("name", "这个部门里已有同名岗位，请换一个名称。")


def add_department(
    actor: Actor,
    *,
    name: str,
    kind: rules.DepartmentKind = rules.DepartmentKind.DEPARTMENT,
    parent_id: UUID | None = None,
    is_production: bool = True,
    at: datetime,
) -> UUID:
    """Set up a department, or a team below one; its id.

    Raises Invalid at the field when the name is taken or the place is impossible.
    """
    node = rules.Department(new_id(at), name, rules.DepartmentKind(kind), parent_id)
    with unit_of_work(actor, "organisation.department_added", at=at, subject=node.id) as work:
        lock_organisation(work)
        _check_place(actor, node)
        with constraint_words(uq_department_name=_DEPARTMENT_NAMED):
            work.add(
                Department(
                    enterprise_id=actor.enterprise_id,
                    id=node.id,
                    name=name,
                    kind=node.kind,
                    parent_id=parent_id,
                    is_production=is_production,
                )
            )
        work.note(name=name, kind=node.kind.words)
        work.publish(OrganisationChanged(actor.enterprise_id, at))
    return node.id


def change_department(
    actor: Actor,
    department_id: UUID,
    *,
    name: str,
    kind: rules.DepartmentKind,
    parent_id: UUID | None,
    is_production: bool,
    version: int,
    at: datetime,
) -> None:
    """Rename a department or move it in the tree.

    Raises Conflict when it has changed since ``version``, Invalid at the field, NotFound.
    """
    node = rules.Department(department_id, name, rules.DepartmentKind(kind), parent_id)
    with unit_of_work(actor, "organisation.department_changed", at=at, subject=node.id) as work:
        lock_organisation(work)
        found = _open_department(work, department_id, version)
        _check_place(actor, node)
        work.note(before=found.name, name=name, kind=node.kind.words)
        found.name, found.kind, found.parent_id = name, node.kind, parent_id
        found.is_production = is_production
        with constraint_words(uq_department_name=_DEPARTMENT_NAMED):
            work.publish(OrganisationChanged(actor.enterprise_id, at))


def close_department(actor: Actor, department_id: UUID, *, at: datetime) -> None:
    """Close an empty department. Raises RuleBroken while it holds anything."""
    with unit_of_work(
        actor, "organisation.department_closed", at=at, subject=department_id
    ) as work:
        lock_organisation(work)
        found = _open_department(work, department_id)
        scope, enterprise_id = actor.scope, actor.enterprise_id
        departments = queries.departments(scope, enterprise_id)
        node = next(row.node for row in departments if row.id == department_id)
        posts = [row.node for row in queries.posts(scope, enterprise_id)]
        refuse_if(rules.closing_refusal(node, [row.node for row in departments], posts))
        if _is_staffed(work, Person.department_id == department_id):
            raise RuleBroken(f"“{found.name}”还有人员，请先调整。")
        found.closed_at = at
        work.note(name=found.name, kind=node.kind.words)
        work.publish(OrganisationChanged(enterprise_id, at))


def add_post(
    actor: Actor,
    *,
    name: str,
    kind: rules.PostKind,
    department_id: UUID | None = None,
    at: datetime,
) -> UUID:
    """Set up a post; its id. Raises Invalid at the field."""
    post_id = new_id(at)
    with unit_of_work(actor, "organisation.post_added", at=at, subject=post_id) as work:
        lock_organisation(work)
        if department_id is not None:
            _department_for_post(work, department_id)
        with constraint_words(uq_post_name=_POST_NAMED):
            work.add(
                Post(
                    enterprise_id=actor.enterprise_id,
                    id=post_id,
                    name=name,
                    kind=rules.PostKind(kind),
                    department_id=department_id,
                )
            )
        work.note(name=name, kind=rules.PostKind(kind).words)
        work.publish(OrganisationChanged(actor.enterprise_id, at))
    return post_id


def change_post(
    actor: Actor,
    post_id: UUID,
    *,
    name: str,
    kind: rules.PostKind,
    department_id: UUID | None,
    version: int,
    at: datetime,
) -> None:
    """Rename a post, change its kind or move it; its holders move with it.

    Raises Conflict when it has changed since ``version``, Invalid at the field, NotFound.
    """
    with unit_of_work(actor, "organisation.post_changed", at=at, subject=post_id) as work:
        lock_organisation(work)
        found = open_post(work, post_id, version)
        if department_id is not None:
            _department_for_post(work, department_id)
        work.note(before=found.name, name=name, kind=rules.PostKind(kind).words)
        if found.department_id != department_id:
            for person in _holders(work, post_id):
                person.department_id = department_id
        found.name, found.kind, found.department_id = name, rules.PostKind(kind), department_id
        with constraint_words(uq_post_name=_POST_NAMED):
            work.publish(OrganisationChanged(actor.enterprise_id, at))


def close_post(actor: Actor, post_id: UUID, *, at: datetime) -> None:
    """Close a post that nobody holds any more. Raises RuleBroken."""
    with unit_of_work(actor, "organisation.post_closed", at=at, subject=post_id) as work:
        lock_organisation(work)
        found = open_post(work, post_id)
        holders = _holders(work, post_id)
        if holders:
            names = "、".join(person.name for person in holders[:3])
            raise RuleBroken(f"“{found.name}”还有 {names} 任职，请先交接岗位。")
        found.closed_at = at
        work.note(name=found.name)
        work.publish(OrganisationChanged(actor.enterprise_id, at))


def lock_organisation(work: Work) -> None:
    """Let changes of one enterprise's organisation happen one after another.

    A weak lock: it stops no one who only refers to the enterprise.
    """
    work.session.execute(
        select(Enterprise.id)
        .where(Enterprise.id == work.actor.enterprise_id)
        .with_for_update(key_share=True)
    )


def open_post(work: Work, post_id: UUID, version: int | None = None) -> Post:
    """The post, locked. Raises NotFound when it is closed or another's, Conflict when changed."""
    found = work.locked(Post, work.actor.enterprise_id, post_id, version=version)
    if found.closed_at is not None:
        raise NotFound
    return found


def _open_department(work: Work, department_id: UUID, version: int | None = None) -> Department:
    found = work.locked(Department, work.actor.enterprise_id, department_id, version=version)
    if found.closed_at is not None:
        raise NotFound
    return found


def _department_for_post(work: Work, department_id: UUID) -> Department:
    try:
        return _open_department(work, department_id)
    except NotFound:
        raise Invalid("department_id", "所选部门不存在或已撤销，请重新选择。") from None


def _check_place(actor: Actor, node: rules.Department) -> None:
    departments = queries.departments(actor.scope, actor.enterprise_id)
    refuse_if(rules.placement_refusal(node, [row.node for row in departments]))


def _holders(work: Work, post_id: UUID) -> list[Person]:
    found = work.session.execute(
        select(Person)
        .where(
            Person.enterprise_id == work.actor.enterprise_id,
            Person.post_id == post_id,
            Person.left_on.is_(None),
        )
        .order_by(Person.id)
        .with_for_update()
    )
    return list(found.scalars())


def _is_staffed(work: Work, condition: object) -> bool:
    found = work.session.execute(
        select(Person.id)
        .where(
            Person.enterprise_id == work.actor.enterprise_id,
            condition,  # type: ignore[arg-type]  # a column's comparison
            Person.left_on.is_(None),
        )
        .limit(1)
    )
    return found.first() is not None
