"""What the ledger's list and its head show, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from webapp.risks.rules.control_levels import answering_level
from webapp.risks.rules.filters import View
from webapp.risks.rules.state import RowState, row_state
from webapp.risks.rules.words import activity_words, number_words, type_names
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, RiskLevel


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One risk event as the ledger lists it; the assessment shown is the residual one."""

    id: UUID
    number: int
    point_id: UUID
    point_name: str
    department_name: str
    activity: str
    step: str
    hazard_source: str
    description: str
    accident_types: tuple[str, ...]
    method: str
    factors: Mapping[str, Decimal]
    value: Decimal | None
    level: RiskLevel
    inherent_level: RiskLevel
    control_level: ControlLevel
    owner_name: str
    owner_words: str
    assessed_at: datetime
    measure_count: int
    kinds: tuple[MeasureCategory, ...]
    is_proposed: bool
    version: int

    @property
    def number_words(self) -> str:
        """The number as people call it: R-0031."""
        return number_words(self.number)

    @property
    def activity_words(self) -> str:
        """Activity and step in one."""
        return activity_words(self.activity, self.step)

    @property
    def control_words(self) -> str:
        """Who answers, in short: 公司, 部门, 班组, 岗位."""
        return self.control_level.words.removesuffix("级")

    @property
    def accident_names(self) -> str:
        """The accident types in words."""
        return type_names(self.accident_types)

    @property
    def product(self) -> str:
        """The factors as a product: 3 × 6 × 15."""
        return " × ".join(str(value) for value in self.factors.values())

    def state(self, now: datetime) -> RowState:
        """What the row wants first."""
        return row_state(
            self.level,
            self.kinds,
            is_proposed=self.is_proposed,
            has_owner=bool(self.owner_name),
            assessed_at=self.assessed_at,
            now=now,
        )


@dataclass(frozen=True, slots=True)
class LevelSummary:
    """How many events of a level there are, and how many of them want something."""

    level: RiskLevel
    events: int
    short: int
    unassigned: int

    @property
    def note(self) -> str:
        """Who answers for the level, and what is wanting first."""
        who = f"{answering_level(self.level).words}管控"
        if self.short:
            return f"{who}，{self.short} 条措施不足"
        if self.unassigned:
            return f"{who}，{self.unassigned} 条待指定"
        return f"{who}，责任人齐全" if self.events else who


@dataclass(frozen=True, slots=True)
class LedgerSummary:
    """The head of the ledger: events by level and by what they want; points."""

    levels: tuple[LevelSummary, ...]
    points: int
    mine: int
    proposed: int

    @property
    def events(self) -> int:
        """All events in force."""
        return sum(level.events for level in self.levels)

    def count(self, view: View) -> int:
        """How many rows a tab holds."""
        match view:
            case View.GRAVE:
                grave = (RiskLevel.MAJOR, RiskLevel.SIGNIFICANT)
                return sum(level.events for level in self.levels if level.level in grave)
            case View.SHORT:
                return sum(level.short for level in self.levels)
            case View.UNASSIGNED:
                return sum(level.unassigned for level in self.levels)
            case View.PROPOSED:
                return self.proposed
            case View.MINE:
                return self.mine
            case _:
                return self.events
