"""Addresses of our own styles, scripts and icons, each with a mark of its content."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Response, has_request_context, request

STATIC_FOLDER = Path(__file__).parent / "static"
STATIC_URL = "/static/ui"
_YEAR_SECONDS = 365 * 24 * 3600


@lru_cache(maxsize=512)
def _mark(name: str, changed_ns: int) -> str:
    """First digits of the file's SHA-256; `changed_ns` only makes an edited file a new entry."""
    return sha256((STATIC_FOLDER / name).read_bytes()).hexdigest()[:10]


def asset_url(name: str) -> str:
    """Address of a static file; it changes with the content, so a browser may keep it for ever.

    Raises FileNotFoundError for a name that does not exist: a page must not point at nothing.
    """
    changed_ns = (STATIC_FOLDER / name).stat().st_mtime_ns
    root = request.script_root if has_request_context() else ""
    return f"{root}{STATIC_URL}/{name}?v={_mark(name, changed_ns)}"


def keep_marked_assets(response: Response) -> Response:
    """Let browsers keep a marked file for a year; an unmarked one is asked for again."""
    if response.status_code not in (200, 304):
        return response
    response.cache_control.public = True
    if "v" in request.args:
        response.cache_control.no_cache = None
        response.cache_control.max_age = _YEAR_SECONDS
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response
