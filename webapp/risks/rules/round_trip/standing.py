"""A risk event as the ledger has it, with all that its cells stand for."""

from dataclasses import dataclass
from uuid import UUID

from webapp.risks.rules.drafts import MeasureDraft
from webapp.risks.rules.ledger_sheet import SheetRow


@dataclass(frozen=True, slots=True)
class Standing:
    """The row as a sheet shows it, and the ids behind its words.

    ``direct_rule`` is the rule that made it major by direct judgement, empty without one.
    """

    row: SheetRow
    department_id: UUID | None
    owner_id: UUID | None
    direct_rule: str
    measures: tuple[MeasureDraft, ...]
