from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.hazards.rules.schedule import (
    SHANGHAI,
    Shift,
    is_missed,
    is_open,
    next_period,
    period_of,
    periods_between,
    shifts_of,
)
from webapp.risks.rules.control_levels import Frequency

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
LONG = st.sampled_from([f for f in Frequency if f is not Frequency.EACH_SHIFT])
TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("frequency", "key", "first", "last", "words"),
    [
        (Frequency.DAILY, "2026-11-24", TUESDAY, TUESDAY, "11月24日"),
        (Frequency.WEEKLY, "2026-W48", date(2026, 11, 23), date(2026, 11, 29), "2026年第48周"),
        (Frequency.MONTHLY, "2026-11", date(2026, 11, 1), date(2026, 11, 30), "2026年11月"),
        (Frequency.QUARTERLY, "2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
        (Frequency.HALF_YEARLY, "2026-H2", date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        (Frequency.YEARLY, "2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ],
)
def test_a_day_lies_in_one_period_of_each_frequency(frequency, key, first, last, words):
    period = period_of(frequency, TUESDAY)

    assert (period.key, period.first_on, period.last_on) == (key, first, last)
    assert period.words == words
    assert period.due_at == datetime.combine(last + timedelta(days=1), time(0), SHANGHAI)


def test_a_week_belongs_to_the_year_of_its_thursday():
    assert period_of(Frequency.WEEKLY, date(2027, 1, 1)).key == "2026-W53"


def test_a_day_has_three_shifts_and_the_last_ends_at_midnight():
    night, day, evening = shifts_of(TUESDAY)

    assert [s.key for s in (night, day, evening)] == [f"2026-11-24-S{n}" for n in (1, 2, 3)]
    assert night.due_at == day.starts_at
    assert evening.due_at == datetime(2026, 11, 25, tzinfo=SHANGHAI)
    assert day.words == "11月24日白班"


def test_a_shift_over_midnight_ends_the_next_day():
    (night,) = shifts_of(TUESDAY, (Shift("夜班", time(20), time(8)),))

    assert night.due_at - night.starts_at == timedelta(hours=12)


def test_a_day_has_no_single_shift():
    with pytest.raises(ValueError, match="several shifts"):
        period_of(Frequency.EACH_SHIFT, TUESDAY)


@given(LONG, DAYS)
def test_periods_join_without_gap_or_overlap(frequency, day):
    period = period_of(frequency, day)
    following = next_period(period)

    assert period.first_on <= day <= period.last_on
    assert following.first_on == period.last_on + timedelta(days=1)
    assert following.starts_at == period.due_at
    assert following.key > period.key


@given(LONG, DAYS, DAYS)
def test_every_day_of_a_period_gives_the_same_key(frequency, one, other):
    first, second = period_of(frequency, one), period_of(frequency, other)

    assert (first.key == second.key) is (first == second)
    assert (first == second) is (first.first_on <= other <= first.last_on)


@given(st.sampled_from(Frequency), DAYS, st.integers(0, 200), st.integers(0, 200))
def test_generating_twice_makes_each_key_once(frequency, start, span, cut):
    last = start + timedelta(days=span)
    middle = start + timedelta(days=min(cut, span))
    at_once = [p.key for p in periods_between(frequency, start, last)]
    in_parts = [
        p.key
        for first, until in ((start, middle), (middle, last))
        for p in periods_between(frequency, first, until)
    ]

    assert len(at_once) == len(set(at_once))
    assert set(in_parts) == set(at_once)


def test_nothing_is_owed_before_it_begins():
    assert not list(periods_between(Frequency.DAILY, TUESDAY, TUESDAY - timedelta(days=1)))


def test_a_daily_plan_on_working_days_leaves_out_the_weekend():
    keys = [
        p.key
        for p in periods_between(
            Frequency.DAILY, date(2026, 11, 27), date(2026, 11, 30), work_days_only=True
        )
    ]

    assert keys == ["2026-11-27", "2026-11-30"]


def test_a_weekly_plan_on_working_days_is_due_at_the_end_of_friday():
    (week,) = periods_between(Frequency.WEEKLY, TUESDAY, TUESDAY, work_days_only=True)

    assert week.due_at == datetime(2026, 11, 28, tzinfo=SHANGHAI)
    assert week.key == "2026-W48"


def test_a_made_up_saturday_is_a_working_day():
    # The Labour Day holiday of 2026 was made up for on Saturday 9 May.
    keys = [
        p.key
        for p in periods_between(
            Frequency.DAILY, date(2026, 5, 9), date(2026, 5, 10), work_days_only=True
        )
    ]

    assert keys == ["2026-05-09"]


def test_a_check_is_in_time_until_the_period_ends():
    period = period_of(Frequency.DAILY, TUESDAY)
    late = timedelta(microseconds=1)

    assert is_open(period, period.starts_at)
    assert is_open(period, period.due_at - late)
    assert is_missed(period, period.due_at)
    assert not is_missed(period, period.due_at - late)
