"""What the addresses of a returned ledger need: one with a conflict and a row to hand back."""

from typing import Any
from uuid import uuid4

from sqlalchemy import update

from tests.factories import risks
from tests.fixtures.actors import World
from tests.risks.round_trips import with_cells
from webapp.accounts.rules.roles import Role
from webapp.platform import clock
from webapp.platform.database import transaction
from webapp.platform.tenancy import SYSTEM
from webapp.risks.models.ledger import RiskEvent
from webapp.risks.pdf.workbook import ledger_workbook
from webapp.risks.queries.export import sheet_rows
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.service.round_trip import receive_upload


def returned(world: World, _role: Role) -> dict[str, Any]:
    """A ledger that came back, waiting for its confirmation, and the event in conflict."""
    actor, enterprise_id, at = world[Role.SAFETY_OFFICER].actor, world.enterprise_id, clock.now()
    point_id = risks.make_point(enterprise_id, f"风险点 {uuid4().hex[:8]}")
    ids = [risks.make_event(enterprise_id, point_id) for _ in range(2)]
    for event_id in ids:
        risks.make_measure(enterprise_id, event_id)
    rows = [r for r in sheet_rows(actor.scope, enterprise_id, LedgerFilter()) if r.id in ids]
    changes = {2: {"事故后果": "文件说的"}, 3: {"管控层级": "不明"}}
    data = with_cells(ledger_workbook(rows, enterprise_id, at=at), changes)
    with transaction(SYSTEM) as session:
        session.execute(
            update(RiskEvent)
            .where(RiskEvent.enterprise_id == enterprise_id, RiskEvent.id == ids[0])
            .values(consequence="台账说的")
        )
    return {"import_id": receive_upload(actor, data, "清单.xlsx", at=at), "event_id": ids[0]}


PROVIDERS = {
    "risks.changes_show": returned,
    "risks.changes_decide": returned,
    "risks.changes_again": returned,
    "risks.changes_confirm": returned,
    "risks.changes_abandon": returned,
    "risks.changes_rest_file": returned,
}
