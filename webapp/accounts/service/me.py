"""One's own password, devices and authenticator."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from webapp.accounts.models.sessions import LoginSession
from webapp.accounts.models.users import UserAccount
from webapp.accounts.queries.credentials import credentials_of
from webapp.accounts.rules.passwords import password_refusal
from webapp.accounts.rules.roles import Role
from webapp.accounts.rules.second_factor import removal_refusal
from webapp.accounts.service.login import WRONG_CODE, Device, check_lock, refuse
from webapp.accounts.service.members import on_platform
from webapp.accounts.service.memberships import end_sign_ins
from webapp.accounts.service.secrets import accepted_step, hash_password, is_password
from webapp.platform.errors import Forbidden, Invalid, NotFound, RuleBroken
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work


def change_password(
    actor: Actor,
    session_id: UUID,
    *,
    present: str,
    password: str,
    device: Device,
    at: datetime,
) -> None:
    """Take a new password and end all other sign-ins.

    Raises Invalid at ``present`` for a wrong one (which counts like a failed sign-in), at
    ``password`` for a weak or unchanged one.
    """
    found = credentials_of(_user_id(actor))
    check_lock(found.login, at)
    if not is_password(present, found.password_hash):
        refuse(found.login, device=device, at=at)
        raise Invalid("present", "现在的密码不对，请重新输入。")
    if password == present:
        raise Invalid("password", "新密码不能和现在的一样。")
    personal = (found.login, found.name, found.phone)
    refusal = password_refusal(password, personal=personal)
    if refusal is not None:
        raise Invalid("password", refusal.message)
    hashed = hash_password(password)
    action = "account.password_changed"
    with unit_of_work(on_platform(actor), action, at=at, subject=found.user_id) as work:
        account = _own_account(work, actor)
        account.password_hash, account.password_changed_at = hashed, at
        account.must_change_password = False
        end_sign_ins(work, account.id, but=session_id)


def revoke_device(actor: Actor, session_id: UUID, *, at: datetime) -> None:
    """End one of one's own sign-ins. Raises NotFound for another's."""
    with unit_of_work(on_platform(actor), "session.revoked", at=at, subject=session_id) as work:
        work.only_on_chain(actor.scope.chain)
        found = work.session.execute(
            update(LoginSession)
            .where(
                LoginSession.id == session_id,
                LoginSession.user_id == _user_id(actor),
                LoginSession.revoked_at.is_(None),
            )
            .values(revoked_at=at)
            .returning(LoginSession.device)
        ).scalar_one_or_none()
        if found is None:
            raise NotFound
        work.note(device=found)


def revoke_other_devices(actor: Actor, session_id: UUID, *, at: datetime) -> None:
    """End every sign-in of one's own but the present one."""
    user_id = _user_id(actor)
    with unit_of_work(on_platform(actor), "session.others_revoked", at=at, subject=user_id) as work:
        work.only_on_chain(actor.scope.chain)
        end_sign_ins(work, user_id, but=session_id)


def enrol_authenticator(
    actor: Actor, session_id: UUID, *, secret: str, code: str, at: datetime
) -> None:
    """Ask for a code at every sign-in from now on. Raises Invalid at ``code``."""
    step = accepted_step(secret, code, at=at, last_used_step=None)
    if step is None:
        raise Invalid("code", "动态口令不对，请确认手机时间准确后重新输入。")
    action = "account.authenticator_enrolled"
    with unit_of_work(on_platform(actor), action, at=at, subject=actor.user_id) as work:
        account = _own_account(work, actor)
        if account.totp_confirmed_at is not None:
            raise RuleBroken("已经绑定过动态口令，请先解除再重新绑定。")
        account.totp_secret, account.totp_confirmed_at = secret, at
        account.totp_last_step = step
        work.session.execute(
            update(LoginSession).where(LoginSession.id == session_id).values(second_factor_at=at)
        )


def remove_authenticator(actor: Actor, *, code: str, at: datetime) -> None:
    """Ask for no code any more. Raises RuleBroken for roles that need one, Invalid at ``code``."""
    action = "account.authenticator_removed"
    with unit_of_work(on_platform(actor), action, at=at, subject=actor.user_id) as work:
        refusal = removal_refusal((Role(actor.role),))
        if refusal is not None:
            raise RuleBroken(refusal.message)
        account = _own_account(work, actor)
        last = account.totp_last_step
        step = accepted_step(account.totp_secret, code, at=at, last_used_step=last)
        if account.totp_confirmed_at is None or step is None:
            raise Invalid("code", WRONG_CODE)
        account.totp_secret, account.totp_confirmed_at = "", None
        account.totp_last_step = step


def _own_account(work: Work, actor: Actor) -> UserAccount:
    work.only_on_chain(actor.scope.chain)
    return work.locked(UserAccount, _user_id(actor))


def _user_id(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise Forbidden
    return actor.user_id
