"""Every door of the application, read from its map of addresses."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import gettempdir

from flask import Flask
from werkzeug.routing import Rule

from webapp import create_app
from webapp.accounts.rules.permissions import Permission
from webapp.config import Settings

# Who may fetch these is decided elsewhere: files of the look, the probes of the machine room, and
# the gallery of components, which only a development installation has.
EXEMPT = ("ui.static", "health.", "gallery.")


@dataclass(frozen=True, slots=True)
class Route:
    """One endpoint with one method."""

    endpoint: str
    method: str
    arguments: frozenset[str]
    permission: Permission | None

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"


@cache
def bare_app() -> Flask:
    """The application without a database, to read its map."""
    return create_app(
        Settings(
            secret_key="map" * 20,
            instance=Path(gettempdir()) / "anqima-map",
            database_url="postgresql+psycopg://nobody@127.0.0.1:1/none",
            development=True,
        )
    )


def is_exempt(endpoint: str) -> bool:
    return endpoint.startswith(EXEMPT)


def routes(*methods: str) -> list[Route]:
    """All routes with these methods, by name."""
    app = bare_app()
    found = [
        _route(app, rule, method)
        for rule in app.url_map.iter_rules()
        for method in methods
        if method in (rule.methods or ()) and not is_exempt(rule.endpoint)
    ]
    return sorted(set(found), key=str)


def _route(app: Flask, rule: Rule, method: str) -> Route:
    view = app.view_functions[rule.endpoint]
    permission = getattr(view, "permission", None)
    return Route(rule.endpoint, method, frozenset(rule.arguments), permission)
