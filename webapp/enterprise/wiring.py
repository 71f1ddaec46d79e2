"""What this room brings into the application."""

import hashlib
import hmac

from flask import Flask

from webapp.accounts.events import MemberJoined
from webapp.enterprise.service import code
from webapp.enterprise.service.people import link_account
from webapp.platform import bus
from webapp.platform.web.application import settings_of


def init_app(app: Flask) -> None:
    """Move in."""
    secret = settings_of(app).secret_key.encode()
    code.configure(hmac.new(secret, b"enterprise code", hashlib.sha256).digest())
    bus.subscribe(MemberJoined, link_account)
