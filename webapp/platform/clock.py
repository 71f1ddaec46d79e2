"""The only place that knows what time it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the clock


def local_date(at: datetime) -> date:
    """The calendar day that an instant belongs to for users, in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).date()
