"""A finding as it is written: what it was found on, and the officer's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from webapp.inspection.rules.cases import Basis, Disposition

FINDING_FIELDS: Mapping[str, str] = {
    "description": "发现的问题",
    "law_basis": "依据",
    "disposition": "处理方式",
    "due_on": "整改期限",
    "is_major": "是否重大",
}
"""What two officers may write at the same time, with the words they are told of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a finding was found on; ids belong to the enterprise's ledger."""

    basis: Basis
    point_id: UUID | None = None
    event_id: UUID | None = None
    measure_id: UUID | None = None
    criterion_code: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the officer writes of a finding."""

    description: str
    law_basis: str
    disposition: Disposition
    due_on: date | None
    is_major: bool

    def texts(self) -> dict[str, str]:
        """The words as texts, for comparing two versions."""
        return {
            "description": self.description.replace("\r\n", "\n"),
            "law_basis": self.law_basis.replace("\r\n", "\n"),
            "disposition": self.disposition.value,
            "due_on": self.due_on.isoformat() if self.due_on else "",
            "is_major": "true" if self.is_major else "",
        }


def shown_text(field: str, text: str) -> str:
    """A compared text as officers read it."""
    match field:
        case "disposition":
            return Disposition(text).words if text else "未选"
        case "is_major":
            return "涉嫌重大" if text else "一般"
        case _:
            return text or "未填"
