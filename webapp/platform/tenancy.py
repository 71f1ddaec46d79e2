"""Who acts and what the database lets them see: one role per kind of context."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from webapp.platform.identifiers import PLATFORM_CHAIN


class Context(StrEnum):
    """The kinds of access; each is a PostgreSQL role with its own simple policies."""

    ENTERPRISE = "enterprise"
    OFFICER = "officer"
    PUBLIC = "public"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the database shows: one tenant, one region prefix, the public part, or all."""

    context: Context
    enterprise_id: UUID | None = None
    agency_id: UUID | None = None
    region: str = ""

    @property
    def chain(self) -> UUID:
        """The audit chain that acts in this scope belong to."""
        return self.agency_id or self.enterprise_id or PLATFORM_CHAIN


SYSTEM = Scope(Context.SYSTEM)


def enterprise_scope(enterprise_id: UUID) -> Scope:
    """The scope of an enterprise's own people."""
    return Scope(Context.ENTERPRISE, enterprise_id=enterprise_id)


def officer_scope(agency_id: UUID, region: str) -> Scope:
    """The scope of an agency's officers: every enterprise whose region starts with ``region``."""
    return Scope(Context.OFFICER, agency_id=agency_id, region=region)


def public_scope(enterprise_id: UUID | None = None) -> Scope:
    """What a stranger may read of one enterprise after a valid code, or nothing tenant-bound."""
    return Scope(Context.PUBLIC, enterprise_id=enterprise_id)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, in which role and scope; services get this instead of a request."""

    user_id: UUID | None
    name: str
    role: str
    scope: Scope
    membership_id: UUID | None = None
    person_id: UUID | None = None
    post_id: UUID | None = None
    department_id: UUID | None = None
    certificate_number: str = ""
    request_id: str = ""

    @property
    def enterprise_id(self) -> UUID:
        """The actor's own enterprise; asking an officer for one is a programming error."""
        if self.scope.enterprise_id is None:
            raise LookupError("actor has no enterprise")
        return self.scope.enterprise_id

    def as_json(self) -> dict[str, Any]:
        """The actor as it travels with a job, so that the job runs with the same rights."""
        return {
            "user_id": _text(self.user_id),
            "name": self.name,
            "role": self.role,
            "context": self.scope.context.value,
            "enterprise_id": _text(self.scope.enterprise_id),
            "agency_id": _text(self.scope.agency_id),
            "region": self.scope.region,
            "membership_id": _text(self.membership_id),
            "person_id": _text(self.person_id),
            "post_id": _text(self.post_id),
            "department_id": _text(self.department_id),
            "certificate_number": self.certificate_number,
            "request_id": self.request_id,
        }


def actor_from_json(values: dict[str, Any]) -> Actor:
    """The actor that ``Actor.as_json`` wrote."""
    return Actor(
        user_id=_uuid(values["user_id"]),
        name=values["name"],
        role=values["role"],
        scope=Scope(
            Context(values["context"]),
            enterprise_id=_uuid(values["enterprise_id"]),
            agency_id=_uuid(values["agency_id"]),
            region=values["region"],
        ),
        membership_id=_uuid(values["membership_id"]),
        person_id=_uuid(values["person_id"]),
        post_id=_uuid(values["post_id"]),
        department_id=_uuid(values["department_id"]),
        certificate_number=values["certificate_number"],
        request_id=values["request_id"],
    )


def system_actor(name: str, request_id: str = "") -> Actor:
    """The platform itself, named after what it does: ``demo``, ``schedule``, ``recount``."""
    return Actor(user_id=None, name=name, role="system", scope=SYSTEM, request_id=request_id)


# The end of a prefix range under "C" collation: ':' follows '9', the last digit.
_ENTER = text(
    "select set_config('role', :role, true), set_config('app.enterprise', :enterprise, true),"
    " set_config('app.agency', :agency, true), set_config('app.region', :region, true),"
    " set_config('app.region_end', :region_end, true)"
)


def enter(connection: Connection, scope: Scope) -> None:
    """Put the open transaction into ``scope``; it ends with the transaction."""
    connection.execute(
        _ENTER,
        {
            "role": f"anqima_{scope.context.value}",
            "enterprise": _text(scope.enterprise_id) or "",
            "agency": _text(scope.agency_id) or "",
            "region": scope.region,
            "region_end": f"{scope.region}:",
        },
    )


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _uuid(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)
