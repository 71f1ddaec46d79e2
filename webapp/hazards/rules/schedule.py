"""What is due when: the periods of a check plan, each of them exactly once.

A period is the unit in which a plan owes one check. Its key together with the plan's id names
the task, so generating twice cannot make two.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from webapp.risks.rules.control_levels import Frequency
from webapp.standards import work_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)

MAKE_UP_DAYS = 7
"""How long after its end a missed check can still be made up; then it stays missed."""


_MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 12,
}


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift's name and hours; one that ends at or before its start ends the next day."""

    name: str
    starts: time
    ends: time


THREE_SHIFTS = (
    Shift("夜班", time(0), time(8)),
    Shift("白班", time(8), time(16)),
    Shift("中班", time(16), time(0)),
)


@dataclass(frozen=True, slots=True)
class Period:
    """A span in which one check is owed.

    `first_on` and `last_on` are both inside; the check is late from `due_at` on.
    """

    frequency: Frequency
    key: str
    first_on: date
    last_on: date
    starts_at: datetime
    due_at: datetime
    words: str


def period_of(frequency: Frequency, day: date) -> Period:
    """The period of a daily or rarer frequency in which a day lies.

    Raises ValueError for shifts, of which a day has several: see `shifts_of`.
    """
    match frequency:
        case Frequency.EACH_SHIFT:
            raise ValueError("a day has several shifts")
        case Frequency.DAILY:
            return _period(frequency, day.isoformat(), day, day)
        case Frequency.WEEKLY:
            monday = day - timedelta(days=day.weekday())
            year, week, _ = day.isocalendar()
            return _period(frequency, f"{year}-W{week:02}", monday, monday + timedelta(days=6))
        case _:
            return _months_period(frequency, day)


def shifts_of(day: date, shifts: tuple[Shift, ...] = THREE_SHIFTS) -> tuple[Period, ...]:
    """The shifts that begin on a day, in their order."""
    return tuple(_shift_period(day, shift, number) for number, shift in enumerate(shifts, 1))


def periods_between(
    frequency: Frequency,
    first: date,
    last: date,
    *,
    work_days_only: bool = False,
    shifts: tuple[Shift, ...] = THREE_SHIFTS,
) -> Iterator[Period]:
    """The periods that touch the days from first to last, both inside, in order.

    With `work_days_only` a period without a working day owes nothing, and a longer one is due
    at the end of its last working day.
    """
    day = first
    while day <= last:
        found = _periods_at(frequency, day, shifts)
        for period in found:
            owed = _on_work_days(period) if work_days_only else period
            if owed is not None:
                yield owed
        day = found[-1].last_on + _DAY


def next_period(period: Period) -> Period:
    """The period after one that is not a shift."""
    return period_of(period.frequency, period.last_on + _DAY)


def is_open(period: Period, at: datetime) -> bool:
    """Whether the period's check can be done in time at this instant."""
    return period.starts_at <= at < period.due_at


def is_missed(period: Period, at: datetime) -> bool:
    """Whether the period is over at this instant; a check handed in later counts as late."""
    return at >= period.due_at


def due_day(due_at: datetime) -> date:
    """The last calendar day on which a check is in time; midnight ends the day before it."""
    return (due_at - _INSTANT).astimezone(SHANGHAI).date()


def due_shown(due_at: datetime) -> date | datetime:
    """How a deadline is shown: as its last day when it ends with it, else as an instant."""
    local = due_at.astimezone(SHANGHAI)
    return due_day(due_at) if local.time() == time(0) else due_at


def is_past_making_up(due_at: datetime, at: datetime) -> bool:
    """Whether a missed check is too old to be made up."""
    return at > due_at + timedelta(days=MAKE_UP_DAYS)


def owed_periods(frequency: Frequency, first: date, last: date, at: datetime) -> tuple[Period, ...]:
    """The periods a plan owes from the first to the last day as seen at an instant.

    A period that was over before its task existed is not owed: nobody was asked, so nobody
    missed it. That happens when the service stood still, and with a plan made at noon.
    """
    found = periods_between(frequency, first, last)
    return tuple(period for period in found if not is_missed(period, at))


def _periods_at(frequency: Frequency, day: date, shifts: tuple[Shift, ...]) -> tuple[Period, ...]:
    if frequency is Frequency.EACH_SHIFT:
        return shifts_of(day, shifts)
    return (period_of(frequency, day),)


def _months_period(frequency: Frequency, day: date) -> Period:
    months = _MONTHS[frequency]
    number = (day.month - 1) // months
    last_month = (number + 1) * months
    first = date(day.year, last_month - months + 1, 1)
    last = date(day.year, last_month, monthrange(day.year, last_month)[1])
    marks = {
        Frequency.MONTHLY: f"{day.year}-{day.month:02}",
        Frequency.QUARTERLY: f"{day.year}-Q{number + 1}",
        Frequency.HALF_YEARLY: f"{day.year}-H{number + 1}",
        Frequency.YEARLY: f"{day.year}",
    }
    return _period(frequency, marks[frequency], first, last)


def _period(frequency: Frequency, key: str, first: date, last: date) -> Period:
    starts_at, due_at = _midnight(first), _midnight(last + _DAY)
    return Period(frequency, key, first, last, starts_at, due_at, _period_words(frequency, key))


def _shift_period(day: date, shift: Shift, number: int) -> Period:
    ends_on = day if shift.ends > shift.starts else day + _DAY
    return Period(
        Frequency.EACH_SHIFT,
        f"{day.isoformat()}-S{number}",
        day,
        day,
        datetime.combine(day, shift.starts, SHANGHAI),
        datetime.combine(ends_on, shift.ends, SHANGHAI),
        f"{day.month}月{day.day}日{shift.name}",
    )


def _period_words(frequency: Frequency, key: str) -> str:
    year = key[:4]
    match frequency:
        case Frequency.WEEKLY:
            return f"{year}年第{int(key[6:])}周"
        case Frequency.MONTHLY:
            return f"{year}年{int(key[5:])}月"
        case Frequency.QUARTERLY:
            return f"{year}年第{'一二三四'[int(key[6:]) - 1]}季度"
        case Frequency.HALF_YEARLY:
            return f"{year}年{'上下'[int(key[6:]) - 1]}半年"
        case Frequency.YEARLY:
            return f"{year}年"
        case _:
            return f"{int(key[5:7])}月{int(key[8:10])}日"


def _on_work_days(period: Period) -> Period | None:
    day = period.last_on
    while day >= period.first_on and not work_calendar.is_workday(day):
        day -= _DAY
    if day < period.first_on:
        return None
    if day == period.last_on:
        return period
    return Period(
        period.frequency,
        period.key,
        period.first_on,
        period.last_on,
        period.starts_at,
        _midnight(day + _DAY),
        period.words,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), SHANGHAI)
