"""How well an enterprise of the demo city minds its safety, from the best to the idle one."""

from dataclasses import dataclass
from enum import StrEnum


class Conduct(StrEnum):
    """What kind of enterprise it is; scores spread from 优秀 to 不达标."""

    EXCELLENT = "excellent"
    GOOD = "good"
    CLEAN = "clean"
    """Ticks everything off and never finds a hazard."""
    FAIR = "fair"
    POOR = "poor"
    IDLE = "idle"
    """Has a ledger and no check for ninety days."""

    @property
    def habits(self) -> "Habits":
        """What it does, in numbers."""
        return _HABITS[self]


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares from 0 to 1; ``hazards`` is a number for ninety days."""

    done: float
    """Checks done in time."""
    late: float
    """Checks done after their time; the rest is missed."""
    mobile: float
    """Checks sent from the spot by phone."""
    signed: float
    """Staff that signed their responsibility lists."""
    answered: float
    """Risks whose measures are shared out along the chain of control."""
    hazards: int
    punctual: float
    """Hazards rectified by their day."""
    frontline: float
    """Hazards that workers report."""
    silent_days: int = 0
    """So many last days without any check."""


_HABITS = {
    Conduct.EXCELLENT: Habits(0.97, 0.02, 0.96, 1.0, 1.0, 18, 0.98, 0.6),
    Conduct.GOOD: Habits(0.92, 0.04, 0.88, 0.9, 0.9, 16, 0.88, 0.45),
    Conduct.CLEAN: Habits(0.99, 0.0, 0.7, 0.9, 0.8, 0, 1.0, 0.0),
    Conduct.FAIR: Habits(0.82, 0.08, 0.7, 0.7, 0.7, 13, 0.75, 0.25),
    Conduct.POOR: Habits(0.68, 0.1, 0.5, 0.45, 0.5, 11, 0.55, 0.1, 3),
    Conduct.IDLE: Habits(0.0, 0.0, 0.0, 0.2, 0.2, 2, 0.0, 0.0, 999),
}
