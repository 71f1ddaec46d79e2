"""How a plan leaves by this room's door."""

from io import BytesIO

from flask import Response, send_file

from webapp.platform.storage import FileContent


def plan_answer(file: FileContent) -> Response:
    """A plan to show under its shapes; it may be another tomorrow, so it is asked for again."""
    response = send_file(
        BytesIO(file.data), file.media_type, download_name=file.name, etag=file.sha256
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response
