"""How a hazard ends, whoever ends it."""

from datetime import datetime
from uuid import UUID

from webapp.accounts.rules.permissions import may
from webapp.accounts.rules.roles import Role
from webapp.hazards.events import HazardClosed, HazardRectified
from webapp.hazards.models.hazards import Hazard
from webapp.hazards.queries.records import after_photo_count, has_consent
from webapp.hazards.rules.deadlines import is_on_time
from webapp.hazards.rules.grading import HazardLevel, Implementation
from webapp.hazards.rules.lifecycle import (
    Closing,
    HazardAction,
    HazardSource,
    HazardState,
    closing_refusal,
)
from webapp.hazards.service.acts import act, obey
from webapp.hazards.service.steps import taken, told, write_step
from webapp.platform.clock import local_date
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work
from webapp.standards.refusal import Refusal


def refusal_to_close(work: Work, hazard: Hazard) -> Refusal | None:
    """Why the actor may not close the hazard as it stands, or None."""
    actor = work.actor
    if not may(Role(actor.role), "hazards.close"):
        return Refusal("隐患由主要负责人或安全管理人员销号。")
    place = (work.session, hazard.enterprise_id, hazard.id)
    return closing_refusal(
        Closing(
            state=HazardState(hazard.state),
            level=HazardLevel(hazard.level),
            rectified_by=hazard.rectified_by_user,
            verified_by=hazard.verified_by_user,
            photo_count=after_photo_count(*place),
            by_principal=actor.role == Role.PRINCIPAL,
            implementations=in_place(hazard),
            agency_accepted=hazard.level == HazardLevel.MAJOR and has_consent(*place),
        )
    )


def in_place(hazard: Hazard) -> frozenset[Implementation]:
    """Which of the five implementations of a major hazard have been written down."""
    words = hazard.implementations
    return frozenset(each for each in Implementation if words.get(each.value, "").strip())


def close(
    actor: Actor,
    enterprise_id: UUID,
    hazard_id: UUID,
    *,
    words: str = "",
    version: int | None = None,
    at: datetime,
) -> None:
    """Close a verified hazard that was not closed with its verification.

    Raises RuleBroken with what is missing.
    """
    with act(actor, enterprise_id, "hazard.closed", at=at, subject=hazard_id) as work:
        hazard = taken(work, enterprise_id, hazard_id, version=version)
        obey(refusal_to_close(work, hazard))
        _finish(work, hazard, words)


def close_too(work: Work, hazard: Hazard) -> None:
    """Close a hazard with the tap that verified it, as an act of its own."""
    place = hazard.enterprise_id
    with act(work.actor, place, "hazard.closed", at=work.at, subject=hazard.id) as closing:
        _finish(closing, hazard, "")


def _finish(work: Work, hazard: Hazard, words: str) -> None:
    hazard.state = HazardState.CLOSED
    hazard.closed_at = work.at
    write_step(work, hazard, HazardAction.CLOSE, words)
    told(work, hazard)
    work.publish(
        HazardClosed(
            hazard.enterprise_id,
            hazard.id,
            HazardLevel(hazard.level),
            hazard.reported_at,
            hazard.due_on,
            rectified_on_time(work, hazard),
            bool(hazard.verification)
            and after_photo_count(work.session, hazard.enterprise_id, hazard.id) > 0,
            HazardSource(hazard.source),
            work.at,
        )
    )


def tell_rectified(work: Work, hazard: Hazard) -> None:
    """Say that a hazard has been put right, and whether that was in time."""
    work.publish(
        HazardRectified(
            hazard.enterprise_id,
            hazard.id,
            HazardLevel(hazard.level),
            hazard.due_on,
            rectified_on_time(work, hazard),
            work.at,
        )
    )


def rectified_on_time(work: Work, hazard: Hazard) -> bool:
    """Whether the rectification came by the last day."""
    return is_on_time(local_date(hazard.rectified_at or work.at), hazard.due_on)
