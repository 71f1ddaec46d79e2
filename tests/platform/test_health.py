"""What the installation tells its watchers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import text

from tests.platform.test_jobs import order, work_in_process, work_over_redis
from webapp.platform import clock, jobs
from webapp.platform.database import transaction
from webapp.platform.pulse import STALLED_AFTER
from webapp.platform.tenancy import SYSTEM

LONG_AGO = STALLED_AFTER + timedelta(minutes=1)


@pytest.fixture(params=[work_in_process, work_over_redis], ids=["in-process", "redis"])
def work_off(request: pytest.FixtureRequest, redis: Redis, own_database: str) -> Callable[[], None]:
    return lambda: request.param(redis)


def ready(app: Flask) -> tuple[int, dict[str, object]]:
    answer = app.test_client().get("/readyz")
    return answer.status_code, answer.get_json()


def ordered_long_ago(kind: str) -> object:
    job_id = order(kind)
    change("update job set run_at = :at where id = :id", at=clock.now() - LONG_AGO, id=job_id)
    return job_id


def change(statement: str, **values: object) -> None:
    with transaction(SYSTEM) as session:
        session.execute(text(statement), values)


def test_it_is_ready_while_a_job_waits_for_its_turn(app: Flask, own_database: str):
    order("test.health")

    status, told = ready(app)

    assert (status, told["ready"], told["queue_moves"], told["words"]) == (200, True, True, "")


def test_a_queue_that_nobody_works_off_is_told_until_somebody_does(
    app: Flask, redis: Redis, work_off: Callable[[], None]
):
    jobs.register("test.health", lambda *_: None)
    ordered_long_ago("test.health")
    # Ids that lie in Redis without a worker are not work either.
    jobs.dispatch(redis)

    status, told = ready(app)

    assert (status, told["ready"], told["queue_moves"]) == (503, False, False)
    assert "最早的已等 6 分钟" in str(told["words"])

    redis.flushall()
    change("update job set sent_at = null")
    work_off()
    assert ready(app)[0] == 200


def test_a_long_queue_that_is_worked_off_is_no_alarm(app: Flask, own_database: str):
    jobs.register("test.health", lambda *_: None)
    done = ordered_long_ago("test.health")
    jobs.run_one()
    ordered_long_ago("test.health")

    assert ready(app)[0] == 200

    change("update job set finished_at = :at where id = :id", at=clock.now() - LONG_AGO, id=done)
    change("update job set leased_until = null where id = :id", id=done)
    assert ready(app)[0] == 503


def test_the_job_of_a_dead_worker_that_nobody_takes_is_told(app: Flask, own_database: str):
    job_id = ordered_long_ago("test.health")
    lapsed = "update job set state = 'running', leased_until = :at where id = :id"

    change(lapsed, at=clock.now() + jobs.LEASE, id=job_id)
    assert ready(app)[0] == 200

    change(lapsed, at=clock.now() - LONG_AGO, id=job_id)
    assert ready(app)[0] == 503
