"""A risk event as it is proposed, and what keeps it from entering the ledger."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from webapp.risks.rules.assessment import Assessment, assess, refused_residual
from webapp.risks.rules.control_levels import (
    Frequency,
    answering_level,
    default_frequency,
    refused_level,
)
from webapp.risks.rules.direct_judgement import raised
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.refusal import Refusal
from webapp.standards.risk_methods import (
    ControlLevel,
    DirectRule,
    JudgementBasis,
    RiskLevel,
    direct_rules,
)

STATED = "stated"
"""The method of an assessment that a ledger gave as a level alone."""


LONGEST_NAME, LONGEST_WORDS, LONGEST_MEASURE = 100, 1000, 500
"""How many characters a name, a description and a measure may have."""
MOST_MEASURES = 60


@dataclass(frozen=True, slots=True)
class AssessmentDraft:
    """Method, both sets of factors, and the direct-judgement rules declared to apply."""

    method: str
    inherent: Mapping[str, Decimal]
    residual: Mapping[str, Decimal]
    declared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Assessed:
    """Both assessments and the levels after direct judgement, which only raises."""

    inherent: Assessment
    residual: Assessment
    inherent_level: RiskLevel
    residual_level: RiskLevel
    rule: DirectRule | None


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """A measure as typed; without an id it is new, without a frequency it gets its level's."""

    category: MeasureCategory
    description: str
    control_level: ControlLevel
    post_id: UUID | None = None
    frequency: Frequency | None = None
    id: UUID | None = None

    @property
    def rhythm(self) -> Frequency:
        """How often it is checked: as typed, else as usual on its level."""
        return self.frequency or default_frequency(self.control_level)


@dataclass(frozen=True, slots=True)
class EventDraft:
    """All that a person says of a risk event; ``point`` is a name, old or new.

    Without an assessment the one in force stays. A new point comes into being in ``unit``.
    """

    point: str
    point_kind: str
    place: str
    activity: str
    step: str
    hazard_source: str
    description: str
    accident_types: tuple[str, ...]
    consequence: str
    assessment: AssessmentDraft | None
    control_level: ControlLevel | None = None
    department_id: UUID | None = None
    owner_id: UUID | None = None
    remark: str = ""
    measures: tuple[MeasureDraft, ...] = ()
    unit: str = ""

    def answering(self, level: RiskLevel) -> ControlLevel:
        """Which level of the enterprise answers for the event."""
        return answering_level(level, self.control_level)


def declarable_rules() -> tuple[DirectRule, ...]:
    """The rules a person can declare; the one about the value follows from the factors."""
    return tuple(rule for rule in direct_rules() if rule.basis is not JudgementBasis.VALUE)


def assessed(draft: AssessmentDraft) -> Assessed | tuple[Refusal, ...]:
    """Both assessments with direct judgement, or every factor that is wrong.

    Refusals name the fields ``inherent_likelihood``, ``residual_exposure`` and so on.
    """
    sides = {
        "inherent": assess(draft.method, draft.inherent),
        "residual": assess(draft.method, draft.residual),
    }
    wrong = tuple(
        Refusal(found.message, f"{side}_{found.field}")
        for side, found in sides.items()
        if isinstance(found, Refusal)
    )
    inherent, residual = sides["inherent"], sides["residual"]
    if isinstance(inherent, Refusal) or isinstance(residual, Refusal):
        return wrong
    refusal = refused_residual(inherent.level, residual.level)
    if refusal is not None:
        return (refusal,)
    hit = tuple(rule for rule in declarable_rules() if rule.code in draft.declared)
    return Assessed(
        inherent,
        residual,
        raised(inherent.level, hit),
        raised(residual.level, hit),
        hit[0] if hit else None,
    )


def event_refusals(draft: EventDraft, level: RiskLevel) -> tuple[Refusal, ...]:
    """What is missing or too low in a proposed event of this residual level."""
    required = (
        ("point", draft.point, "请填写风险点。"),
        ("hazard_source", draft.hazard_source, "请填写危险源。"),
        ("description", draft.description, "请填写可能发生的风险事件。"),
        ("accident_types", draft.accident_types, "请至少选择一种可能的事故类型。"),
        ("measures", draft.measures, "请至少填写一条管控措施。"),
    )
    missing = [Refusal(message, field) for field, said, message in required if not said]
    chosen = draft.control_level
    too_low = None if chosen is None else refused_level(level, chosen)
    return (*missing, *([too_low] if too_low else ()), *_repeated(draft.measures))


def _repeated(measures: Collection[MeasureDraft]) -> tuple[Refusal, ...]:
    seen: set[tuple[MeasureCategory, str]] = set()
    for measure in measures:
        key = (measure.category, measure.description)
        if key in seen:
            return (Refusal(f"措施“{measure.description[:20]}”填写了两次。", "measures"),)
        seen.add(key)
    return ()
