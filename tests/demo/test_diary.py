"""What happens in the order of time."""

from datetime import UTC, datetime, timedelta

from webapp.demo.service.diary import Diary

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_acts_happen_in_the_order_of_their_time_and_then_of_planning():
    diary, seen = Diary(), []
    for name, at in (("late", NOON + HOUR), ("first", NOON), ("second", NOON)):
        diary.plan(at, lambda moment, name=name: seen.append((name, moment)))

    assert diary.live_until(NOON + HOUR) == 3
    assert seen == [("first", NOON), ("second", NOON), ("late", NOON + HOUR)]


def test_an_act_may_plan_further_ones_and_what_lies_beyond_the_end_never_happens():
    diary, seen = Diary(), []

    def act(at: datetime) -> None:
        seen.append(at)
        diary.plan(at + HOUR, act)

    diary.plan(NOON, act)
    diary.live_until(NOON + 2 * HOUR)

    assert seen == [NOON, NOON + HOUR, NOON + 2 * HOUR]
