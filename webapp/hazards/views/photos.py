"""Pictures, each behind the right to see what it shows."""

from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue

from webapp.accounts.access import allow, enterprise_in_view, scope, viewer
from webapp.hazards.queries.photos import hazard_photo, kept_photo
from webapp.hazards.views.blueprint import bp
from webapp.platform.storage import FileContent


@bp.get("/hazards/<uuid:hazard_id>/photos/<uuid:file_id>", defaults={"enterprise_id": None})
@bp.get("/enterprises/<uuid:enterprise_id>/hazards/<uuid:hazard_id>/photos/<uuid:file_id>")
@allow("uploads.see")
def photo(hazard_id: UUID, file_id: UUID, enterprise_id: UUID | None) -> ResponseReturnValue:
    """A picture of a hazard that this person may see; ``small`` asks for its thumbnail."""
    here = enterprise_in_view(enterprise_id)
    is_small = "small" in request.args
    return _sent(hazard_photo(scope(), here, hazard_id, file_id, is_small=is_small))


@bp.get("/photos/<uuid:file_id>")
@allow("hazards.report")
def photo_kept(file_id: UUID) -> ResponseReturnValue:
    """One's own picture that waits in a form."""
    return _sent(kept_photo(scope(), enterprise_in_view(), file_id, viewer().user_id))


def _sent(content: FileContent) -> Response:
    response = Response(content.data, mimetype=content.media_type)
    # A name is a digest of the content: the same address never shows another picture.
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["Content-Disposition"] = "inline"
    response.set_etag(content.sha256)
    return response
