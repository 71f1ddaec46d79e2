"""Background work: scores follow the calendar even where nobody does anything."""

from typing import Any

from webapp.platform.clock import now
from webapp.platform.jobs import Progress
from webapp.platform.tenancy import Actor
from webapp.scoring.service.refresh import refresh_scores

REFRESH = "scoring.refresh"


def refresh(actor: Actor, _payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Score every enterprise as of today; a second run on the same day changes nothing."""
    return {"enterprises": refresh_scores(actor, at=now(), report=progress.report)}
