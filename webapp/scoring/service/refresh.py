"""The passing of time: windows move on, things fall due, and scores with them."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from webapp.platform.database import reading
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import unit_of_work
from webapp.scoring.models.counters import EnterpriseCounter
from webapp.scoring.rules.moves import Move
from webapp.scoring.service.closing import PART

CHUNK = 100


def refresh_scores(actor: Actor, *, at: datetime, report: Callable[[int, int], None]) -> int:
    """Score every enterprise at an instant, a few at a time, so that no row is held for long."""
    with reading(actor.scope) as session:
        ids = (
            session.execute(
                select(EnterpriseCounter.enterprise_id).order_by(EnterpriseCounter.enterprise_id)
            )
            .scalars()
            .all()
        )
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        with unit_of_work(actor, "scores.refreshed", at=at) as work:
            work.note(enterprises=len(chunk))
            for enterprise_id in chunk:
                work.contribute(PART, Move(enterprise_id, at, is_activity=False))
        report(start + len(chunk), len(ids))
    return len(ids)
