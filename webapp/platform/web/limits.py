"""How much and how often: bodies, logins, public pages."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

LARGEST_BODY = 32 * 1024 * 1024

LOGIN = "20 per minute;200 per hour"
PUBLIC = "120 per minute"

limiter = Limiter(get_remote_address, default_limits=[], headers_enabled=True)


def init_app(app: Flask, *, redis_url: str) -> None:
    """Bound every body and count addresses, in Redis when there is one."""
    app.config.setdefault("MAX_CONTENT_LENGTH", LARGEST_BODY)
    app.config.setdefault("MAX_FORM_MEMORY_SIZE", 8 * 1024 * 1024)
    app.config.setdefault("MAX_FORM_PARTS", 4000)
    app.config["RATELIMIT_STORAGE_URI"] = redis_url or "memory://"
    # Counting must never be the reason that a page cannot be had.
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = bool(redis_url)
    limiter.init_app(app)
