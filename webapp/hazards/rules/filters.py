"""What lists are narrowed to."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardSource, HazardState
from webapp.risks.rules.control_levels import Frequency


@dataclass(frozen=True, slots=True)
class HazardFilter:
    """What the list is narrowed to; ``today`` decides what is overdue."""

    today: date
    state: HazardState | None = None
    is_open: bool = False
    awaits_reinspection: bool = False
    level: HazardLevel | None = None
    source: HazardSource | None = None
    department_id: UUID | None = None
    is_overdue: bool = False
    due_today: bool = False
    assigned_to: UUID | None = None
    reported_by_user: UUID | None = None
    point_id: UUID | None = None
    q: str = ""


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """What the plan page is narrowed to."""

    q: str = ""
    department_id: UUID | None = None
    frequency: Frequency | None = None
    paused: bool = False
    point_id: UUID | None = None
