"""What this room does in the background."""

from typing import Any
from uuid import UUID

from webapp.platform import clock
from webapp.platform.jobs import Progress
from webapp.platform.tenancy import Actor
from webapp.risks.rules.kept_filter import from_values
from webapp.risks.rules.notice_card import CardSize
from webapp.risks.service.card_bundles import make_bundle, remove_old_bundles
from webapp.risks.service.imports import import_rows
from webapp.risks.service.round_trip import write_changes


def import_ledger(actor: Actor, payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Import the ready rows of an upload; done already, it only says so."""
    return import_rows(actor, UUID(payload["import_id"]), at=clock.now(), report=progress.report)


def change_by_file(actor: Actor, payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the ready rows of a returned ledger; done already, it only says so."""
    return write_changes(actor, UUID(payload["import_id"]), at=clock.now(), report=progress.report)


def bundle_cards(actor: Actor, payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Make the cards of a bundle and bind them; those that are made already are kept."""
    return make_bundle(
        actor,
        UUID(payload["bundle_id"]),
        from_values(payload["wanted"]),
        CardSize(payload["size"]),
        at=clock.now(),
        report=progress.report,
    )


def clean_cards(_actor: Actor, _payload: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """Remove the bundles that have been there for a week."""
    return {"files": remove_old_bundles(clock.now())}
