"""Tasks as one walks: rows of the day's page, and the order they make."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from webapp.hazards.rules.schedule import due_day, due_shown
from webapp.risks.rules.control_levels import Frequency
from webapp.standards.risk_methods import RiskLevel


class TaskPart(StrEnum):
    """Where a task belongs on the page, in this order."""

    LATE = "late"
    DUE = "due"
    LATER = "later"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as the day's page shows it."""

    id: UUID
    part: TaskPart
    point: str
    place: str
    unit: str
    post: str
    frequency: Frequency
    opens_at: datetime
    due_at: datetime
    done_at: datetime | None
    check_id: UUID | None
    item_count: int
    level: RiskLevel | None
    value: Decimal | None
    normal: int
    abnormal: int
    done_by: str

    @property
    def due_on(self) -> date:
        """The last day on which it is in time."""
        return due_day(self.due_at)

    @property
    def due_shown(self) -> date | datetime:
        """The day when it ends with the day, else the instant: nobody says 24:00."""
        return due_shown(self.due_at)


@dataclass(frozen=True, slots=True)
class Walk:
    """A page of tasks as one walks: what is late, the numbered stops of today, what can wait."""

    late: tuple[TaskRow, ...]
    stops: tuple[tuple[int, TaskRow], ...]
    later: tuple[TaskRow, ...]
    next: TaskRow | None
    item_count: int


def walk_of(rows: Iterable[TaskRow], at: datetime) -> Walk:
    """The walk that these tasks make; the next stop is the first that can be done now."""
    by_part: dict[TaskPart, list[TaskRow]] = {part: [] for part in TaskPart}
    for row in rows:
        by_part[row.part].append(row)
    stops = by_part[TaskPart.DONE] + by_part[TaskPart.DUE]
    open_rows = (*by_part[TaskPart.DUE], *by_part[TaskPart.LATE], *by_part[TaskPart.LATER])
    return Walk(
        tuple(by_part[TaskPart.LATE]),
        tuple(enumerate(stops, 1)),
        tuple(by_part[TaskPart.LATER]),
        next((row for row in open_rows if row.opens_at <= at), None),
        sum(row.item_count for row in stops),
    )
