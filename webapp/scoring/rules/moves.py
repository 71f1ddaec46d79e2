"""What an event moves: standing counts of an enterprise and amounts that belong to a day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class DayMeasure(StrEnum):
    """Amounts kept by day, for an enterprise and for its regions."""

    TASK_DUE = "task_due"
    TASK_ON_TIME = "task_on_time"
    CHECK = "check"
    CHECK_MOBILE = "check_mobile"
    CHECK_LATE = "check_late"
    HAZARD_REPORTED = "hazard_reported"
    HAZARD_FRONTLINE = "hazard_frontline"
    HAZARD_CLOSED = "hazard_closed"
    HAZARD_DUE = "hazard_due"
    HAZARD_ON_TIME = "hazard_on_time"
    HAZARD_OPEN_DUE = "hazard_open_due"
    """Open hazards by their due day: overdue today is the sum of the days before today.

    Those rectified in time are not among them, though they are still to be verified.
    """
    HAZARD_RECTIFIED = "hazard_rectified"
    """Closed hazards by the day they were reported, as the next two."""
    HAZARD_EVIDENCED = "hazard_evidenced"
    HAZARD_REPEATED = "hazard_repeated"
    SCORE_MOVED = "score_moved"
    """Tenths of points that scores moved on a day."""


OWN_DAYS = frozenset(
    {DayMeasure.HAZARD_RECTIFIED, DayMeasure.HAZARD_EVIDENCED, DayMeasure.HAZARD_REPEATED}
)
"""Measures of the enterprise alone, which no region sums."""

LEDGER_COUNTS = (
    "points",
    "points_assessed",
    "departments",
    "departments_covered",
    "risks",
    "risks_major",
    "risks_significant",
    "risks_moderate",
    "risks_low",
    "risks_accurate",
    "risks_measured",
    "duties_required",
    "duties_held",
    "measures_checkable",
    "measures_planned",
    "posts",
    "posts_signed",
    "points_activity",
    "points_physical",
    "plans",
    "misjudged",
)
"""Counts that are taken anew whenever the ledger, the organisation or the plans change."""

RECORD_COUNTS = ("hazards", "hazards_open", "hazards_open_major", "hazards_closed", "checks")
"""Counts that events move one by one."""

COUNTS = LEDGER_COUNTS + RECORD_COUNTS

REGIONAL_COUNTS = (
    "points",
    "risks",
    "risks_major",
    "risks_significant",
    "risks_moderate",
    "risks_low",
    "hazards",
    "hazards_open",
    "hazards_open_major",
    "hazards_closed",
)
"""Standing counts that regions sum as well."""


@dataclass(frozen=True, slots=True)
class Move:
    """One event's effect on one enterprise's counts."""

    enterprise_id: UUID
    at: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[tuple[DayMeasure, date], int] = field(default_factory=dict)
    recounts_ledger: bool = False
    people: frozenset[UUID] = frozenset()
    """Who did something that a person on duty is expected to do."""
    is_check: bool = False
    is_activity: bool = True
    """Somebody did something; the passing of time alone is none."""


@dataclass(frozen=True, slots=True)
class Sum:
    """All moves of a transaction on one enterprise."""

    enterprise_id: UUID
    at: datetime
    counts: Mapping[str, int]
    days: Mapping[tuple[DayMeasure, date], int]
    recounts_ledger: bool
    people: frozenset[UUID]
    checked_at: datetime | None
    active_at: datetime | None


def summed(moves: Iterable[Move]) -> tuple[Sum, ...]:
    """The moves added up by enterprise, in a fixed order, so that rows are locked in that order."""
    by_enterprise: dict[UUID, list[Move]] = {}
    for move in moves:
        by_enterprise.setdefault(move.enterprise_id, []).append(move)
    return tuple(_sum(key, by_enterprise[key]) for key in sorted(by_enterprise))


def _sum(enterprise_id: UUID, moves: list[Move]) -> Sum:
    counts: Counter[str] = Counter()
    days: Counter[tuple[DayMeasure, date]] = Counter()
    for move in moves:
        counts.update(move.counts)
        days.update(move.days)
    return Sum(
        enterprise_id,
        max(move.at for move in moves),
        {name: amount for name, amount in counts.items() if amount},
        {key: amount for key, amount in days.items() if amount},
        any(move.recounts_ledger for move in moves),
        frozenset().union(*(move.people for move in moves)),
        max((move.at for move in moves if move.is_check), default=None),
        max((move.at for move in moves if move.is_activity), default=None),
    )


def due_moved(before: date | None, after: date | None) -> dict[tuple[DayMeasure, date], int]:
    """An open hazard's day moves from one date to another; None is no date."""
    days: Counter[tuple[DayMeasure, date]] = Counter()
    for day, amount in ((before, -1), (after, 1)):
        if day is not None:
            days[DayMeasure.HAZARD_DUE, day] += amount
            days[DayMeasure.HAZARD_OPEN_DUE, day] += amount
    return dict(days)


def owed(due_on: date | None, amount: int) -> dict[tuple[DayMeasure, date], int]:
    """A rectification is owed by its last day (1), or no longer (-1)."""
    return {} if due_on is None else {(DayMeasure.HAZARD_OPEN_DUE, due_on): amount}
