"""Who changed a record last, as the audit chain has it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from webapp.platform.audit import AuditEvent
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a record last, and when."""

    name: str
    at: datetime


def last_change(scope: Scope, enterprise_id: UUID, subject: UUID) -> LastChange | None:
    """The newest entry about a department, a post or a person."""
    with reading(scope) as session:
        row = session.execute(
            select(AuditEvent.actor_name, AuditEvent.at)
            .where(AuditEvent.chain == enterprise_id, AuditEvent.subject == subject)
            .order_by(AuditEvent.at.desc(), AuditEvent.position.desc())
            .limit(1)
        ).one_or_none()
    return None if row is None else LastChange(row.actor_name, row.at)
