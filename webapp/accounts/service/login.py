"""Coming in: the password, the code, the organisation; and going out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlalchemy.dialects.postgresql import insert

from webapp.accounts.models.sessions import LoginSession
from webapp.accounts.models.users import LoginGuard, UserAccount
from webapp.accounts.queries.credentials import (
    Credentials,
    credentials_by_login,
    credentials_of,
    lock_state,
    places_of,
)
from webapp.accounts.queries.sessions import SignIn
from webapp.accounts.rules.lockout import LockState, after_failure, is_locked, wait_words
from webapp.accounts.rules.sign_ins import expires_at
from webapp.accounts.service.secrets import HASHER, accepted_step, hash_password, is_password
from webapp.platform.clock import local_date
from webapp.platform.errors import NotFound, RuleBroken
from webapp.platform.identifiers import new_id, new_token, token_hash
from webapp.platform.tenancy import SYSTEM, Actor, system_actor
from webapp.platform.unit_of_work import Work, unit_of_work

WRONG = "账号或密码不对，请重新输入。连续 5 次不对，这个账号会暂时锁定。"
WRONG_CODE = "动态口令不对或已经用过，请等下一个口令再输入。"
GUARD_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Device:
    """Where a sign-in comes from, in words for its owner."""

    words: str
    address: str


def sign_in(login: str, password: str, *, device: Device, is_kept: bool, at: datetime) -> str:
    """Open a session and return its token, the only copy there is.

    Raises RuleBroken with the same words for a wrong password and for a name nobody has, or
    with the time to wait once this name is locked.
    """
    check_lock(login, at)
    found = credentials_by_login(login)
    fits = is_password(password, None if found is None else found.password_hash)
    if found is None or not fits or found.is_suspended:
        refuse(login, device=device, at=at)
        raise RuleBroken(WRONG)
    token = new_token()
    with unit_of_work(_person(found), "session.opened", at=at, subject=found.user_id) as work:
        if is_locked(_guard(work, login), at):
            # Many guesses at once: the one that fits must not slip through beside the others.
            raise RuleBroken(WRONG)
        _open(work, found, token, device=device, is_kept=is_kept)
        if not found.has_authenticator:
            _clear_guard(work, login)
        if HASHER.check_needs_rehash(found.password_hash):
            _store_hash(work, found.user_id, hash_password(password))
    return token


def check_lock(login: str, at: datetime) -> None:
    """Refuse a name whose last tries failed too often. Raises RuleBroken."""
    state = lock_state(login)
    if is_locked(state, at):
        raise RuleBroken(wait_words(state, at))


def refuse(login: str, *, device: Device, at: datetime) -> None:
    """Count a failed try of this name, whether anyone has it or not."""
    with unit_of_work(system_actor("login"), "session.refused", at=at) as work:
        state = after_failure(_guard(work, login), at)
        work.session.execute(
            update(LoginGuard)
            .where(LoginGuard.login_hash == _key(login))
            .values(failures=state.failures, locked_until=state.locked_until, failed_at=at)
        )
        work.session.execute(delete(LoginGuard).where(LoginGuard.failed_at < at - GUARD_KEPT))
        work.note(device=device.words, address=device.address, failures=state.failures)


def pass_second_factor(
    token: str, present: SignIn, code: str, *, device: Device, at: datetime
) -> str:
    """Let a sign-in through whose authenticator shows this code; the session's new token.

    Raises RuleBroken for a wrong, old or used code; such tries count like wrong passwords.
    """
    check_lock(present.login, at)
    found = credentials_of(present.user_id)
    if not found.has_authenticator:
        raise RuleBroken(WRONG_CODE)
    last = found.totp_last_step
    if accepted_step(found.totp_secret, code, at=at, last_used_step=last) is None:
        refuse(present.login, device=device, at=at)
        raise RuleBroken(WRONG_CODE)
    with unit_of_work(_person(found), "session.confirmed", at=at, subject=found.user_id) as work:
        account = work.locked(UserAccount, found.user_id)
        # Read again under the lock: the same code sent twice at once opens one door.
        step = accepted_step(
            account.totp_secret, code, at=at, last_used_step=account.totp_last_step
        )
        if step is None or is_locked(_guard(work, present.login), at):
            raise RuleBroken(WRONG_CODE)
        account.totp_last_step = step
        _clear_guard(work, present.login)
        return _rotate(work, token, second_factor_at=at)


def choose_organisation(token: str, present: SignIn, membership_id: UUID, *, at: datetime) -> str:
    """Work for one of the organisations that the person belongs to; the session's new token.

    Raises NotFound for a membership that is another's, suspended or ended.
    """
    places = places_of(present.user_id, local_date(at))
    place = next((place for place in places if place.membership_id == membership_id), None)
    if place is None:
        raise NotFound
    person = Actor(present.user_id, present.name, place.role.value, SYSTEM)
    with unit_of_work(person, "session.entered", at=at, subject=present.user_id) as work:
        work.only_on_chain(place.chain)
        return _rotate(work, token, membership_id=membership_id)


def sign_out(present: SignIn, *, at: datetime) -> None:
    """End a sign-in on the server, so that its token opens nothing any more."""
    person = Actor(present.user_id, present.name, "", SYSTEM)
    with unit_of_work(person, "session.closed", at=at, subject=present.user_id) as work:
        if present.viewer is not None:
            work.only_on_chain(present.viewer.scope.chain)
        work.session.execute(
            update(LoginSession)
            .where(LoginSession.id == present.session_id, LoginSession.revoked_at.is_(None))
            .values(revoked_at=at)
        )


def _person(found: Credentials) -> Actor:
    return replace(system_actor(found.name), user_id=found.user_id, role="")


def _open(work: Work, found: Credentials, token: str, *, device: Device, is_kept: bool) -> None:
    places = places_of(found.user_id, local_date(work.at))
    only = places[0] if len(places) == 1 else None
    if only is not None:
        work.only_on_chain(only.chain)
    work.note(device=device.words, address=device.address)
    work.add(
        LoginSession(
            token_hash=token_hash(token),
            id=new_id(work.at),
            user_id=found.user_id,
            membership_id=None if only is None else only.membership_id,
            created_at=work.at,
            expires_at=expires_at(work.at, is_kept=is_kept),
            device=device.words,
            address=device.address,
        )
    )


def _rotate(work: Work, token: str, **changes: object) -> str:
    """Give the session a new token with its new rights: an old one found later opens nothing."""
    fresh = new_token()
    work.session.execute(
        update(LoginSession)
        .where(LoginSession.token_hash == token_hash(token), LoginSession.revoked_at.is_(None))
        .values(token_hash=token_hash(fresh), **changes)
    )
    return fresh


def _guard(work: Work, login: str) -> LockState:
    """The counter of this name, locked, so that parallel tries are counted one by one."""
    row = work.session.execute(
        insert(LoginGuard)
        .values(login_hash=_key(login), failures=0, locked_until=None, failed_at=work.at)
        .on_conflict_do_update(
            index_elements=["login_hash"],
            set_={"failed_at": func.greatest(LoginGuard.failed_at, work.at)},
        )
        .returning(LoginGuard.failures, LoginGuard.locked_until)
    ).one()
    return LockState(row.failures, row.locked_until)


def _clear_guard(work: Work, login: str) -> None:
    work.session.execute(delete(LoginGuard).where(LoginGuard.login_hash == _key(login)))


def _store_hash(work: Work, user_id: UUID, fresh: str) -> None:
    work.session.execute(
        update(UserAccount).where(UserAccount.id == user_id).values(password_hash=fresh)
    )


def _key(login: str) -> bytes:
    return token_hash(login.lower())
