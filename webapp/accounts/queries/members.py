"""Members, invitations and agencies as lists and pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, column, func, or_, select, table
from sqlalchemy.sql.elements import ColumnElement

from webapp.accounts.models.memberships import Agency, Membership
from webapp.accounts.models.users import UserAccount
from webapp.accounts.queries.staff import person, post
from webapp.accounts.rules.roles import Role
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Context, Scope

MOST = 500

# A table of the floor above, by its name alone.
_enterprise = table("enterprise", column("id"), column("name"))


class MemberState(StrEnum):
    """Whether a member can come in."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"

    @property
    def words(self) -> str:
        """The state as users read it."""
        return {"active": "正常", "suspended": "已停用", "ended": "已离开"}[self.value]


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """What a list of members is narrowed to."""

    words: str = ""
    role: Role | None = None
    state: MemberState | None = None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member in a list."""

    membership_id: UUID
    user_id: UUID
    name: str
    login: str
    phone: str
    role: Role
    post: str
    organisation: str
    enterprise_id: UUID | None
    agency_id: UUID | None
    certificate_number: str
    created_at: datetime
    suspended_at: datetime | None
    ends_on: date | None
    person_id: UUID | None
    person_name: str

    @property
    def is_unlinked(self) -> bool:
        """Whether a present member of an enterprise stands for none of its staff yet."""
        is_staff = self.enterprise_id is not None and self.role is not Role.EXPERT
        return is_staff and self.person_id is None and self.ends_on is None

    @property
    def state(self) -> MemberState:
        """Whether the member can come in."""
        if self.ends_on is not None:
            return MemberState.ENDED
        return MemberState.ACTIVE if self.suspended_at is None else MemberState.SUSPENDED


def members(
    scope: Scope, wanted: MemberFilter | None = None, request: PageRequest | None = None
) -> Page[MemberRow]:
    """Members of the scope's organisation, by name; for the platform of all, the newest first."""
    request = request or PageRequest()
    conditions = and_(_own(scope), *_wanted(wanted or MemberFilter()))
    order = (
        (Membership.id.desc(),)
        if scope.context is Context.SYSTEM
        else (UserAccount.name, Membership.id)
    )
    with reading(scope) as session:
        total = session.execute(
            select(func.count())
            .select_from(Membership)
            .join(UserAccount, UserAccount.id == Membership.user_id)
            .where(conditions)
        ).scalar_one()
        rows = session.execute(
            _rows().where(conditions).order_by(*order).limit(request.size).offset(request.offset)
        )
        return Page([_row(row) for row in rows], total, request)


def member(scope: Scope, membership_id: UUID) -> MemberRow:
    """One member of the scope's organisation. Raises NotFound."""
    with reading(scope) as session:
        row = session.execute(
            _rows().where(_own(scope), Membership.id == membership_id)
        ).one_or_none()
    if row is None:
        raise NotFound
    return _row(row)


def lacks_principal(scope: Scope) -> bool:
    """Whether no one in office is the principal of the scope's enterprise."""
    with reading(scope) as session:
        found = session.execute(
            select(Membership.id)
            .where(
                Membership.enterprise_id == scope.enterprise_id,
                Membership.role == Role.PRINCIPAL,
                Membership.ends_on.is_(None),
            )
            .limit(1)
        ).first()
    return scope.enterprise_id is not None and found is None


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Membership.id,
            Membership.user_id,
            UserAccount.name,
            UserAccount.login,
            UserAccount.phone,
            Membership.role,
            func.coalesce(post.c.name, ""),
            func.coalesce(_enterprise.c.name, Agency.name, "安企码平台"),
            Membership.enterprise_id,
            Membership.agency_id,
            Membership.certificate_number,
            Membership.created_at,
            Membership.suspended_at,
            Membership.ends_on,
            Membership.person_id,
            func.coalesce(person.c.name, ""),
        )
        .join(UserAccount, UserAccount.id == Membership.user_id)
        .outerjoin(
            person,
            and_(
                person.c.enterprise_id == Membership.enterprise_id,
                person.c.id == Membership.person_id,
            ),
        )
        .outerjoin(
            post,
            and_(
                post.c.enterprise_id == Membership.enterprise_id,
                post.c.id == person.c.post_id,
            ),
        )
        .outerjoin(_enterprise, _enterprise.c.id == Membership.enterprise_id)
        .outerjoin(Agency, Agency.id == Membership.agency_id)
    )


def _row(row: Sequence[object]) -> MemberRow:
    values = list(row)
    values[5] = Role(str(values[5]))
    return MemberRow(*values)  # type: ignore[arg-type]  # the columns stand in the fields' order


def _own(scope: Scope) -> ColumnElement[bool]:
    match scope.context:
        case Context.ENTERPRISE:
            return Membership.enterprise_id == scope.enterprise_id
        case Context.OFFICER:
            return Membership.agency_id == scope.agency_id
        case _:
            return Membership.id.is_not(None)


def _wanted(wanted: MemberFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.words:
        conditions.append(
            or_(
                UserAccount.name.contains(wanted.words, autoescape=True),
                UserAccount.login.startswith(wanted.words.lower(), autoescape=True),
                UserAccount.phone.startswith(wanted.words, autoescape=True),
            )
        )
    if wanted.role is not None:
        conditions.append(Membership.role == wanted.role)
    match wanted.state:
        case MemberState.ENDED:
            conditions.append(Membership.ends_on.is_not(None))
        case MemberState.SUSPENDED:
            conditions += [Membership.suspended_at.is_not(None), Membership.ends_on.is_(None)]
        case MemberState.ACTIVE:
            conditions += [Membership.suspended_at.is_(None), Membership.ends_on.is_(None)]
        case None:
            conditions.append(Membership.ends_on.is_(None))
    return conditions


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer of an agency, as papers name them."""

    user_id: UUID
    name: str
    role: Role
    certificate_number: str


def officers(scope: Scope, agency_id: UUID) -> Sequence[OfficerRow]:
    """The active members of an agency, by name."""
    with reading(scope) as session:
        rows = session.execute(
            select(
                Membership.user_id,
                UserAccount.name,
                Membership.role,
                Membership.certificate_number,
            )
            .join(UserAccount, UserAccount.id == Membership.user_id)
            .where(
                Membership.agency_id == agency_id,
                Membership.suspended_at.is_(None),
                Membership.ends_on.is_(None),
            )
            .order_by(UserAccount.name, Membership.id)
            .limit(MOST)
        )
        return [OfficerRow(row[0], row[1], Role(row[2]), row[3]) for row in rows]


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency and what its papers say of it."""

    id: UUID
    name: str
    region_code: str
    document_prefix: str
    reconsideration_organ: str
    court: str
    address: str
    phone: str


_AGENCY = (
    Agency.id,
    Agency.name,
    Agency.region_code,
    Agency.document_prefix,
    Agency.reconsideration_organ,
    Agency.court,
    Agency.address,
    Agency.phone,
)


def agency(scope: Scope, agency_id: UUID) -> AgencyRow:
    """One agency. Raises NotFound."""
    with reading(scope) as session:
        row = session.execute(select(*_AGENCY).where(Agency.id == agency_id)).one_or_none()
    if row is None:
        raise NotFound
    return AgencyRow(*row)


def agencies(scope: Scope) -> Sequence[AgencyRow]:
    """All agencies, from the province down to the townships."""
    with reading(scope) as session:
        rows = session.execute(select(*_AGENCY).order_by(Agency.region_code, Agency.id).limit(MOST))
        return [AgencyRow(*row) for row in rows]
