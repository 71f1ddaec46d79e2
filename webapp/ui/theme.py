"""The colours that a person chose for this browser."""

from __future__ import annotations

from collections.abc import Mapping

COOKIE = "theme"
THEMES = ("light", "dark")


def colour_theme(cookies: Mapping[str, str]) -> str:
    """`light` or `dark` by choice; empty: as the system says."""
    chosen = cookies.get(COOKIE, "")
    return chosen if chosen in THEMES else ""
