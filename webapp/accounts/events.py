"""What happened to members, for the rooms above."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class MemberJoined:
    """A person has become a member; ``person_id`` is the staff record, when one was named."""

    user_id: UUID
    membership_id: UUID
    enterprise_id: UUID | None
    agency_id: UUID | None
    role: str
    person_id: UUID | None
    name: str
    phone: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MemberLinked:
    """A member of an enterprise stands for this staff record from now on, and for no other."""

    user_id: UUID
    membership_id: UUID
    enterprise_id: UUID | None
    person_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class MemberLeft:
    """A membership has ended; its account may live on elsewhere."""

    user_id: UUID
    membership_id: UUID
    enterprise_id: UUID | None
    agency_id: UUID | None
    person_id: UUID | None
    at: datetime
