"""What happens in this room, told to the rooms above inside the same transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardSource


@dataclass(frozen=True, slots=True)
class PlansChanged:
    """Check plans or checklists of an enterprise are not what they were."""

    enterprise_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class TasksGenerated:
    """Checks are owed: each task with the day it is due."""

    enterprise_id: UUID
    tasks: tuple[tuple[UUID, date], ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskWaived:
    """A check is no longer owed: its plan has ended or rests."""

    enterprise_id: UUID
    task_id: UUID
    due_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskDone:
    """An owed check was handed in."""

    enterprise_id: UUID
    task_id: UUID
    due_on: date
    on_time: bool
    is_mobile: bool
    is_late: bool
    person_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckSubmitted:
    """A filled check was accepted."""

    enterprise_id: UUID
    check_id: UUID
    task_id: UUID
    normal: int
    abnormal: int
    at: datetime


@dataclass(frozen=True, slots=True)
class HazardOpened:
    """A hazard was found; one of an order already has its date."""

    enterprise_id: UUID
    hazard_id: UUID
    level: HazardLevel
    source: HazardSource
    due_on: date | None
    is_frontline: bool
    is_repeated: bool
    """The same measure had failed in the 90 days before already."""
    reported_by: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class HazardGraded:
    """A hazard's level was decided, or decided anew."""

    enterprise_id: UUID
    hazard_id: UUID
    before: HazardLevel
    after: HazardLevel
    at: datetime


@dataclass(frozen=True, slots=True)
class HazardDueChanged:
    """A hazard's last day was set or moved."""

    enterprise_id: UUID
    hazard_id: UUID
    level: HazardLevel
    before: date | None
    after: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class HazardRectified:
    """A rectification was reported as done and waits for its verification.

    ``on_time`` tells whether that was by the last day; a return takes it back.
    """

    enterprise_id: UUID
    hazard_id: UUID
    level: HazardLevel
    due_on: date | None
    on_time: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class HazardReturned:
    """A rectification did not stand up to its verification; ``was_on_time`` counts no more."""

    enterprise_id: UUID
    hazard_id: UUID
    level: HazardLevel
    due_on: date | None
    was_on_time: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class HazardClosed:
    """A hazard is gone; ``on_time`` tells whether it was rectified by its last day.

    Each was reported as rectified before, one that was found gone in the same moment.

    ``is_evidenced``: verified in words, with a photo of the state after.
    """

    enterprise_id: UUID
    hazard_id: UUID
    level: HazardLevel
    reported_at: datetime
    due_on: date | None
    on_time: bool
    is_evidenced: bool
    source: HazardSource
    at: datetime
