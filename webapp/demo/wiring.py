"""What this room brings into the application."""

from flask import Flask

from webapp.demo.cli import demo_group


def init_app(app: Flask) -> None:
    """Move in."""
    app.cli.add_command(demo_group)
