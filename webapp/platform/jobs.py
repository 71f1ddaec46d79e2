"""Background work: the job table is the truth; Redis, when there is one, only carries ids.

A job is claimed by a lease. A worker that dies leaves the lease to run out and another takes the
job again, so a job's function may run twice and must come to the same end.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from sqlalchemy import func, or_, select, text, update

from webapp.platform import clock
from webapp.platform.database import reading, transaction
from webapp.platform.errors import AppError, NotFound
from webapp.platform.identifiers import new_id
from webapp.platform.outbox import Job, JobState
from webapp.platform.tenancy import SYSTEM, Actor, Scope, actor_from_json, system_actor

LEASE = timedelta(seconds=60)
ATTEMPTS = 5
QUEUE = "anqima"
DAILY_LOOK_S = 30.0

log = structlog.get_logger()


class Progress:
    """What a running job reports; each report also renews its lease."""

    def __init__(self, job_id: UUID) -> None:
        self._job_id = job_id

    def report(self, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` steps are finished."""
        with transaction(SYSTEM) as session:
            session.execute(
                update(Job)
                .where(Job.id == self._job_id)
                .values(progress=done, total=total, leased_until=clock.now() + LEASE)
            )


_functions: dict[str, Any] = {}


def register(
    kind: str, function: Callable[[Actor, dict[str, Any], Progress], dict[str, Any] | None]
) -> None:
    """Let jobs of ``kind`` be done by ``function(actor, payload, progress)``."""
    _functions[kind] = function


_turns: dict[Any, float] = {}


def every(seconds: float, function: Callable[[], object]) -> None:
    """Have each worker call a short ``function`` again and again; it keeps others out itself."""
    _turns[function] = seconds


_daily: dict[str, None] = {}

_ORDER_DAILY = text(
    """
    insert into job (id, owner, kind, payload, actor, key, state, attempts, run_at, progress,
      total, error, created_at)
    values (:id, :owner, :kind, '{}', cast(:actor as jsonb), :key, 'queued', 0, :at, 0, 0, '', :at)
    on conflict (key) do nothing
    """
)


def daily(kind: str) -> None:
    """Order a job of ``kind`` once on each calendar day, however many workers there are."""
    _daily[kind] = None
    every(DAILY_LOOK_S, order_daily)


def order_daily() -> None:
    """Order what the present day has not seen yet; also after a worker was down for a week."""
    moment = clock.now()
    actor = system_actor("schedule")
    with transaction(SYSTEM) as session:
        for kind in _daily:
            session.execute(
                _ORDER_DAILY,
                {
                    "id": new_id(moment),
                    "owner": actor.scope.chain,
                    "kind": kind,
                    "actor": json.dumps(actor.as_json()),
                    "key": f"daily:{kind}:{clock.local_date(moment)}",
                    "at": moment,
                },
            )


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as its owner sees it."""

    id: UUID
    kind: str
    state: JobState
    progress: int
    total: int
    result: dict[str, Any] | None
    error: str


def job(scope: Scope, job_id: UUID) -> JobRow:
    """The state of one of the scope's own jobs. Raises NotFound."""
    with reading(scope) as session:
        row = session.execute(
            select(Job).where(Job.id == job_id, Job.owner == scope.chain)
        ).scalar_one_or_none()
        if row is None:
            raise NotFound
        return JobRow(
            row.id, row.kind, JobState(row.state), row.progress, row.total, row.result, row.error
        )


@dataclass(frozen=True, slots=True)
class Status:
    """How the queue stands; ``oldest_s`` is the age in seconds of the oldest waiting job."""

    queued: int
    running: int
    failed: int
    oldest_s: float


def status() -> Status:
    """Count the jobs by state."""
    with reading(SYSTEM) as session:
        rows = session.execute(select(Job.state, func.count()).group_by(Job.state)).all()
        counts = {row[0]: row[1] for row in rows}
        oldest = session.execute(
            select(func.min(Job.run_at)).where(
                Job.state == JobState.QUEUED, Job.run_at <= clock.now()
            )
        ).scalar_one()
    age = 0.0 if oldest is None else (clock.now() - oldest).total_seconds()
    return Status(
        counts.get(JobState.QUEUED, 0),
        counts.get(JobState.RUNNING, 0),
        counts.get(JobState.FAILED, 0),
        age,
    )


def retry(scope: Scope, job_id: UUID) -> None:
    """Queue a failed job again. Raises NotFound for others' jobs."""
    with transaction(scope) as session:
        found = session.execute(
            update(Job)
            .where(Job.id == job_id, Job.owner == scope.chain, Job.state == JobState.FAILED)
            .values(state=JobState.QUEUED, attempts=0, run_at=clock.now(), sent_at=None, error="")
            .returning(Job.id)
        ).one_or_none()
        if found is None:
            raise NotFound
    wake()


_CLAIM = text(
    """
    update job set state = 'running', attempts = attempts + 1, leased_until = :until
    where id = (
      select id from job
      where (cast(:id as uuid) is null or id = :id)
        and ((state = 'queued' and run_at <= :now) or (state = 'running' and leased_until < :now))
      order by run_at, id limit 1 for update skip locked)
    returning id, kind, payload, actor, attempts
    """
)


def run_one(job_id: UUID | None = None) -> bool:
    """Claim and do one job that is due, or the one named; whether there was one."""
    moment = clock.now()
    with transaction(SYSTEM) as session:
        claimed = session.execute(
            _CLAIM, {"id": job_id, "now": moment, "until": moment + LEASE}
        ).one_or_none()
    if claimed is None:
        return False
    if claimed.attempts > ATTEMPTS:
        _finish(claimed.id, JobState.FAILED, error="多次中断，已停止重试。")
        return True
    log.info("job_started", job=str(claimed.id), kind=claimed.kind, attempt=claimed.attempts)
    try:
        result = _functions[claimed.kind](
            actor_from_json(claimed.actor), claimed.payload, Progress(claimed.id)
        )
    except AppError as error:
        _finish(claimed.id, JobState.FAILED, error=error.message)
    except Exception:
        # The boundary of a job: whatever went wrong is logged, kept and tried again later.
        log.exception("job_broke", job=str(claimed.id), kind=claimed.kind)
        _postpone(claimed.id, claimed.attempts)
    else:
        _finish(claimed.id, JobState.DONE, result=result)
    return True


def _finish(
    job_id: UUID, state: JobState, *, result: dict[str, Any] | None = None, error: str = ""
) -> None:
    with transaction(SYSTEM) as session:
        session.execute(
            update(Job)
            .where(Job.id == job_id)
            .values(state=state, result=result, error=error, finished_at=clock.now())
        )


def _postpone(job_id: UUID, attempts: int) -> None:
    last = attempts >= ATTEMPTS
    with transaction(SYSTEM) as session:
        session.execute(
            update(Job)
            .where(Job.id == job_id)
            .values(
                state=JobState.FAILED if last else JobState.QUEUED,
                run_at=clock.now() + timedelta(seconds=2**attempts),
                sent_at=None,
                leased_until=None,
                error="处理中出现意外错误，已记录。",
            )
        )


def run_job(job_id: str) -> None:
    """Entry of the RQ worker; a job that another has taken is left to it."""
    run_one(UUID(job_id))


def dispatch(redis: Redis) -> int:
    """Send the ids of waiting jobs to Redis; how many. A flushed Redis is filled again."""
    moment = clock.now()
    with transaction(SYSTEM) as session:
        due = (
            session.execute(
                update(Job)
                .where(
                    Job.run_at <= moment,
                    or_(
                        Job.state == JobState.QUEUED,
                        (Job.state == JobState.RUNNING) & (Job.leased_until < moment),
                    ),
                    or_(Job.sent_at.is_(None), Job.sent_at < moment - LEASE),
                )
                .values(sent_at=moment)
                .returning(Job.id)
            )
            .scalars()
            .all()
        )
        queue = Queue(QUEUE, connection=redis)
        for job_id in due:
            queue.enqueue(run_job, str(job_id), result_ttl=0, failure_ttl=0)
    return len(due)


_wake = threading.Event()


def wake() -> None:
    """Let the in-process worker look at once instead of at its next turn."""
    _wake.set()


class Worker(threading.Thread):
    """The worker inside the web process: does jobs itself, or hands their ids to Redis.

    Without Redis, or while Redis is gone, jobs wait in the table and nothing is lost.
    """

    def __init__(self, *, redis_url: str = "", period_s: float = 1.0) -> None:
        super().__init__(name="jobs", daemon=True)
        self._redis = Redis.from_url(redis_url) if redis_url else None
        self._period_s = period_s
        self._ending = threading.Event()
        self._next: dict[Any, float] = {}

    def run(self) -> None:
        """Work until told to end."""
        while not self._ending.is_set():
            try:
                self._regular()
                while self._turn() and not self._ending.is_set():
                    pass
            except (AppError, RedisError) as error:
                log.warning("jobs_waiting", reason=type(error).__name__)
            except Exception:
                # The thread must outlive a database that is restarted under it.
                log.exception("jobs_turn_broke")
            _wake.wait(self._period_s)
            _wake.clear()

    def _regular(self) -> None:
        """Call what is due of the regular functions."""
        for function, seconds in _turns.items():
            if time.monotonic() >= self._next.get(function, 0):
                self._next[function] = time.monotonic() + seconds
                function()

    def _turn(self) -> bool:
        if self._redis is None:
            return run_one()
        return dispatch(self._redis) > 0

    def end(self) -> None:
        """Stop after the job in hand."""
        self._ending.set()
        _wake.set()
