"""The room's door in Flask, and whose enterprise a page is about."""

from uuid import UUID

from flask import Blueprint

from webapp.accounts.access import scope, viewer
from webapp.enterprise.queries.profile import ProfileRow, profile
from webapp.platform.errors import NotFound

bp = Blueprint("enterprise", __name__, template_folder="../templates")


def enterprise_in_view(enterprise_id: UUID | None = None) -> ProfileRow:
    """The enterprise named in the address, else the viewer's own.

    Raises NotFound for one that the viewer may not see, and for officers who name none.
    """
    wanted = enterprise_id or viewer().enterprise_id
    if wanted is None:
        raise NotFound("请先从企业名单中选择一家企业。")
    return profile(scope(), wanted)
