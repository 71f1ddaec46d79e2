"""Background work of this room."""

from typing import Any
from uuid import UUID

from webapp.enterprise.service.file import bind_file
from webapp.platform.clock import now
from webapp.platform.jobs import Progress
from webapp.platform.tenancy import Actor


def file_pdf(actor: Actor, payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Bind an enterprise's file; the result names the stored PDF."""
    enterprise_id = UUID(payload["enterprise_id"])
    bound = bind_file(actor, enterprise_id, at=now(), report=progress.report)
    return {
        "enterprise_id": str(enterprise_id),
        "file_id": str(bound.file_id),
        "name": bound.name,
    }
