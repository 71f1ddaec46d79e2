"""How far an application has come, for the one who handed it in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, or_, select

from webapp.enterprise.models.profile import Enterprise
from webapp.enterprise.rules.phones import normalised_phone
from webapp.enterprise.rules.registration import RegistrationState
from webapp.platform.database import reading
from webapp.platform.tenancy import SYSTEM
from webapp.standards import uscc

APPLICATIONS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ApplicationState:
    """What an applicant is told."""

    name: str
    state: RegistrationState
    remark: str
    applied_at: datetime
    decided_at: datetime | None


_COLUMNS = (
    Enterprise.name,
    Enterprise.state,
    Enterprise.decision_remark,
    Enterprise.applied_at,
    Enterprise.decided_at,
)


def application_state(code: str, phone: str) -> ApplicationState | None:
    """The application of a code, for one who knows a telephone number that stands in it.

    A wrong number and an unknown code give the same answer: None.
    """
    with reading(SYSTEM) as session:
        row = session.execute(
            select(*_COLUMNS).where(
                Enterprise.uscc == uscc.normalise(code),
                or_(
                    Enterprise.principal_phone == normalised_phone(phone),
                    Enterprise.safety_officer_phone == normalised_phone(phone),
                ),
            )
        ).one_or_none()
    return None if row is None else _state(row)


def own_applications(user_id: UUID) -> tuple[ApplicationState, ...]:
    """What an account has handed in and is not in yet, the newest first."""
    undecided = (RegistrationState.APPLIED, RegistrationState.REJECTED)
    with reading(SYSTEM) as session:
        rows = session.execute(
            select(*_COLUMNS)
            .where(Enterprise.applicant_id == user_id, Enterprise.state.in_(undecided))
            .order_by(Enterprise.applied_at.desc(), Enterprise.id)
            .limit(APPLICATIONS_SHOWN)
        )
        return tuple(_state(row) for row in rows)


def _state(row: Row[str, str, str, datetime, datetime | None]) -> ApplicationState:
    return ApplicationState(
        row.name,
        RegistrationState(row.state),
        row.decision_remark,
        row.applied_at,
        row.decided_at,
    )
