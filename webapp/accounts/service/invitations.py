"""Following an invitation's link, or taking it back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from webapp.accounts.models.memberships import Invitation, Membership
from webapp.accounts.service.members import add_membership, create_user
from webapp.accounts.service.staff import check_free, link
from webapp.platform.errors import NotFound, RuleBroken
from webapp.platform.identifiers import token_hash
from webapp.platform.tenancy import SYSTEM, Actor, system_actor
from webapp.platform.unit_of_work import Work, unit_of_work

GONE = "这个加入链接已经用过、撤销或过期，请联系邀请人重新发送。"


def accept_invitation(token: str, *, login: str, password: str, at: datetime) -> UUID:
    """Make the invited person an account and a member; the account's id.

    Raises NotFound for a link that opens nothing, Invalid at ``login`` or ``password``.
    """
    guest = system_actor("invitation")
    with unit_of_work(guest, "invitation.accepted", at=at) as work:
        invitation = _opened(work, token)
        user_id = create_user(
            guest,
            login=login,
            name=invitation.name,
            phone=invitation.phone,
            password=password,
            at=at,
        )
        _join(work, invitation, user_id)
    return user_id


def join_by_invitation(token: str, *, user_id: UUID, name: str, at: datetime) -> None:
    """Make the holder of an account a member of one more organisation.

    A member whose staff record nobody has named yet is linked to the invited one. Raises
    NotFound for a link that opens nothing, RuleBroken for a member.
    """
    person = Actor(user_id, name, "", SYSTEM)
    with unit_of_work(person, "invitation.accepted", at=at) as work:
        _join(work, _opened(work, token), user_id)


def revoke_invitation(actor: Actor, invitation_id: UUID, *, at: datetime) -> None:
    """Let a link open nothing any more. Raises NotFound, or RuleBroken once it was used."""
    with unit_of_work(actor, "member.invitation_revoked", at=at, subject=invitation_id) as work:
        invitation = work.locked(Invitation, invitation_id)
        if invitation.accepted_at is not None:
            raise RuleBroken("对方已经加入，不能再撤销；需要时请停用该成员。")
        work.only_on_chain(_chain(invitation))
        work.note(name=invitation.name, role=invitation.role)
        invitation.revoked_at = invitation.revoked_at or at


def _opened(work: Work, token: str) -> Invitation:
    """The invitation of a link that still opens, locked, so that two clicks join once."""
    invitation = work.session.execute(
        select(Invitation).where(Invitation.token_hash == token_hash(token)).with_for_update()
    ).scalar_one_or_none()
    if invitation is None or invitation.revoked_at is not None:
        raise NotFound(GONE)
    if invitation.accepted_at is not None or invitation.expires_at <= work.at:
        raise NotFound(GONE)
    return invitation


def _join(work: Work, invitation: Invitation, user_id: UUID) -> None:
    work.subject = invitation.id
    work.only_on_chain(_chain(invitation))
    work.note(name=invitation.name, role=invitation.role)
    invitation.accepted_at = work.at
    unlinked = _unlinked(work, invitation, user_id)
    if invitation.person_id is not None and unlinked is not None:
        link(work, unlinked, invitation.person_id)
        return
    if invitation.person_id is not None:
        check_free(work, invitation.enterprise_id, invitation.person_id)
    add_membership(
        work.actor,
        user_id=user_id,
        role=invitation.role,
        enterprise_id=invitation.enterprise_id,
        agency_id=invitation.agency_id,
        person_id=invitation.person_id,
        at=work.at,
    )


def _unlinked(work: Work, invitation: Invitation, user_id: UUID) -> Membership | None:
    """The account's membership here that stands for no staff record, if there is one."""
    return work.session.execute(
        select(Membership)
        .where(
            Membership.user_id == user_id,
            Membership.enterprise_id == invitation.enterprise_id,
            Membership.person_id.is_(None),
            Membership.ends_on.is_(None),
        )
        .with_for_update()
    ).scalar_one_or_none()


def _chain(invitation: Invitation) -> UUID:
    organisation = invitation.enterprise_id or invitation.agency_id
    if organisation is None:
        raise LookupError("invitation without organisation")
    return organisation
