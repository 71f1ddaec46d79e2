"""From an industry's template to rows of the ledger, each of them a proposal."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from webapp.risks.rules.assessment import Assessment
from webapp.risks.rules.control_levels import answering_level, default_frequency
from webapp.risks.rules.drafts import Assessed, AssessmentDraft, assessed
from webapp.risks.rules.duplicates import Key, risk_key
from webapp.risks.rules.imported import ImportedEvent
from webapp.standards.ledger_templates import (
    LedgerTemplate,
    TemplateMeasure,
    TemplatePoint,
    TemplateProcess,
    TemplateRisk,
)
from webapp.standards.loader import UnfitTable
from webapp.standards.risk_methods import ControlLevel, RiskLevel


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A risk of a template with where it belongs and the values of its event."""

    unit: str
    point: str
    point_kind: str
    activity: str
    step: str
    hazard_source: str
    factor_class: str
    event: ImportedEvent

    @property
    def key(self) -> Key:
        """What makes it the same risk as one that is in the ledger."""
        columns = self.event.columns
        return risk_key(
            point=self.point,
            activity=self.activity,
            step=self.step,
            hazard_source=self.hazard_source,
            description=columns["description"],
            accident_types=columns["accident_types"],
        )


def proposed_rows(template: LedgerTemplate, processes: Collection[str]) -> Iterator[ProposedRow]:
    """The rows of the chosen processes, in the template's order."""
    for process in template.processes:
        if process.code in processes:
            origin = f"{template.code}/{template.version}/{process.code}"
            for point in process.points:
                for risk in point.risks:
                    yield _row(process, point, risk, origin)


def levels_of(process: TemplateProcess) -> Counter[RiskLevel]:
    """How many risks of each residual level a process brings."""
    return Counter(_assessed(risk).residual_level for p in process.points for risk in p.risks)


def _row(
    process: TemplateProcess, point: TemplatePoint, risk: TemplateRisk, origin: str
) -> ProposedRow:
    return ProposedRow(
        unit=process.name,
        point=point.name,
        point_kind=point.kind,
        activity=risk.activity,
        step=risk.step,
        hazard_source=risk.source,
        factor_class=risk.factor_class,
        event=_event(risk, origin),
    )


def _assessed(risk: TemplateRisk) -> Assessed:
    """Both assessments. Raises UnfitTable for factors that the method refuses."""
    declared = frozenset({risk.direct_rule} - {""})
    found = assessed(AssessmentDraft(risk.method, risk.inherent, risk.residual, declared))
    if isinstance(found, tuple):
        raise UnfitTable("; ".join(refusal.message for refusal in found))
    return found


def _event(risk: TemplateRisk, origin: str) -> ImportedEvent:
    found = _assessed(risk)
    control = answering_level(found.residual_level)
    return ImportedEvent(
        {
            "description": risk.event,
            "accident_types": list(risk.accident_types),
            "consequence": risk.consequence,
            "method": found.residual.method,
            "value": found.residual.value,
            "level": found.residual_level,
            "inherent_level": found.inherent_level,
            "control_level": control,
            "department_id": None,
            "owner_id": None,
            "department_words": "",
            "owner_words": "",
            "remark": "",
            "is_proposed": True,
            "origin": origin,
        },
        (
            ("inherent", _assessment(found.inherent, found.inherent_level, found)),
            ("residual", _assessment(found.residual, found.residual_level, found)),
        ),
        tuple(_measure(measure, control) for measure in risk.measures),
    )


def _assessment(side: Assessment, level: RiskLevel, found: Assessed) -> dict[str, Any]:
    return {
        "method": side.method,
        "method_version": side.version,
        "factors": {code: str(value) for code, value in side.factors.items()},
        "value": side.value,
        "level": level,
        "direct_rule": found.rule.code if found.rule else "",
    }


def _measure(measure: TemplateMeasure, control: ControlLevel) -> dict[str, Any]:
    return {
        "category": measure.category,
        "description": measure.text,
        "item": measure.item,
        "check_method": measure.check,
        "control_level": control,
        "post_id": None,
        "frequency": default_frequency(control),
    }
