"""When checks of the past were handed in."""

from datetime import UTC, datetime, timedelta

from webapp.demo.rules.check_habits import PastTask, done
from webapp.demo.rules.conduct import Conduct
from webapp.demo.rules.stories import FIRST_DAY

NOW = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def tasks(count: int, *, length: timedelta = DAY) -> list[PastTask]:
    return [
        PastTask(
            f"task {n}",
            NOW - timedelta(days=n % FIRST_DAY) - length,
            NOW - timedelta(days=n % FIRST_DAY),
        )
        for n in range(count)
    ]


def test_a_diligent_enterprise_does_nearly_all_checks_in_time():
    past = tasks(600)
    found = [(task, done(task, Conduct.EXCELLENT.habits, now=NOW)) for task in past]
    in_time = [one for task, one in found if one and one.submitted_at <= task.due_at]

    assert 0.85 < len(in_time) / len(past) < 1


def test_a_poor_enterprise_misses_many():
    found = [done(task, Conduct.POOR.habits, now=NOW) for task in tasks(600)]

    assert 0.5 < sum(one is not None for one in found) / 600 < 0.85


def test_an_idle_enterprise_does_none():
    assert not any(done(task, Conduct.IDLE.habits, now=NOW) for task in tasks(600))


def test_no_check_comes_before_its_task_or_after_now():
    for task in tasks(600, length=7 * DAY):
        found = done(task, Conduct.GOOD.habits, now=NOW)
        if found is not None:
            assert task.opens_at <= found.started_at < found.submitted_at <= NOW


def test_the_same_task_is_done_the_same_way_again():
    for task in tasks(50):
        assert done(task, Conduct.FAIR.habits, now=NOW) == done(task, Conduct.FAIR.habits, now=NOW)
