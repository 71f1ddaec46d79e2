"""Pictures of forms that were never handed in do not stay."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from webapp.hazards.service.acts import act
from webapp.platform.attachments import (
    enterprises_with_loose_files,
    remove_loose_files,
    remove_unnamed_bytes,
)
from webapp.platform.tenancy import system_actor

KEPT_FOR = timedelta(days=7)
"""As long as a missed check can still be made up, and its form with it."""
_PHOTO = "image/jpeg"


def remove_loose_photos(at: datetime, reached: Callable[[int], None]) -> int:
    """Remove the pictures that have hung loose for longer than a form may wait; how many.

    Of each enterprise a bounded number; the next day takes what is left.
    """
    before, done, last = at - KEPT_FOR, 0, None
    while waiting := enterprises_with_loose_files(_PHOTO, before, last):
        struck = [names for each in waiting for names in _strike(each, before, at)]
        # Only now: had a record not committed, its pictures would be gone.
        remove_unnamed_bytes([name for names in struck for name in names], before)
        done, last = done + len(struck), waiting[-1]
        reached(done)
    return done


def _strike(enterprise_id: UUID, before: datetime, at: datetime) -> tuple[tuple[str, ...], ...]:
    with act(system_actor("schedule"), enterprise_id, "photos.removed", at=at) as work:
        struck = remove_loose_files(work.session, enterprise_id, _PHOTO, before)
        work.note(count=len(struck))
    return struck
