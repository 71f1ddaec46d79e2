"""What a sign-in is checked against; for the platform's own eyes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, text

from webapp.accounts.models.users import LoginGuard, UserAccount
from webapp.accounts.rules.lockout import OPEN_DOOR, LockState
from webapp.accounts.rules.roles import Role
from webapp.platform.database import reading
from webapp.platform.identifiers import PLATFORM_CHAIN, token_hash
from webapp.platform.tenancy import SYSTEM

MEMBERSHIPS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Credentials:
    """A person's name and secrets."""

    user_id: UUID
    login: str
    name: str
    phone: str
    password_hash: str
    is_suspended: bool
    totp_secret: str
    has_authenticator: bool
    totp_last_step: int


_COLUMNS = (
    UserAccount.id,
    UserAccount.login,
    UserAccount.name,
    UserAccount.phone,
    UserAccount.password_hash,
    UserAccount.suspended_at.is_not(None),
    UserAccount.totp_secret,
    UserAccount.totp_confirmed_at.is_not(None),
    UserAccount.totp_last_step,
)


def credentials_by_login(login: str) -> Credentials | None:
    """The account of a login name, if there is one."""
    with reading(SYSTEM) as session:
        row = session.execute(
            select(*_COLUMNS).where(UserAccount.login == login.lower())
        ).one_or_none()
    return None if row is None else Credentials(*row)


def credentials_of(user_id: UUID) -> Credentials:
    """The account of a person who is signed in."""
    with reading(SYSTEM) as session:
        row = session.execute(select(*_COLUMNS).where(UserAccount.id == user_id)).one()
    return Credentials(*row)


def lock_state(login: str) -> LockState:
    """How often the last tries with this login name failed, whether anyone has it or not."""
    with reading(SYSTEM) as session:
        row = session.execute(
            select(LoginGuard.failures, LoginGuard.locked_until).where(
                LoginGuard.login_hash == token_hash(login.lower())
            )
        ).one_or_none()
    return OPEN_DOOR if row is None else LockState(row.failures, row.locked_until)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An organisation that a person can work for."""

    membership_id: UUID
    role: Role
    organisation: str
    chain: UUID

    @property
    def role_word(self) -> str:
        """The role as users read it."""
        return self.role.words


_PLACES = text(
    """
    select m.id, m.role, coalesce(e.name, a.name, '安企码平台'),
      coalesce(m.enterprise_id, m.agency_id, :platform)
    from membership m
    left join enterprise e on e.id = m.enterprise_id
    left join agency a on a.id = m.agency_id
    where m.user_id = :user_id and m.suspended_at is null
      and (m.ends_on is null or m.ends_on > :today)
    order by 3, m.id limit :most
    """
)


def places_of(user_id: UUID, today: date) -> tuple[PlaceRow, ...]:
    """The organisations in which a person is a member today, by name."""
    values = {
        "user_id": user_id,
        "today": today,
        "platform": PLATFORM_CHAIN,
        "most": MEMBERSHIPS_SHOWN,
    }
    with reading(SYSTEM) as session:
        rows = session.execute(_PLACES, values)
        return tuple(PlaceRow(row[0], Role(row[1]), row[2], row[3]) for row in rows)
