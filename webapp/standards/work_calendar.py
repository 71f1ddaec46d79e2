"""Working days by the State Council's yearly holiday notice, made-up weekend days included.

A year whose notice is not out yet is read as Monday to Friday; ``is_announced`` says which it was.
"""

from datetime import date, timedelta

import chinese_calendar
from chinese_calendar import constants

_ANNOUNCED = frozenset(day.year for day in constants.holidays)
_SATURDAY = 5
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
}


def is_announced(day: date) -> bool:
    """Whether the holiday notice of the day's year is known here."""
    return day.year in _ANNOUNCED


def is_workday(day: date) -> bool:
    """Whether people work on the day; Monday to Friday in a year not announced yet."""
    if not is_announced(day):
        return day.weekday() < _SATURDAY
    return bool(chinese_calendar.is_workday(day))


def next_workday(day: date) -> date:
    """The day itself when it is a working day, otherwise the first one after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def add_workdays(day: date, count: int) -> date:
    """The day that lies ``count`` working days after the given one, which itself never counts.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("工作日数不能为负。")
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def workdays_between(first: date, last: date) -> int:
    """Working days from the first day to the last, both included; 0 when last lies before."""
    span = (last - first).days + 1
    return sum(is_workday(first + timedelta(days=n)) for n in range(span))


def holiday_name(day: date) -> str | None:
    """The Chinese name of the public holiday, None on working days and plain weekends."""
    if not is_announced(day) or is_workday(day):
        return None
    name: str | None = chinese_calendar.get_holiday_detail(day)[1]
    return _NAMES.get(name or "", name)
