"""What of a list is asked for."""

from dataclasses import dataclass
from uuid import UUID

from webapp.enterprise.rules.registration import RegistrationState


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What of the staff is asked for; empty means all who work here now."""

    text: str = ""
    department_id: UUID | None = None
    has_left: bool = False
    without_post: bool = False


@dataclass(frozen=True, slots=True)
class EnterpriseFilter:
    """What of the region is asked for; empty fields ask for everything."""

    text: str = ""
    region: str = ""
    """A prefix of region codes: a county or a township."""
    category: str = ""
    state: RegistrationState = RegistrationState.APPROVED
