"""What becomes of members: role, suspension, end, a new start at the door."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from webapp.accounts.events import MemberLeft
from webapp.accounts.models.memberships import Membership
from webapp.accounts.models.sessions import LoginSession
from webapp.accounts.models.users import LoginGuard, UserAccount
from webapp.accounts.rules import members as rules
from webapp.accounts.rules.roles import Role
from webapp.accounts.service.members import on_platform
from webapp.accounts.service.secrets import hash_password
from webapp.platform.clock import local_date
from webapp.platform.errors import Invalid, NotFound, RuleBroken
from webapp.platform.identifiers import PLATFORM_CHAIN, token_hash
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work
from webapp.standards.refusal import Refusal

# Read aloud over a telephone: no letter that sounds or looks like another or like a digit.
_SPOKEN = "abcdefghjkmnpqrstuvwxyz23456789"


def change_role(actor: Actor, membership_id: UUID, *, role: str, at: datetime) -> None:
    """Let a member work in another role of the same organisation.

    Raises Invalid at ``role`` for one that the actor cannot give, RuleBroken when nobody would
    be left to let others in.
    """
    with unit_of_work(actor, "member.role_changed", at=at, subject=membership_id) as work:
        member = _member(work, membership_id)
        is_agency = member.agency_id is not None
        if Role(role) not in rules.grantable_in(Role(actor.role), is_agency=is_agency):
            raise Invalid("role", "您不能授予这个角色，请重新选择。")
        if member.user_id == actor.user_id:
            raise RuleBroken("不能调整自己的角色，请由其他管理人员操作。")
        _refuse(rules.handling_refusal(Role(actor.role), Role(member.role)))
        _keep_a_keyholder(work, member, frozenset({Role(role)}))
        work.note(name=_name(work, member), before=member.role, after=role)
        member.role = role


def suspend_member(actor: Actor, membership_id: UUID, *, at: datetime) -> None:
    """Shut a member out from the next request on, until resumed. Raises RuleBroken."""
    with unit_of_work(actor, "member.suspended", at=at, subject=membership_id) as work:
        member = _shut_out(work, membership_id)
        member.suspended_at = member.suspended_at or at


def resume_member(actor: Actor, membership_id: UUID, *, at: datetime) -> None:
    """Let a suspended member in again. Raises RuleBroken for a role beyond the actor."""
    with unit_of_work(actor, "member.resumed", at=at, subject=membership_id) as work:
        member = _member(work, membership_id)
        _refuse(rules.handling_refusal(Role(actor.role), Role(member.role)))
        work.note(name=_name(work, member), role=member.role)
        member.suspended_at = None


def end_membership(actor: Actor, membership_id: UUID, *, at: datetime) -> None:
    """Let a member go for good; a new membership needs a new invitation. Raises RuleBroken."""
    with unit_of_work(actor, "member.left", at=at, subject=membership_id) as work:
        member = _shut_out(work, membership_id)
        member.ends_on = local_date(at)
        work.publish(
            MemberLeft(
                user_id=member.user_id,
                membership_id=member.id,
                enterprise_id=member.enterprise_id,
                agency_id=member.agency_id,
                person_id=member.person_id,
                at=at,
            )
        )


def reset_sign_in(actor: Actor, membership_id: UUID, *, at: datetime) -> str:
    """Give a member who lost password or authenticator a temporary password, told once.

    Ends every sign-in of the account. Raises RuleBroken when the account also belongs to an
    organisation that the actor has no say in.
    """
    password = "-".join("".join(secrets.choice(_SPOKEN) for _ in range(4)) for _ in range(4))
    hashed = hash_password(password)
    with unit_of_work(on_platform(actor), "member.reset", at=at, subject=membership_id) as work:
        member = _member(work, membership_id)
        _check_own(actor, member)
        elsewhere = _is_elsewhere(work, member)
        _refuse(rules.reset_refusal(Role(actor.role), Role(member.role), is_elsewhere=elsewhere))
        account = work.locked(UserAccount, member.user_id)
        work.note(name=account.name, role=member.role)
        account.password_hash, account.password_changed_at = hashed, at
        account.must_change_password = True
        account.totp_secret, account.totp_confirmed_at = "", None
        end_sign_ins(work, account.id)
        work.session.execute(
            delete(LoginGuard).where(LoginGuard.login_hash == token_hash(account.login))
        )
    return password


def end_sign_ins(work: Work, user_id: UUID, *, but: UUID | None = None) -> None:
    """Revoke a person's living sign-ins, but for one."""
    work.session.execute(
        update(LoginSession)
        .where(
            LoginSession.user_id == user_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.id.is_distinct_from(but),
        )
        .values(revoked_at=work.at)
    )


def _member(work: Work, membership_id: UUID) -> Membership:
    """The membership, locked; one that has ended is history. Raises NotFound."""
    member = work.locked(Membership, membership_id)
    if member.ends_on is not None:
        raise NotFound
    work.only_on_chain(member.enterprise_id or member.agency_id or PLATFORM_CHAIN)
    return member


def _shut_out(work: Work, membership_id: UUID) -> Membership:
    member = _member(work, membership_id)
    if member.user_id == work.actor.user_id:
        raise RuleBroken("不能停用或移出自己，请由其他管理人员操作。")
    _refuse(rules.handling_refusal(Role(work.actor.role), Role(member.role)))
    _keep_a_keyholder(work, member, frozenset())
    work.note(name=_name(work, member), role=member.role)
    return member


def _check_own(actor: Actor, member: Membership) -> None:
    """The platform's context sees every member, so the actor's own organisation is checked here."""
    own = actor.scope.enterprise_id, actor.scope.agency_id
    if actor.role != Role.OPERATOR and (member.enterprise_id, member.agency_id) != own:
        raise NotFound


def _is_elsewhere(work: Work, member: Membership) -> bool:
    others = select(Membership.id).where(
        Membership.user_id == member.user_id,
        Membership.id != member.id,
        or_(Membership.ends_on.is_(None), Membership.ends_on > local_date(work.at)),
    )
    return work.session.execute(others.limit(1)).one_or_none() is not None


def _keep_a_keyholder(work: Work, member: Membership, roles: frozenset[Role]) -> None:
    """Refuse to leave an organisation with nobody who can let others in."""
    # Locked in one order, so that two who shut each other out do not both succeed.
    rows = work.session.execute(
        select(Membership.user_id, Membership.role, Membership.suspended_at)
        .where(
            Membership.enterprise_id.is_not_distinct_from(member.enterprise_id),
            Membership.agency_id.is_not_distinct_from(member.agency_id),
            Membership.role.in_(rules.keyholder_roles(Role(member.role).audience)),
            Membership.ends_on.is_(None),
        )
        .order_by(Membership.id)
        .with_for_update()
    )
    keyholders = tuple(
        rules.Membership(row.user_id, frozenset({Role(row.role)}), row.suspended_at is None)
        for row in rows
    )
    _refuse(
        rules.change_refusal(
            member.user_id, roles, members=keyholders, audience=Role(member.role).audience
        )
    )


def _name(work: Work, member: Membership) -> str:
    return work.session.execute(
        select(UserAccount.name).where(UserAccount.id == member.user_id)
    ).scalar_one()


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise RuleBroken(refusal.message)
