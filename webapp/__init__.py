"""Anqima: the dual-prevention service of enterprises and their regulators."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from webapp.config import Settings

ROOMS = ("accounts", "enterprise", "risks", "hazards", "scoring", "inspection", "demo")


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The application: the ground floor, the look, then the rooms from the ground up."""
    platform = import_module("webapp.platform.web.application")
    app: Flask = platform.new_app(settings)
    import_module("webapp.ui.setup").init_app(app)
    for room in ROOMS:
        import_module(f"webapp.{room}.wiring").init_app(app)
    return app
