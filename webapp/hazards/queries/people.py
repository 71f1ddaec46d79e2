"""People and posts as hazards are handed to them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from webapp.accounts.models.memberships import Membership
from webapp.enterprise.models.organisation import Department, Post
from webapp.enterprise.models.people import Person
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Someone who works here now."""

    id: UUID
    name: str
    post: str
    department: str
    department_id: UUID | None
    has_account: bool
    """Whether this person can sign in and so hears of what is given to them."""


def person(session: Session, enterprise_id: UUID, person_id: UUID) -> PersonRow | None:
    """One of the present staff, inside a use case."""
    row = session.execute(_staff(enterprise_id).where(Person.id == person_id)).one_or_none()
    return None if row is None else PersonRow(*row)


def has_account(scope: Scope, enterprise_id: UUID, person_id: UUID) -> bool:
    """Whether somebody can sign in as this person."""
    with reading(scope) as session:
        found = session.execute(
            select(_signs_in()).where(Person.enterprise_id == enterprise_id, Person.id == person_id)
        ).scalar_one_or_none()
    return bool(found)


def staff(scope: Scope, enterprise_id: UUID, limit: int = 2000) -> tuple[PersonRow, ...]:
    """The present staff by department and name."""
    with reading(scope) as session:
        rows = session.execute(
            _staff(enterprise_id)
            .order_by(Department.name.nulls_first(), Person.name, Person.id)
            .limit(limit)
        )
        return tuple(PersonRow(*row) for row in rows)


def _staff(enterprise_id: UUID) -> Select[UUID, str, str, str, UUID | None, bool]:
    return (
        select(
            Person.id,
            Person.name,
            func.coalesce(Post.name, ""),
            func.coalesce(Department.name, ""),
            Person.department_id,
            _signs_in(),
        )
        .outerjoin(Post, (Post.enterprise_id == Person.enterprise_id) & (Post.id == Person.post_id))
        .outerjoin(
            Department,
            (Department.enterprise_id == Person.enterprise_id)
            & (Department.id == Person.department_id),
        )
        .where(Person.enterprise_id == enterprise_id, Person.left_on.is_(None))
    )


def _signs_in() -> ColumnElement[bool]:
    return exists().where(
        Membership.enterprise_id == Person.enterprise_id,
        Membership.person_id == Person.id,
        Membership.ends_on.is_(None),
        Membership.suspended_at.is_(None),
    )


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post that work can be given to."""

    id: UUID
    name: str
    department: str


def posts(scope: Scope, enterprise_id: UUID, limit: int = 2000) -> tuple[PostRow, ...]:
    """The posts in use by department and name."""
    with reading(scope) as session:
        rows = session.execute(
            select(Post.id, Post.name, func.coalesce(Department.name, ""))
            .outerjoin(
                Department,
                (Department.enterprise_id == Post.enterprise_id)
                & (Department.id == Post.department_id),
            )
            .where(Post.enterprise_id == enterprise_id, Post.closed_at.is_(None))
            .order_by(Department.name.nulls_first(), Post.name, Post.id)
            .limit(limit)
        )
        return tuple(PostRow(*row) for row in rows)


def departments(scope: Scope, enterprise_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """The departments in use by name, to narrow a list."""
    with reading(scope) as session:
        rows = session.execute(
            select(Department.id, Department.name)
            .where(Department.enterprise_id == enterprise_id, Department.closed_at.is_(None))
            .order_by(Department.name, Department.id)
            .limit(500)
        )
        return tuple((row.id, row.name) for row in rows)
