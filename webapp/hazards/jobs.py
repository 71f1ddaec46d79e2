"""Background work of this room."""

from typing import Any

from webapp.hazards.service.tasks import generate_for_all, order_generation
from webapp.platform import clock
from webapp.platform.jobs import Progress
from webapp.platform.tenancy import Actor

ORDER_EVERY_S = 600.0
"""How soon after midnight, or after a standstill, the day's tasks are ordered."""


def generate(_actor: Actor, _payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Make what every enterprise owes today and tomorrow."""
    done = generate_for_all(clock.now(), lambda count: progress.report(count, count))
    return {"enterprises": done}


def order_todays_tasks() -> None:
    """See to it that the day's generation is ordered."""
    order_generation(clock.now())
