import os
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta

import pytest
from redis import Redis
from rq import Queue, SimpleWorker
from sqlalchemy import update

from webapp.platform import clock, database, jobs
from webapp.platform.database import reading, transaction
from webapp.platform.errors import RuleBroken
from webapp.platform.outbox import Job, JobState
from webapp.platform.tenancy import SYSTEM, system_actor
from webapp.platform.unit_of_work import unit_of_work


def order(kind: str, **payload: object) -> object:
    with unit_of_work(system_actor("test"), "thing.ordered", at=clock.now()) as work:
        return work.enqueue(kind, dict(payload), key=payload.get("key"))


def work_in_process(_redis: Redis) -> None:
    while jobs.run_one():
        pass


def work_over_redis(redis: Redis) -> None:
    jobs.dispatch(redis)
    SimpleWorker([Queue(jobs.QUEUE, connection=redis)], connection=redis).work(burst=True)


@pytest.fixture(params=[work_in_process, work_over_redis], ids=["in-process", "redis"])
def work_off(request: pytest.FixtureRequest, redis: Redis, own_database: str):
    """Do every job that is due, each way the product can."""
    return lambda: request.param(redis)


def state(job_id: object) -> jobs.JobRow:
    return jobs.job(SYSTEM, job_id)


def test_a_job_runs_after_its_transaction_and_keeps_its_result(work_off):
    jobs.register("test.double", lambda _actor, payload, _progress: {"value": payload["n"] * 2})
    job_id = order("test.double", n=21)

    work_off()

    assert (state(job_id).state, state(job_id).result) == (JobState.DONE, {"value": 42})


def test_a_job_of_a_transaction_that_failed_does_not_exist(work_off):
    def order_and_fail() -> None:
        with unit_of_work(system_actor("test"), "thing.ordered", at=clock.now()) as work:
            work.enqueue("test.double", {"n": 1})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        order_and_fail()
    work_off()

    with reading(SYSTEM) as session:
        assert session.query(Job).count() == 0


def test_two_orders_with_one_key_are_one_job(work_off):
    done = []
    jobs.register("test.note", lambda _actor, payload, _progress: done.append(payload["n"]))
    order("test.note", n=1, key="daily:2026-11-24")
    order("test.note", n=2, key="daily:2026-11-24")

    work_off()

    assert done == [1]


def test_a_refused_job_fails_with_its_words_and_can_be_tried_again(work_off):
    answers = [RuleBroken("台账中没有可导入的行。"), {"rows": 3}]

    def refuse_once(*_: object) -> object:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    jobs.register("test.refuse", refuse_once)
    job_id = order("test.refuse")
    work_off()
    refused = state(job_id)

    jobs.retry(SYSTEM, job_id)
    work_off()

    assert (refused.state, refused.error) == (JobState.FAILED, "台账中没有可导入的行。")
    assert state(job_id).state is JobState.DONE


def test_a_job_that_breaks_is_tried_again_later_and_fails_at_last(work_off):
    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    jobs.register("test.break", breaks)
    job_id = order("test.break")

    for _ in range(jobs.ATTEMPTS):
        work_off()
        with transaction(SYSTEM) as session:
            session.execute(update(Job).values(run_at=clock.now() - timedelta(seconds=1)))

    assert state(job_id).state is JobState.FAILED


def test_progress_is_seen_while_the_job_runs(work_off):
    seen = []

    def steps(_actor: object, payload: dict, progress: jobs.Progress) -> None:
        progress.report(500, 2000)
        seen.append(state(payload["id"]))

    jobs.register("test.steps", steps)
    with unit_of_work(system_actor("test"), "thing.ordered", at=clock.now()) as work:
        payload: dict[str, object] = {}
        job_id = work.enqueue("test.steps", payload)
        payload["id"] = str(job_id)

    work_off()

    assert [(row.state, row.progress, row.total) for row in seen] == [(JobState.RUNNING, 500, 2000)]


def test_the_job_of_a_worker_killed_in_the_middle_is_taken_again(work_off, tmp_path):
    marker = tmp_path / "began"
    job_id = order("test.survive", marker=str(marker))
    victim = subprocess.Popen(
        [sys.executable, "-c", VICTIM, database.engine().url.render_as_string(False)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert victim.stderr.readline() == b"began\n"
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()
    victim.stderr.close()
    jobs.register("test.survive", lambda *_: {"by": "another"})
    work_off()
    while_leased = state(job_id).state
    with transaction(SYSTEM) as session:
        session.execute(update(Job).values(leased_until=clock.now() - timedelta(seconds=1)))

    work_off()

    assert while_leased is JobState.RUNNING
    assert (state(job_id).state, state(job_id).result) == (JobState.DONE, {"by": "another"})


VICTIM = textwrap.dedent(
    """
    import sys, threading
    from webapp.platform import database, jobs
    database.configure(sys.argv[1])
    def hang(*_):
        print("began", file=sys.stderr, flush=True)
        threading.Event().wait()
    jobs.register("test.survive", hang)
    jobs.run_one()
    """
)


def test_jobs_lost_with_a_flushed_redis_are_sent_again(redis: Redis, own_database: str):
    done = []
    jobs.register("test.note", lambda *_: done.append(1))
    order("test.note")
    jobs.dispatch(redis)
    redis.flushall()
    with transaction(SYSTEM) as session:
        session.execute(update(Job).values(sent_at=clock.now() - 2 * jobs.LEASE))

    work_over_redis(redis)

    assert done == [1]


def test_status_counts_what_waits(own_database: str):
    order("test.note")

    found = jobs.status()

    assert (found.queued, found.running, found.failed) == (1, 0, 0)


def test_a_daily_job_is_ordered_once_a_day_by_any_number_of_workers(own_database: str):
    jobs.register("test.daily", lambda *_: None)
    jobs.daily("test.daily")

    for _ in range(3):
        jobs.order_daily()

    with reading(SYSTEM) as session:
        assert session.query(Job).filter(Job.kind == "test.daily").count() == 1
