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
    Conduct.EXCELLENT: Habits(0.98, 0.01, 0.93, 0.97, 0.97, 18, 0.97, 0.55),
    Conduct.GOOD: Habits(0.95, 0.03, 0.86, 0.88, 0.9, 16, 0.9, 0.4),
    Conduct.CLEAN: Habits(1.0, 0.0, 0.7, 0.9, 0.8, 0, 1.0, 0.0),
    Conduct.FAIR: Habits(0.85, 0.07, 0.7, 0.7, 0.7, 13, 0.75, 0.15),
    Conduct.POOR: Habits(0.7, 0.1, 0.5, 0.45, 0.5, 11, 0.55, 0.06, 3),
    Conduct.IDLE: Habits(0.0, 0.0, 0.0, 0.2, 0.2, 2, 0.6, 0.0, 999),
}
