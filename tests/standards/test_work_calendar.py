from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.standards.work_calendar import (
    add_workdays,
    holiday_name,
    is_announced,
    is_workday,
    next_workday,
    workdays_between,
)

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize("day", [date(2026, 2, 14), date(2026, 2, 28), date(2026, 10, 10)])
def test_made_up_saturdays_are_working_days(day):
    assert day.weekday() == 5
    assert is_workday(day)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "元旦"),
        (date(2026, 2, 17), "春节"),
        (date(2026, 4, 6), "清明节"),
        (date(2026, 5, 1), "劳动节"),
        (date(2026, 6, 19), "端午节"),
        (date(2026, 9, 25), "中秋节"),
        (date(2026, 10, 1), "国庆节"),
    ],
)
def test_public_holidays_bear_their_names(day, name):
    assert not is_workday(day)
    assert holiday_name(day) == name


def test_plain_days_bear_no_name():
    assert holiday_name(date(2026, 11, 22)) is None
    assert holiday_name(date(2026, 11, 24)) is None
    assert holiday_name(date(2035, 10, 1)) is None


def test_a_year_not_announced_is_monday_to_friday():
    assert not is_announced(date(2035, 10, 1))
    assert is_workday(date(2035, 10, 1))
    assert not is_workday(date(2035, 10, 6))
    assert is_announced(date(2026, 12, 31))


def test_counting_skips_the_national_holiday():
    assert add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert add_workdays(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert next_workday(date(2026, 10, 1)) == date(2026, 10, 8)
    assert next_workday(date(2026, 10, 10)) == date(2026, 10, 10)
    assert workdays_between(date(2026, 10, 1), date(2026, 10, 10)) == 3


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="不能为负"):
        add_workdays(date(2026, 11, 24), -1)


@given(DAYS, st.integers(0, 40))
def test_added_days_are_exactly_that_many_working_days_away(day, count):
    end = add_workdays(day, count)

    assert workdays_between(day + timedelta(days=1), end) == count
    assert count == 0 or is_workday(end)


@given(DAYS)
def test_the_next_workday_is_a_workday_within_two_weeks(day):
    found = next_workday(day)

    assert is_workday(found)
    assert timedelta(0) <= found - day < timedelta(days=14)
