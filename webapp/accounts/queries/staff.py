"""The staff of the floor above as accounts need it: whose record has no account yet."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, column, exists, func, select, table
from sqlalchemy.sql.elements import ColumnElement

from webapp.accounts.models.memberships import Membership
from webapp.accounts.models.users import UserAccount
from webapp.accounts.rules.roles import ENTERPRISE_ROLES, Role
from webapp.accounts.rules.staff import InviteeRow
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope

MOST_NAMESAKES = 20
MOST_STAFF = 2_000
MOST_MEMBERS = 20

# Tables of the floor above, by their names alone.
person = table(
    "person",
    column("enterprise_id"),
    column("id"),
    column("name"),
    column("phone"),
    column("post_id"),
    column("left_on"),
)
post = table("post", column("enterprise_id"), column("id"), column("name"))


def invitee(scope: Scope, person_id: UUID) -> InviteeRow:
    """A staff record of the scope's enterprise, to fill an invitation from. Raises NotFound."""
    with reading(scope) as session:
        row = session.execute(_present(scope).where(person.c.id == person_id)).one_or_none()
    if row is None:
        raise NotFound
    return InviteeRow(*row)


def namesakes(scope: Scope, name: str) -> tuple[InviteeRow, ...]:
    """The staff of this name without an account: one of them may be who is invited."""
    wanted = _present(scope).where(person.c.name == name, ~has_account())
    with reading(scope) as session:
        rows = session.execute(wanted.order_by(person.c.id).limit(MOST_NAMESAKES))
        return tuple(InviteeRow(*row) for row in rows)


def unlinked_staff(scope: Scope, name: str) -> tuple[InviteeRow, ...]:
    """The staff without an account, those of this name first."""
    wanted = _present(scope).where(~has_account())
    order = ((person.c.name != name), person.c.name, person.c.id)
    with reading(scope) as session:
        rows = session.execute(wanted.order_by(*order).limit(MOST_STAFF))
        return tuple(InviteeRow(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class UnlinkedRow:
    """A member of an enterprise whose staff record nobody has named."""

    membership_id: UUID
    name: str
    role: Role


def unlinked_members(scope: Scope, name: str) -> tuple[UnlinkedRow, ...]:
    """The enterprise's members without a staff record, those of this name first."""
    with reading(scope) as session:
        rows = session.execute(
            select(Membership.id, UserAccount.name, Membership.role)
            .join(UserAccount, UserAccount.id == Membership.user_id)
            .where(
                Membership.enterprise_id == scope.enterprise_id,
                Membership.person_id.is_(None),
                Membership.ends_on.is_(None),
                Membership.role.in_(ENTERPRISE_ROLES),
            )
            .order_by(UserAccount.name != name, UserAccount.name, Membership.id)
            .limit(MOST_MEMBERS)
        )
        return tuple(UnlinkedRow(id_, words, Role(role)) for id_, words, role in rows)


def has_account() -> ColumnElement[bool]:
    """Whether somebody signs in as the person of the row."""
    return exists().where(
        Membership.enterprise_id == person.c.enterprise_id,
        Membership.person_id == person.c.id,
        Membership.ends_on.is_(None),
    )


def _present(scope: Scope) -> Select[*tuple[Any, ...]]:
    return (
        select(person.c.id, person.c.name, person.c.phone, func.coalesce(post.c.name, ""))
        .outerjoin(
            post,
            and_(post.c.enterprise_id == person.c.enterprise_id, post.c.id == person.c.post_id),
        )
        .where(person.c.enterprise_id == scope.enterprise_id, person.c.left_on.is_(None))
    )
