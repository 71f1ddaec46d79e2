"""The room's door in Flask, and how files leave by it."""

from io import BytesIO

from flask import Blueprint, Response, send_file

bp = Blueprint("risks", __name__, template_folder="../templates")


def download(data: bytes, name: str, media_type: str) -> Response:
    """Bytes as a file to keep."""
    return send_file(BytesIO(data), media_type, as_attachment=True, download_name=name)


def shown(data: bytes, name: str) -> Response:
    """A paper to look at in the browser and to print from there."""
    return send_file(BytesIO(data), "application/pdf", download_name=name)
