"""What officers write of a visit: how it begins, and its account as two of them may write it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
TYPED_TIME = "%Y-%m-%dT%H:%M"

ACCOUNT_FIELDS: Mapping[str, str] = {
    "places": "检查场所",
    "contact_name": "现场负责人",
    "contact_position": "职务",
    "contact_phone": "联系电话",
    "situation": "检查情况",
    "started_at": "开始时间",
    "ended_at": "结束时间",
}
"""What two officers may write at the same time, with the words they are told of it."""


@dataclass(frozen=True, slots=True)
class Start:
    """What is settled before the first step into the plant."""

    second_officer_id: UUID
    places: str
    contact_name: str
    contact_position: str
    contact_phone: str
    is_certificate_shown: bool


@dataclass(frozen=True, slots=True)
class Account:
    """What the officers write of an inspection; times are instants."""

    places: str
    contact_name: str
    contact_position: str
    contact_phone: str
    situation: str
    started_at: datetime
    ended_at: datetime | None

    def texts(self) -> dict[str, str]:
        """The account as texts, as a form shows it and as two versions are compared."""
        return {
            "places": self.places,
            "contact_name": self.contact_name,
            "contact_position": self.contact_position,
            "contact_phone": self.contact_phone,
            "situation": self.situation.replace("\r\n", "\n"),
            "started_at": typed_time(self.started_at),
            "ended_at": typed_time(self.ended_at),
        }


def typed_time(at: datetime | None) -> str:
    """An instant as a form shows it, to the minute, in Shanghai."""
    return "" if at is None else at.astimezone(SHANGHAI).strftime(TYPED_TIME)
