"""From a row of an imported ledger to the values of an event, its assessments and measures."""

from dataclasses import dataclass
from typing import Any

from webapp.risks.rules.assignment import Assignment
from webapp.risks.rules.control_levels import answering_level, default_frequency
from webapp.risks.rules.drafts import STATED
from webapp.risks.rules.duplicates import event_words
from webapp.risks.rules.import_ledger.records import Grade, LedgerRow
from webapp.standards.ledger_templates import CheckMethod
from webapp.standards.risk_methods import RiskLevel, method

AS_STATED = "stated"
"""The rule of a level that the file itself calls directly judged, without saying by which."""


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """Values by column name: of the event, of each assessment, of each measure."""

    columns: dict[str, Any]
    assessments: tuple[tuple[str, dict[str, Any]], ...]
    measures: tuple[dict[str, Any], ...]


def imported_event(row: LedgerRow, who: Assignment) -> ImportedEvent:
    """The event of a row that nothing keeps out.

    One assessment stands for both, the inherent and the residual one. Where a post is known, a
    measure is controlled on its level and checked as the file says, else as usual there.
    """
    residual = row.residual if row.residual and row.residual.level else row.grade
    inherent = row.grade
    level = _level(residual)
    control = answering_level(level, row.control_level)
    on_level = who.control_level or control
    frequency = row.frequency or default_frequency(on_level)
    return ImportedEvent(
        {
            "description": event_words(row),
            "accident_types": list(row.accident_types),
            "consequence": row.outcome,
            "method": _method(residual),
            "value": residual.value,
            "level": level,
            "inherent_level": _level(inherent),
            "control_level": control,
            "department_id": who.department_id,
            "owner_id": who.owner_id,
            "department_words": who.department_words,
            "owner_words": who.owner_words,
            "remark": _remark(row),
            "is_proposed": False,
            "origin": "",
        },
        (("inherent", _assessment(inherent)), ("residual", _assessment(residual))),
        tuple(
            {
                "category": measure.kind,
                "description": measure.text,
                "item": "",
                "check_method": CheckMethod.VISUAL,
                "control_level": on_level,
                "post_id": who.post_id,
                "frequency": frequency,
            }
            for measure in row.measures
        ),
    )


def _level(grade: Grade) -> RiskLevel:
    if grade.level is None:
        raise ValueError("a row without a level is not ready")
    return grade.level


def _method(grade: Grade) -> str:
    return grade.method or STATED


def _assessment(grade: Grade) -> dict[str, Any]:
    level = _level(grade)
    is_judged = grade.is_direct and level is RiskLevel.MAJOR
    return {
        "method": _method(grade),
        "method_version": method(grade.method).version if grade.method else "",
        "factors": {code: str(value) for code, value in grade.factors.items()},
        "value": grade.value,
        "level": level,
        "direct_rule": AS_STATED if is_judged else "",
    }


def _remark(row: LedgerRow) -> str:
    improvement = f"建议改进措施：{row.improvement}" if row.improvement else ""
    return "\n".join(part for part in (row.remark, improvement) if part)
