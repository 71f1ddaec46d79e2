"""When a hazard last came back at a risk's measures, for the ledger's review."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from webapp.hazards.models.hazards import Hazard
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope


def repeated_at_events(scope: Scope, enterprise_id: UUID) -> Mapping[UUID, datetime]:
    """Event → when the newest repeated hazard at one of its measures was reported."""
    with reading(scope) as session:
        rows = session.execute(
            select(Hazard.event_id, func.max(Hazard.reported_at))
            .where(
                Hazard.enterprise_id == enterprise_id,
                Hazard.is_repeated.is_(True),
                Hazard.event_id.is_not(None),
            )
            .group_by(Hazard.event_id)
        ).all()
    return {event_id: at for event_id, at in rows if event_id is not None}
