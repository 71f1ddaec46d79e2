"""Whether background work moves: a sign of life from a worker, read from the jobs themselves."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from webapp.platform import clock
from webapp.platform.database import reading
from webapp.platform.outbox import Job, JobState
from webapp.platform.tenancy import SYSTEM

STALLED_AFTER = timedelta(minutes=5)


def stalled_s() -> float | None:
    """How many seconds a due job has waited while no worker gave a sign of life; None if it moves.

    A busy worker holds a lease and finishes jobs, so a long queue that is worked off counts as
    moving. It is the same for the worker in the web process and for those behind Redis.
    """
    moment = clock.now()
    lately = moment - STALLED_AFTER
    with reading(SYSTEM) as session:
        due = session.execute(select(func.min(_due_since())).where(_is_due(moment))).scalar_one()
        # Only a queue that waits has to look for its workers: the finished jobs are many.
        if due is None or due > lately:
            return None
        sign = select(Job.id).where(or_(Job.leased_until > lately, Job.finished_at > lately))
        if session.execute(sign.limit(1)).first() is not None:
            return None
    return (moment - due).total_seconds()


def _due_since() -> ColumnElement[datetime]:
    """Since when a job could be taken: from its time on, or since its dead worker's lease."""
    return case((Job.state == JobState.QUEUED, Job.run_at), else_=Job.leased_until)


def _is_due(moment: datetime) -> ColumnElement[bool]:
    return or_(
        and_(Job.state == JobState.QUEUED, Job.run_at <= moment),
        and_(Job.state == JobState.RUNNING, Job.leased_until < moment),
    )
