"""What becomes of an order's hazards when the paper itself is corrected."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from webapp.hazards.rules.lifecycle import HazardAction
from webapp.hazards.service.acts import act
from webapp.hazards.service.steps import taken, told, write_step
from webapp.platform.tenancy import Actor


def correct_order(
    actor: Actor,
    enterprise_id: UUID,
    *,
    order_id: UUID,
    order_number: str,
    items: Mapping[int, UUID],
    at: datetime,
) -> None:
    """Let the hazards of a revoked order name the order that corrects it; ids by item number.

    The revoked number stays in each hazard's history; what was done about it stands.
    """
    for item, hazard_id in items.items():
        with act(actor, enterprise_id, "hazard.order_corrected", at=at, subject=hazard_id) as work:
            hazard = taken(work, enterprise_id, hazard_id, version=None)
            former, former_item = hazard.order_number, hazard.order_item
            hazard.order_id, hazard.order_number = order_id, order_number
            hazard.order_item = item
            write_step(
                work,
                hazard,
                HazardAction.CORRECT,
                former_order=former,
                former_item=former_item,
                order=order_number,
                item=item,
            )
            told(work, hazard, former_order=former, order=order_number)
