"""Background work of this room."""

from typing import Any

from webapp.hazards.service.photo_cleaning import remove_loose_photos
from webapp.hazards.service.tasks import generate_for_all, order_generation
from webapp.platform import clock
from webapp.platform.jobs import Progress
from webapp.platform.tenancy import Actor

REMOVE_PHOTOS = "hazards.remove_loose_photos"
ORDER_EVERY_S = 600.0
"""How soon after midnight, or after a standstill, the day's tasks are ordered."""


def generate(_actor: Actor, _payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Make what every enterprise owes today and tomorrow."""
    done = generate_for_all(clock.now(), lambda count: progress.report(count, count))
    return {"enterprises": done}


def remove_photos(_actor: Actor, _payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Remove the pictures that were sent with forms which nobody handed in."""
    done = remove_loose_photos(clock.now(), lambda count: progress.report(count, count))
    return {"photos": done}


def order_todays_tasks() -> None:
    """See to it that the day's generation is ordered."""
    order_generation(clock.now())
