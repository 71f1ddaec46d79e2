"""The room's door in Flask, and whose ledger a page is about."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, Response, send_file

from webapp.accounts.access import scope, viewer
from webapp.enterprise.queries.profile import ProfileRow, profile
from webapp.platform.errors import NotFound

bp = Blueprint("risks", __name__, template_folder="../templates")


def enterprise_in_view(enterprise_id: UUID | None = None) -> ProfileRow:
    """The enterprise named in the address, else the viewer's own.

    Raises NotFound for one that the viewer may not see, and for officers who name none.
    """
    wanted = enterprise_id or viewer().enterprise_id
    if wanted is None:
        raise NotFound("请先从企业名单中选择一家企业。")
    return profile(scope(), wanted)


def own() -> UUID:
    """The viewer's own enterprise. Raises NotFound for those who have none."""
    found = viewer().enterprise_id
    if found is None:
        raise NotFound
    return found


def download(data: bytes, name: str, media_type: str) -> Response:
    """Bytes as a file to keep."""
    return send_file(BytesIO(data), media_type, as_attachment=True, download_name=name)
