"""The room's blueprint."""

from uuid import UUID

from flask import Blueprint

from webapp.accounts.access import viewer
from webapp.platform.errors import NotFound

bp = Blueprint("hazards", __name__, template_folder="../templates")


def enterprise(asked: UUID | None = None) -> UUID:
    """The enterprise whose records are asked for: one's own, or the one in the address.

    The database shows an officer the enterprises of the region and nobody else any other.
    """
    found = asked or viewer().enterprise_id
    if found is None:
        raise NotFound
    return found
