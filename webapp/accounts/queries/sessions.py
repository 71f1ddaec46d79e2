"""Who is behind a token at this very moment, and which devices a person is signed in on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select, text

from webapp.accounts.models.sessions import LoginSession
from webapp.accounts.rules.gates import Gate, next_gate
from webapp.accounts.rules.permissions import may
from webapp.accounts.rules.roles import Audience, Role
from webapp.platform.clock import local_date
from webapp.platform.database import reading
from webapp.platform.identifiers import token_hash
from webapp.platform.tenancy import (
    SYSTEM,
    Actor,
    Scope,
    enterprise_scope,
    officer_scope,
)
from webapp.standards import regions
from webapp.standards.loader import UnknownCode

DEVICES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a page: one person in one membership."""

    user_id: UUID
    name: str
    role: Role
    organisation: str
    enterprise_id: UUID | None
    agency_id: UUID | None
    region: str
    """The enterprise's township, or the prefix that an agency supervises; empty for operators."""
    membership_id: UUID
    person_id: UUID | None
    post_id: UUID | None
    department_id: UUID | None
    certificate_number: str

    @property
    def role_word(self) -> str:
        """The role as users read it."""
        return self.role.words

    @property
    def audience(self) -> Audience:
        """The side this person stands on."""
        return self.role.audience

    @property
    def detail(self) -> str:
        """The region's name below the organisation's."""
        try:
            return regions.region(self.region).name if self.region else ""
        except UnknownCode:
            return ""

    @property
    def scope(self) -> Scope:
        """What the database shows this person."""
        if self.enterprise_id is not None:
            return enterprise_scope(self.enterprise_id)
        if self.agency_id is not None:
            return officer_scope(self.agency_id, self.region)
        return SYSTEM

    def may(self, permission: str) -> bool:
        """Whether the permission table lets this role do something."""
        return may(self.role, permission)

    def actor(self, request_id: str) -> Actor:
        """This person as services know them."""
        return Actor(
            user_id=self.user_id,
            name=self.name,
            role=self.role.value,
            scope=self.scope,
            membership_id=self.membership_id,
            person_id=self.person_id,
            post_id=self.post_id,
            department_id=self.department_id,
            certificate_number=self.certificate_number,
            request_id=request_id,
        )


@dataclass(frozen=True, slots=True)
class SignIn:
    """A living sign-in; ``viewer`` is None until an organisation is chosen."""

    session_id: UUID
    user_id: UUID
    name: str
    login: str
    viewer: Viewer | None
    is_code_owed: bool
    is_password_owed: bool
    has_authenticator: bool

    def gate(self, *, is_authenticator_required: bool) -> Gate | None:
        """What must still be brought; None when the desk is open."""
        return next_gate(
            is_code_owed=self.is_code_owed,
            role=None if self.viewer is None else self.viewer.role,
            is_password_owed=self.is_password_owed,
            has_authenticator=self.has_authenticator,
            is_authenticator_required=is_authenticator_required,
        )


# One statement a request. Names of enterprise and person lie on the floor above and are read by
# their tables' names, because this room's code must not import that one.
_SIGN_IN = text(
    """
    select s.id as session_id, s.second_factor_at, u.id as user_id, u.name, u.login,
      u.must_change_password, u.totp_confirmed_at,
      m.id as membership_id, m.role, m.enterprise_id, m.agency_id, m.person_id,
      m.certificate_number, p.post_id, p.department_id,
      coalesce(e.name, a.name, '安企码平台') as organisation,
      coalesce(e.region_code, a.region_code, '') as region
    from login_session s
    join user_account u on u.id = s.user_id and u.suspended_at is null
    left join membership m on m.id = s.membership_id and m.user_id = s.user_id
      and m.suspended_at is null and (m.ends_on is null or m.ends_on > :today)
    left join enterprise e on e.id = m.enterprise_id
    left join agency a on a.id = m.agency_id
    left join person p on p.enterprise_id = m.enterprise_id and p.id = m.person_id
    where s.token_hash = :hash and s.revoked_at is null and s.expires_at > :now
      and (s.membership_id is null or m.id is not null)
    """
)


def sign_in_of(token: str, now: datetime) -> SignIn | None:
    """The sign-in that a token stands for.

    None when it was revoked or has expired, when the person or the chosen membership is
    suspended, or when the membership has ended: each holds from the next request on.
    """
    values = {"hash": token_hash(token), "now": now, "today": local_date(now)}
    with reading(SYSTEM) as session:
        row = session.execute(_SIGN_IN, values).one_or_none()
    return None if row is None else _sign_in(row)


def viewer_of(token: str, now: datetime) -> Viewer | None:
    """The person behind a token in the chosen membership, or None."""
    found = sign_in_of(token, now)
    return None if found is None else found.viewer


def _sign_in(row: Row[tuple[object, ...]]) -> SignIn:
    has_authenticator = row.totp_confirmed_at is not None
    return SignIn(
        session_id=row.session_id,
        user_id=row.user_id,
        name=row.name,
        login=row.login,
        viewer=None if row.membership_id is None else _viewer(row),
        is_code_owed=has_authenticator and row.second_factor_at is None,
        is_password_owed=row.must_change_password,
        has_authenticator=has_authenticator,
    )


def _viewer(row: Row[tuple[object, ...]]) -> Viewer:
    return Viewer(
        user_id=row.user_id,
        name=row.name,
        role=Role(row.role),
        organisation=row.organisation,
        enterprise_id=row.enterprise_id,
        agency_id=row.agency_id,
        region=row.region,
        membership_id=row.membership_id,
        person_id=row.person_id,
        post_id=row.post_id,
        department_id=row.department_id,
        certificate_number=row.certificate_number,
    )


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One device that a person is signed in on."""

    id: UUID
    device: str
    address: str
    created_at: datetime
    expires_at: datetime


def devices(user_id: UUID, now: datetime) -> Sequence[DeviceRow]:
    """A person's living sign-ins, the newest first."""
    with reading(SYSTEM) as session:
        rows = session.execute(
            select(
                LoginSession.id,
                LoginSession.device,
                LoginSession.address,
                LoginSession.created_at,
                LoginSession.expires_at,
            )
            .where(
                LoginSession.user_id == user_id,
                LoginSession.revoked_at.is_(None),
                LoginSession.expires_at > now,
            )
            .order_by(LoginSession.created_at.desc(), LoginSession.id)
            .limit(DEVICES_SHOWN)
        )
        return [DeviceRow(*row) for row in rows]
