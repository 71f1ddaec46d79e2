"""What this room does in the background."""

from typing import Any
from uuid import UUID

from webapp.platform import clock
from webapp.platform.jobs import Progress
from webapp.platform.tenancy import Actor
from webapp.risks.service.imports import import_rows


def import_ledger(actor: Actor, payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Import the ready rows of an upload; done already, it only says so."""
    return import_rows(actor, UUID(payload["import_id"]), at=clock.now(), report=progress.report)
