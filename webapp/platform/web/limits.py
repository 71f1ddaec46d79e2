"""How much and how often: bodies, logins, public pages."""

from contextlib import suppress

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

LARGEST_BODY = 32 * 1024 * 1024
_MOST_SWALLOWED = 4 * LARGEST_BODY
_GULP = 1024 * 1024

LOGIN = "20 per minute;200 per hour"
PUBLIC = "120 per minute"

limiter = Limiter(get_remote_address, default_limits=[], headers_enabled=True)


def init_app(app: Flask, *, redis_url: str) -> None:
    """Bound every body and count addresses, in Redis when there is one."""
    # Flask has values of its own for these: none for the body, too small ones for the others.
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = 8 * 1024 * 1024
    app.config["MAX_FORM_PARTS"] = 4000
    app.config["RATELIMIT_STORAGE_URI"] = redis_url or "memory://"
    # Counting must never be the reason that a page cannot be had.
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = bool(redis_url)
    limiter.init_app(app)


def swallow_rest() -> None:
    """Read on, within bounds, what a refused request still sends, so that its answer is seen.

    A connection that is closed on unread bytes is reset, and the browser shows its own error.
    """
    sent, left = request.environ["wsgi.input"], _MOST_SWALLOWED
    # A client that has hung up does not wait for the answer either.
    with suppress(OSError):
        while left > 0 and (gulp := sent.read(min(left, _GULP))):
            left -= len(gulp)
