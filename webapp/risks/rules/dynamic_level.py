"""The level a risk point is shown with now: its assessed level, raised by hazards still open.

An open hazard says that measures on which the assessment relies do not hold. A major hazard makes
its point red until it is closed; a general one raises it one level, to 较大 at most, since it is
no major risk by itself. Nothing here changes an assessment, and nothing ever lowers a level.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from webapp.standards.risk_methods import RiskLevel


@dataclass(frozen=True, slots=True)
class OpenHazard:
    """A hazard at a point that has not been closed."""

    point_id: UUID
    number: str
    title: str
    is_major: bool


@dataclass(frozen=True, slots=True)
class DynamicLevel:
    """The level shown now, the assessed one, and why they differ; empty when they do not."""

    level: RiskLevel | None
    assessed: RiskLevel | None
    reason: str = ""

    @property
    def is_raised(self) -> bool:
        """Whether open hazards have raised it."""
        return self.level is not self.assessed


def dynamic_level(assessed: RiskLevel | None, hazards: Iterable[OpenHazard]) -> DynamicLevel:
    """The level of a point with these open hazards; a point without risks has none to raise."""
    known = tuple(hazards)
    if assessed is None or not known:
        return DynamicLevel(assessed, assessed)
    majors = tuple(hazard for hazard in known if hazard.is_major)
    raised = RiskLevel.MAJOR if majors else _one_up(assessed)
    if raised is assessed:
        return DynamicLevel(assessed, assessed)
    first, *others = majors or known
    kind = "重大隐患" if majors else "隐患"
    more = f"等 {len(others) + 1} 条" if others else ""
    reason = (
        f"评价为{assessed.full_words}；{kind} {first.number}“{first.title[:20]}”{more}未销号，"
        f"按{raised.full_words}显示，销号后恢复"
    )
    return DynamicLevel(raised, assessed, reason)


def _one_up(level: RiskLevel) -> RiskLevel:
    """The next graver level, no graver than 较大; what is graver already stays."""
    if not RiskLevel.SIGNIFICANT.is_above(level):
        return level
    everyone = tuple(RiskLevel)
    return everyone[everyone.index(level) - 1]
