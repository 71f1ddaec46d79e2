"""What this room brings into the application."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Move in."""
