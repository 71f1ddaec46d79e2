"""The room's blueprint."""

from uuid import UUID

from flask import Blueprint

from webapp.accounts.access import scope, viewer
from webapp.enterprise.queries.profile import profile
from webapp.platform.errors import NotFound

bp = Blueprint("hazards", __name__, template_folder="../templates")


def enterprise(asked: UUID | None = None) -> UUID:
    """The enterprise whose records are asked for: one's own, or the one in an officer's address.

    Raises NotFound for another's, and for one outside the officer's region.
    """
    own = viewer().enterprise_id
    if own is not None and asked in (None, own):
        return own
    if own is not None or asked is None:
        raise NotFound
    return profile(scope(), asked).id
