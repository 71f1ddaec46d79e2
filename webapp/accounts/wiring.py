"""What this room brings into the application."""

from flask import Flask

from webapp.accounts import access
from webapp.accounts.rules.sign_ins import KEPT
from webapp.accounts.views import login, me
from webapp.accounts.views.blueprint import bp

VIEWS = (login, me)


def init_app(app: Flask) -> None:
    """Move in."""
    app.config.update(
        PERMANENT_SESSION_LIFETIME=KEPT,
        # The time counts from signing in, not from the last page.
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    access.init_app(app)
    app.register_blueprint(bp)
