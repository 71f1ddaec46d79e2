"""One risk event with all that hangs on it, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from webapp.platform.clock import local_date
from webapp.risks.queries.rows import LedgerRow
from webapp.risks.rules.control_levels import Frequency
from webapp.risks.rules.drafts import STATED, declarable_rules
from webapp.risks.rules.words import method_words
from webapp.standards.control_measure_categories import MeasureCategory, shortfall
from webapp.standards.risk_methods import ControlLevel, DirectRule, RiskLevel, direct_rules, method


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A factor with the words of its value."""

    symbol: str
    value: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """An assessment in force."""

    kind: str
    method: str
    version: str
    factors: Mapping[str, Decimal]
    value: Decimal | None
    level: RiskLevel
    direct_rule: str
    assessed_at: datetime

    @property
    def method_words(self) -> str:
        """The method's short name."""
        return method_words(self.method)

    @property
    def product(self) -> str:
        """The factors as a product: 3 × 6 × 15."""
        return " × ".join(str(value) for value in self.factors.values())

    @property
    def factor_rows(self) -> tuple[FactorRow, ...]:
        """Each factor with what its value means in the method's table."""
        if self.method == STATED:
            return ()
        known = method(self.method, self.version)
        return tuple(
            FactorRow(factor.symbol, value, row.words)
            for factor in known.factors
            if (value := self.factors.get(factor.code)) is not None
            for row in factor.values
            if row.value == value
        )

    @property
    def rule(self) -> DirectRule | None:
        """The direct-judgement rule that raised it, if one did."""
        return next((rule for rule in direct_rules() if rule.code == self.direct_rule), None)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A control measure in force."""

    id: UUID
    category: MeasureCategory
    description: str
    control_level: ControlLevel
    post_id: UUID | None
    post_name: str
    frequency: Frequency

    @property
    def detail(self) -> str:
        """How often and by whom: 每班 · 浇注工."""
        who = self.post_name or self.control_level.words.removesuffix("级")
        return f"{self.frequency.words} · {who}"


@dataclass(frozen=True, slots=True)
class EventDetail:
    """An event with both assessments and its measures."""

    row: LedgerRow
    point_kind: str
    place: str
    unit_name: str
    consequence: str
    department_id: UUID | None
    department_words: str
    owner_id: UUID | None
    remark: str
    inherent: AssessmentRow | None
    residual: AssessmentRow | None
    measures: tuple[MeasureRow, ...]

    @property
    def by_kind(self) -> tuple[tuple[MeasureCategory, tuple[MeasureRow, ...]], ...]:
        """The measures under their five kinds, empty kinds too."""
        return tuple(
            (kind, tuple(m for m in self.measures if m.category is kind))
            for kind in MeasureCategory
        )

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """The measures under their five kinds, as the list of measures shows them."""
        return [
            {
                "label": kind.words,
                "measures": [{"text": m.description, "detail": m.detail} for m in measures],
            }
            for kind, measures in self.by_kind
        ]

    @property
    def assessed_words(self) -> str:
        """By which method and when it was assessed: LEC · 2026-11-24 评价."""
        if self.residual is None:
            return ""
        day = local_date(self.residual.assessed_at)
        return f"{self.residual.method_words} · {day.year} 年 {day.month} 月 {day.day} 日评价"

    @property
    def judgement_words(self) -> str:
        """Whether direct judgement made it major, and by which rule."""
        if self.residual is None or not self.residual.direct_rule:
            return f"未命中 {len(declarable_rules())} 条直接判定规则"
        rule = self.residual.rule
        return rule.text if rule else "原台账注明为直接判定"

    @property
    def shortfall(self) -> str | None:
        """What the event lacks in kinds of measures, in words."""
        return shortfall(self.row.level, self.row.kinds)

    @property
    def control_words(self) -> str:
        """Which levels control it: 部门级，班组、岗位同时管控."""
        top, *lower = self.row.control_level.with_lower
        names = "、".join(level.words.removesuffix("级") for level in lower)
        return f"{top.words}，{names}同时管控" if names else top.words
