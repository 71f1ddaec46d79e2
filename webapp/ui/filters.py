"""How dates, numbers and levels read on a screen. Pure: the present comes in as an argument."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from jinja2 import Environment

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTHING = "—"
WEEKDAYS = "一二三四五六日"
LEVEL_WORDS = {"major": "重大", "significant": "较大", "moderate": "一般", "low": "低"}
_KILO = 1024
_MINUTES_AN_HOUR = 60

Number = int | float | Decimal


def local(value: date | datetime) -> date | datetime:
    """The instant as Shanghai's clock shows it; a plain date or a naive time is already local."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(SHANGHAI)
    return value


def _day_of(value: date | datetime) -> date:
    shown = local(value)
    return shown.date() if isinstance(shown, datetime) else shown


def iso_date(value: date | datetime | None) -> str:
    """2026-11-24."""
    return NOTHING if value is None else _day_of(value).isoformat()


def long_date(value: date | datetime | None) -> str:
    """2026年11月24日, for documents and sentences."""
    if value is None:
        return NOTHING
    day = _day_of(value)
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(value: date | datetime | None) -> str:
    """11月24日, where the year is plain."""
    if value is None:
        return NOTHING
    day = _day_of(value)
    return f"{day.month}月{day.day}日"


def clock_time(value: datetime | None) -> str:
    """10:42 on a 24-hour clock."""
    return NOTHING if value is None else f"{local(value):%H:%M}"


def moment(value: datetime | None) -> str:
    """11月24日 10:42."""
    return NOTHING if value is None else f"{short_date(value)} {clock_time(value)}"


def timestamp(value: datetime | None) -> str:
    """2026-11-24 10:42, for records."""
    return NOTHING if value is None else f"{local(value):%Y-%m-%d %H:%M}"


def machine_time(value: date | datetime | None) -> str:
    """Value of a time element's datetime attribute."""
    return "" if value is None else local(value).isoformat()


def weekday(value: date | datetime | None) -> str:
    """星期二."""
    return NOTHING if value is None else f"星期{WEEKDAYS[_day_of(value).weekday()]}"


def due_word(due: date | datetime | None, now: date | datetime) -> str:
    """How far away a deadline is: 逾期 2 天, 已过 42 分钟, 今天 18:00 前, 明天, 3 天后.

    A deadline that is a plain date lasts until the end of that day.
    """
    if due is None:
        return "未定期限"
    days = (_day_of(due) - _day_of(now)).days
    if days < 0:
        return f"逾期 {-days} 天"
    if days == 0:
        return _due_today(due, now)
    return "明天" if days == 1 else f"{days} 天后"


def _due_today(due: date | datetime, now: date | datetime) -> str:
    if not isinstance(due, datetime):
        return "今天"
    if isinstance(now, datetime) and now > due:
        return f"已过 {_span_words(now - due)}"
    return f"今天 {clock_time(due)} 前"


def _span_words(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < _MINUTES_AN_HOUR:
        return f"{minutes} 分钟"
    return f"{minutes // _MINUTES_AN_HOUR} 小时"


def due_tone(due: date | datetime | None, now: date | datetime, soon_days: int = 1) -> str:
    """`late` past the deadline, `soon` within `soon_days` calendar days, else empty."""
    if due is None:
        return ""
    days = (_day_of(due) - _day_of(now)).days
    is_past_today = (
        days == 0 and isinstance(due, datetime) and isinstance(now, datetime) and now > due
    )
    if days < 0 or is_past_today:
        return "late"
    return "soon" if days <= soon_days else ""


def ago(value: date | datetime | None, now: datetime) -> str:
    """How long since an instant: 刚刚, 5 分钟前, 3 小时前, 昨天 09:10, else 11月20日 09:10."""
    if value is None:
        return NOTHING
    days = (_day_of(now) - _day_of(value)).days
    if not isinstance(value, datetime):
        return "今天" if days == 0 else "昨天" if days == 1 else short_date(value)
    if days == 0:
        span = now - value
        return "刚刚" if span < timedelta(minutes=1) else f"{_span_words(span)}前"
    if days == 1:
        return f"昨天 {clock_time(value)}"
    is_this_year = _day_of(value).year == _day_of(now).year
    return moment(value) if is_this_year else timestamp(value)


def number(value: Number | None, digits: int | None = None) -> str:
    """1,234 with thousands grouped; `digits` fixes the decimals, else as many as there are."""
    if value is None:
        return NOTHING
    return f"{value:,}" if digits is None else f"{value:,.{digits}f}"


def percent(ratio: Number | None, digits: int = 1) -> str:
    """84.7% from the ratio 0.847."""
    return NOTHING if ratio is None else f"{ratio * 100:,.{digits}f}%"


def points(value: Number | None, digits: int = 2) -> str:
    """Score points without a sign: 1.15."""
    return NOTHING if value is None else f"{value:,.{digits}f}"


def gain(value: Number | None, digits: int = 2) -> str:
    """Score points won or lost, always with a sign: +1.15, −0.58."""
    if value is None:
        return NOTHING
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return f"{sign}{abs(value):,.{digits}f}"


def word(value: object, words: Mapping[str, str], otherwise: str = NOTHING) -> str:
    """The Chinese word of a choice, by a mapping that the page's room supplies."""
    return otherwise if value is None else words.get(str(value), otherwise)


def level_word(level: str | None, *, short: bool = False) -> str:
    """重大风险 and so on; short: 重大. A risk not yet assessed is 未评价."""
    if level is None:
        return "未评价"
    return LEVEL_WORDS[level] if short else f"{LEVEL_WORDS[level]}风险"


def uscc(value: str | None) -> str:
    """A unified social credit code in the groups of GB 32100: 2, 6, 9 and 1 characters."""
    if not value:
        return NOTHING
    return " ".join(part for part in (value[:2], value[2:8], value[8:17], value[17:]) if part)


def file_size(byte_count: int | None) -> str:
    """12 B, 348 KB, 2.4 MB."""
    if byte_count is None:
        return NOTHING
    if byte_count < _KILO:
        return f"{byte_count} B"
    if byte_count < _KILO**2:
        return f"{byte_count / _KILO:.0f} KB"
    if byte_count < _KILO**3:
        return f"{byte_count / _KILO**2:.1f} MB"
    return f"{byte_count / _KILO**3:.1f} GB"


def initial(name: str | None) -> str:
    """The one character that stands for a person in a round mark."""
    return (name or "").strip()[:1]


def register(environment: Environment) -> None:
    """Make the filters known to a template environment."""
    environment.filters.update(
        iso_date=iso_date,
        long_date=long_date,
        short_date=short_date,
        clock_time=clock_time,
        moment=moment,
        timestamp=timestamp,
        machine_time=machine_time,
        weekday=weekday,
        due_word=due_word,
        due_tone=due_tone,
        ago=ago,
        number=number,
        percent=percent,
        points=points,
        gain=gain,
        word=word,
        level_word=level_word,
        uscc=uscc,
        file_size=file_size,
        initial=initial,
    )
