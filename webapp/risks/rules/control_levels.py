"""Who controls a risk and how often: from the risk's level to the levels of the enterprise.

What an upper level controls, each lower level controls too, with its own measures.
"""

from collections.abc import Iterable
from enum import StrEnum

from webapp.standards.check_types import Unit, frequencies
from webapp.standards.refusal import Refusal
from webapp.standards.risk_methods import ControlLevel, RiskLevel
from webapp.standards.risk_methods import control_level as standard_control_level


class Frequency(StrEnum):
    """How often a measure is checked and a plan asks for a check, most often first."""

    EACH_SHIFT = "each_shift"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"

    @property
    def words(self) -> str:
        """每班, 每日 … 每年."""
        return _FREQUENCY_WORDS[self]


_FREQUENCY_WORDS = {
    Frequency.EACH_SHIFT: "每班",
    Frequency.DAILY: "每日",
    Frequency.WEEKLY: "每周",
    Frequency.MONTHLY: "每月",
    Frequency.QUARTERLY: "每季度",
    Frequency.HALF_YEARLY: "每半年",
    Frequency.YEARLY: "每年",
}
_BY_CYCLE: dict[tuple[int | None, Unit | None], Frequency] = {
    (1, Unit.SHIFT): Frequency.EACH_SHIFT,
    (1, Unit.DAY): Frequency.DAILY,
    (7, Unit.DAY): Frequency.WEEKLY,
    (1, Unit.MONTH): Frequency.MONTHLY,
    (3, Unit.MONTH): Frequency.QUARTERLY,
    (6, Unit.MONTH): Frequency.HALF_YEARLY,
    (12, Unit.MONTH): Frequency.YEARLY,
}


def controlling_levels(
    level: RiskLevel, chosen: ControlLevel | None = None, *, scheme: str = "four"
) -> tuple[ControlLevel, ...]:
    """All levels that must control a risk, highest first.

    ``chosen`` is the enterprise's own setting; one below the standard's is raised to it.
    """
    return answering_level(level, chosen, scheme=scheme).with_lower


def answering_level(
    level: RiskLevel, chosen: ControlLevel | None = None, *, scheme: str = "four"
) -> ControlLevel:
    """The level that answers for a risk: the standard's, or a higher one the enterprise chose."""
    standard = standard_control_level(level, scheme=scheme)
    if chosen is None or _is_below(chosen, standard):
        return standard
    return chosen


def refused_level(
    level: RiskLevel, chosen: ControlLevel, *, scheme: str = "four"
) -> Refusal | None:
    """Why a control level may not be chosen: it may be higher than the standard's, never lower."""
    standard = standard_control_level(level, scheme=scheme)
    if not _is_below(chosen, standard):
        return None
    return Refusal(
        f"{level.full_words}至少由{standard.words}管控，不能降为{chosen.words}。",
        "control_level",
    )


def missing_levels(
    level: RiskLevel, present: Iterable[ControlLevel], chosen: ControlLevel | None = None
) -> tuple[ControlLevel, ...]:
    """The levels that must control a risk and have no measure or person yet."""
    there = set(present)
    return tuple(wanted for wanted in controlling_levels(level, chosen) if wanted not in there)


def default_frequency(control: ControlLevel) -> Frequency:
    """How often a level checks its measures where the enterprise says nothing.

    From the standards' table of general frequencies, which the law leaves to the enterprise. A
    level that controls a risk by the enterprise's own choice keeps its usual rhythm there too.
    """
    row = next(row for row in frequencies("general") if row.who == control.value)
    return _BY_CYCLE[(row.every, row.unit)]


def _is_below(one: ControlLevel, other: ControlLevel) -> bool:
    everyone = tuple(ControlLevel)
    return everyone.index(one) > everyone.index(other)
