"""Which risks must be assessed again, and why.

A ledger is reviewed at least once a year and whenever what it rests on changes: new equipment or
processes, an accident, new law, a measure that keeps failing (总局令第16号; DB41 与 DB37 双重预防
通则的动态评估条款).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from webapp.risks.rules.state import REVIEWED_WITHIN
from webapp.risks.rules.words import number_words


class TriggerKind(StrEnum):
    """What makes an assessment out of date before its year is over."""

    EQUIPMENT = "equipment"
    PROCESS = "process"
    ACCIDENT = "accident"
    LAW = "law"
    ORGANISATION = "organisation"

    @property
    def words(self) -> str:
        """The trigger as users read it."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    TriggerKind.EQUIPMENT: "新增或更换设备设施",
    TriggerKind.PROCESS: "工艺、材料或作业方式变化",
    TriggerKind.ACCIDENT: "本单位或同类企业发生事故",
    TriggerKind.LAW: "法律法规或标准变化",
    TriggerKind.ORGANISATION: "组织机构或人员有较大调整",
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """Something that happened; ``point_id`` None means everywhere."""

    kind: TriggerKind
    words: str
    happened_on: date
    declared_at: datetime
    point_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """A risk in force with when it was last assessed."""

    event_id: UUID
    number: int
    point_id: UUID
    point: str
    description: str
    level: str
    assessed_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A risk to assess again, with every reason for it."""

    event_id: UUID
    number: int
    point: str
    description: str
    level: str
    assessed_at: datetime
    reasons: tuple[str, ...]

    @property
    def number_words(self) -> str:
        """The risk's number as people call it."""
        return number_words(self.number)


def due_reviews(
    rows: Iterable[Assessed],
    triggers: Iterable[Trigger],
    repeated: Mapping[UUID, datetime],
    *,
    now: datetime,
) -> tuple[Due, ...]:
    """The risks to assess again, those assessed longest ago first.

    ``repeated``: event → when a hazard last came back at one of its measures. What happened
    before an assessment has been considered by it.
    """
    known = tuple(triggers)
    found = []
    for row in rows:
        reasons = tuple(_reasons(row, known, repeated.get(row.event_id), now))
        if reasons:
            found.append(
                Due(
                    row.event_id,
                    row.number,
                    row.point,
                    row.description,
                    row.level,
                    row.assessed_at,
                    reasons,
                )
            )
    return tuple(sorted(found, key=lambda due: (due.assessed_at, due.number)))


def _reasons(
    row: Assessed, triggers: Iterable[Trigger], came_back: datetime | None, now: datetime
) -> Iterable[str]:
    if now - row.assessed_at > REVIEWED_WITHIN:
        yield "上次评价已满一年"
    if came_back is not None and came_back > row.assessed_at:
        yield "同一措施 90 天内再次出现隐患"
    for trigger in triggers:
        concerns = trigger.point_id in (None, row.point_id)
        if concerns and trigger.declared_at > row.assessed_at:
            day = trigger.happened_on
            yield f"{day.year} 年 {day.month} 月 {day.day} 日{trigger.kind.words}：{trigger.words}"
