"""The names that a ledger's words can mean."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from webapp.enterprise.models.organisation import Department, Post
from webapp.enterprise.models.people import Person
from webapp.risks.rules.assignment import Directory, KnownDepartment, KnownPerson, KnownPost

MOST = 20_000


def directory(session: Session, enterprise_id: UUID) -> Directory:
    """Open departments and posts, and everyone who works here now."""
    return Directory(
        _departments(session, enterprise_id),
        _posts(session, enterprise_id),
        _people(session, enterprise_id),
    )


def _departments(session: Session, enterprise_id: UUID) -> list[KnownDepartment]:
    above = aliased(Department)
    rows = session.execute(
        select(Department.id, Department.name, above.name)
        .outerjoin(
            above,
            (above.enterprise_id == Department.enterprise_id) & (above.id == Department.parent_id),
        )
        .where(Department.enterprise_id == enterprise_id, Department.closed_at.is_(None))
        .order_by(Department.id)
        .limit(MOST)
    )
    return [KnownDepartment(id_, name, f"{parent or ''}{name}") for id_, name, parent in rows]


def _posts(session: Session, enterprise_id: UUID) -> list[KnownPost]:
    rows = session.execute(
        select(Post.id, Post.name, Post.kind, Post.department_id)
        .where(Post.enterprise_id == enterprise_id, Post.closed_at.is_(None))
        .order_by(Post.id)
        .limit(MOST)
    )
    return [KnownPost(*row) for row in rows]


def _people(session: Session, enterprise_id: UUID) -> list[KnownPerson]:
    rows = session.execute(
        select(Person.id, Person.name, Person.post_id, Person.department_id)
        .where(Person.enterprise_id == enterprise_id, Person.left_on.is_(None))
        .order_by(Person.id)
        .limit(MOST)
    )
    return [KnownPerson(*row) for row in rows]
