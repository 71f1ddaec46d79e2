"""The colour of a shape on a four-colour map, and what the map's legend counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from webapp.standards.risk_methods import RiskLevel

UNRATED = "未评价"
RULE = "颜色取区域内现有风险的最高残余等级，随风险清单即时变化。"


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A level and how many shapes have it; no level for shapes without any risk."""

    level: RiskLevel | None
    shapes: int

    @property
    def words(self) -> str:
        """The level with its colour: 重大风险（红）."""
        return f"{self.level.full_words}（{self.level.colour_words}）" if self.level else UNRATED


def shape_level(levels: Iterable[RiskLevel]) -> RiskLevel | None:
    """The level of a shape: the gravest of what is in it; None where there is no risk."""
    return min(levels, key=lambda level: level.number, default=None)


def legend(levels: Iterable[RiskLevel | None]) -> tuple[LegendEntry, ...]:
    """The four levels, the gravest first, and the shapes without a level where there are any."""
    found = list(levels)
    entries = [LegendEntry(level, found.count(level)) for level in RiskLevel]
    unrated = found.count(None)
    return (*entries, LegendEntry(None, unrated)) if unrated else tuple(entries)
