"""Papers as answers."""

from urllib.parse import quote

from flask import Response


def pdf_answer(data: bytes, name: str, *, is_download: bool = False) -> Response:
    """A PDF, shown in the browser or saved under its Chinese name (RFC 6266, RFC 5987)."""
    answer = Response(data, mimetype="application/pdf")
    how = "attachment" if is_download else "inline"
    answer.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    return answer
