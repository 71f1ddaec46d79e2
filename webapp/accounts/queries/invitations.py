"""Open invitations, for those who sent them and for those who follow their link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, column, func, select, table
from sqlalchemy.sql.elements import ColumnElement

from webapp.accounts.models.memberships import Agency, Invitation
from webapp.accounts.rules.roles import Role
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.identifiers import token_hash
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import SYSTEM, Scope

# A table of the floor above, by its name alone.
_enterprise = table("enterprise", column("id"), column("name"))


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that is still open."""

    id: UUID
    name: str
    phone: str
    role: Role
    organisation: str
    created_at: datetime
    expires_at: datetime
    person_id: UUID | None
    """The staff record that the new member will stand for."""


_INVITATION = (
    select(
        Invitation.id,
        Invitation.name,
        Invitation.phone,
        Invitation.role,
        func.coalesce(_enterprise.c.name, Agency.name),
        Invitation.created_at,
        Invitation.expires_at,
        Invitation.person_id,
    )
    .outerjoin(_enterprise, _enterprise.c.id == Invitation.enterprise_id)
    .outerjoin(Agency, Agency.id == Invitation.agency_id)
)


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > now,
    )


def open_invitations(
    scope: Scope, now: datetime, request: PageRequest | None = None
) -> Page[InvitationRow]:
    """The scope's invitations that nobody has followed yet, the newest first."""
    request = request or PageRequest()
    with reading(scope) as session:
        total = session.execute(
            select(func.count()).select_from(Invitation).where(_is_open(now))
        ).scalar_one()
        rows = session.execute(
            _INVITATION.where(_is_open(now))
            .order_by(Invitation.id.desc())
            .limit(request.size)
            .offset(request.offset)
        )
        return Page([_invitation(row) for row in rows], total, request)


def open_invitation(scope: Scope, invitation_id: UUID, now: datetime) -> InvitationRow:
    """One of the scope's open invitations. Raises NotFound."""
    with reading(scope) as session:
        row = session.execute(
            _INVITATION.where(_is_open(now), Invitation.id == invitation_id)
        ).one_or_none()
    if row is None:
        raise NotFound
    return _invitation(row)


def invitation_of_link(token: str, now: datetime) -> InvitationRow | None:
    """The invitation that a link opens, if it still does."""
    with reading(SYSTEM) as session:
        row = session.execute(
            _INVITATION.where(_is_open(now), Invitation.token_hash == token_hash(token))
        ).one_or_none()
    return None if row is None else _invitation(row)


def _invitation(row: Sequence[object]) -> InvitationRow:
    values = list(row)
    values[3] = Role(str(values[3]))
    return InvitationRow(*values)  # type: ignore[arg-type]  # the columns stand in the fields' order
