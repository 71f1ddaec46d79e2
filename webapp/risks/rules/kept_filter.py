"""A filter of the ledger as it travels with a job."""

from typing import Any
from uuid import UUID

from webapp.risks.rules.filters import LedgerFilter, View
from webapp.standards.risk_methods import ControlLevel, RiskLevel


def as_values(wanted: LedgerFilter) -> dict[str, Any]:
    """The filter as plain values; how it is sorted does not matter to a job."""
    return {
        "text": wanted.text,
        "view": wanted.view.value,
        "level": wanted.level,
        "department": None if wanted.department_id is None else str(wanted.department_id),
        "accident": wanted.accident_type,
        "control": wanted.control_level,
        "person": None if wanted.person_id is None else str(wanted.person_id),
    }


def from_values(values: dict[str, Any]) -> LedgerFilter:
    """The filter that `as_values` wrote."""
    return LedgerFilter(
        text=values["text"],
        view=View(values["view"]),
        level=None if values["level"] is None else RiskLevel(values["level"]),
        department_id=_id(values["department"]),
        accident_type=values["accident"],
        control_level=None if values["control"] is None else ControlLevel(values["control"]),
        person_id=_id(values["person"]),
    )


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
