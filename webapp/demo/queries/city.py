"""Whether the demo city stands, and what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import text

from webapp.platform.database import reading
from webapp.platform.identifiers import PLATFORM_CHAIN
from webapp.platform.tenancy import SYSTEM

BEGUN, MADE, ENLARGED = "demo.seeding_begun", "demo.city_made", "demo.large_city_made"
"""Audit actions on the platform's chain: the seeding leaves no other trace of itself."""


class CityState(StrEnum):
    """What a database holds, as far as seeding it goes."""

    EMPTY = "empty"
    HALF_MADE = "half_made"
    """A seeding was killed; nobody has worked here."""
    MADE = "made"
    FOREIGN = "foreign"
    """Somebody's own enterprises or agencies."""


_ACTIONS = text(
    "select distinct action from audit_event where chain = :chain and action = any(:all)"
)
_ANYONE = text("select exists (select 1 from agency) or exists (select 1 from enterprise)")


def city_state() -> CityState:
    """What the database holds."""
    with reading(SYSTEM) as session:
        actions = _said(BEGUN, MADE)
        if MADE in actions:
            return CityState.MADE
        if BEGUN in actions:
            return CityState.HALF_MADE
        return CityState.FOREIGN if session.execute(_ANYONE).scalar_one() else CityState.EMPTY


def is_enlarged() -> bool:
    """Whether the many small enterprises are there too."""
    return ENLARGED in _said(ENLARGED)


def _said(*actions: str) -> frozenset[str]:
    values = {"chain": PLATFORM_CHAIN, "all": list(actions)}
    with reading(SYSTEM) as session:
        return frozenset(session.execute(_ACTIONS, values).scalars())


@dataclass(frozen=True, slots=True)
class CityCounts:
    """How much there is."""

    agencies: int
    enterprises: int
    people: int
    risks: int
    checks: int
    hazards: int
    inspections: int
    documents: int


_COUNTS = text(
    """
    select (select count(*) from agency) as agencies,
      (select count(*) from enterprise where state = 'approved') as enterprises,
      (select count(*) from person) as people, (select count(*) from risk_event) as risks,
      (select count(*) from self_check) as checks, (select count(*) from hazard) as hazards,
      (select count(*) from inspection_case) as inspections,
      (select count(*) from enforcement_document) as documents
    """
)


def city_counts() -> CityCounts:
    """How much there is in the whole database."""
    with reading(SYSTEM) as session:
        return CityCounts(**session.execute(_COUNTS).one()._mapping)


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A membership of an account; an operator belongs to no organisation."""

    login: str
    name: str
    role: str
    organisation: str | None
    uscc: str | None
    region: str | None


_MEMBERS = text(
    """
    select u.login, u.name, m.role, coalesce(e.name, a.name) as organisation, e.uscc,
      coalesce(e.region_code, a.region_code) as region
    from user_account u
    join membership m on m.user_id = u.id and m.ends_on is null
    left join enterprise e on e.id = m.enterprise_id
    left join agency a on a.id = m.agency_id
    where u.login = any(:logins)
    order by array_position(cast(:logins as text[]), u.login), m.created_at, m.id
    """
)


def members_of(logins: Sequence[str]) -> tuple[KnownMember, ...]:
    """The memberships of accounts, in the order of their logins."""
    with reading(SYSTEM) as session:
        rows = session.execute(_MEMBERS, {"logins": list(logins)})
        return tuple(KnownMember(**row._mapping) for row in rows)
