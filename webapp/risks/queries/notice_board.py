"""The risks that the board of grave risks announces: those that a person has confirmed."""

from uuid import UUID

from sqlalchemy import select

from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent
from webapp.risks.queries.export import sheet_rows
from webapp.risks.rules.filters import LedgerFilter, View
from webapp.risks.rules.ledger_sheet import SheetRow


def announced_rows(scope: Scope, enterprise_id: UUID) -> tuple[SheetRow, ...]:
    """The major and significant risks; what a template proposes is not announced yet."""
    with reading(scope) as session:
        proposed = frozenset(
            session.execute(
                select(RiskEvent.number)
                .where(
                    RiskEvent.enterprise_id == enterprise_id,
                    RiskEvent.is_proposed,
                    RiskEvent.removed_at.is_(None),
                )
                .order_by(RiskEvent.number)
            ).scalars()
        )
    rows = sheet_rows(scope, enterprise_id, LedgerFilter(view=View.GRAVE))
    return tuple(row for row in rows if row.number not in proposed)
