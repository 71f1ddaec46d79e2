"""How far an application has come, for the one who handed it in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from webapp.enterprise.models.profile import Enterprise
from webapp.enterprise.rules.phones import normalised_phone
from webapp.enterprise.rules.registration import RegistrationState
from webapp.platform.database import reading
from webapp.platform.tenancy import SYSTEM
from webapp.standards import uscc


@dataclass(frozen=True, slots=True)
class ApplicationState:
    """What an applicant is told."""

    name: str
    state: RegistrationState
    remark: str
    applied_at: datetime
    decided_at: datetime | None


def application_state(code: str, phone: str) -> ApplicationState | None:
    """The application of a code, for one who knows a telephone number that stands in it.

    A wrong number and an unknown code give the same answer: None.
    """
    with reading(SYSTEM) as session:
        row = session.execute(
            select(
                Enterprise.name,
                Enterprise.state,
                Enterprise.decision_remark,
                Enterprise.applied_at,
                Enterprise.decided_at,
            ).where(
                Enterprise.uscc == uscc.normalise(code),
                or_(
                    Enterprise.principal_phone == normalised_phone(phone),
                    Enterprise.safety_officer_phone == normalised_phone(phone),
                ),
            )
        ).one_or_none()
    if row is None:
        return None
    return ApplicationState(row[0], RegistrationState(row[1]), *row[2:])
