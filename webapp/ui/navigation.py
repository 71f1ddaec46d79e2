"""The menu: rooms offer entries, a person sees those that the permissions allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flask import url_for

if TYPE_CHECKING:
    from flask import Flask

_KEY = "anqima_navigation"


class Audience(StrEnum):
    """Whose menu it is; each person looks through one at a time."""

    ENTERPRISE = "enterprise"
    AGENCY = "agency"
    OPERATOR = "operator"
    WORKER_PHONE = "worker-phone"
    OFFICER_PHONE = "officer-phone"


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """An entry that a room offers.

    `count` gives the number beside the words for the person who looks, or None for no number.
    `sections` are endpoint beginnings that also light the entry, such as those of detail pages.
    `on_phone` puts the entry into the bottom bar of the desk on a phone (at most four).
    """

    label: str
    icon: str
    endpoint: str
    permission: str | None
    audience: Audience
    order: int
    count: Callable[[], int | None] | None = None
    sections: tuple[str, ...] = ()
    on_phone: bool = False


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry as a layout shows it."""

    label: str
    icon: str
    url: str
    current: bool
    count: int | None
    on_phone: bool


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at the page, in the words of the masthead."""

    name: str
    role_word: str
    organisation: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """Addresses around the page; an empty one hides its link."""

    home_url: str = "/"
    search_url: str = ""
    search_hint: str = ""
    messages_url: str = ""
    messages_count: int = 0
    me_url: str = ""
    logout_url: str = ""
    more_url: str = ""
    footer: str = ""


def offer(app: Flask, item: NavigationItem) -> None:
    """Enter a room's item into the menu of its audience."""
    app.extensions.setdefault(_KEY, []).append(item)


def offered(app: Flask, audience: Audience) -> list[NavigationItem]:
    """All items of an audience in their order, whatever the permissions."""
    items: Iterable[NavigationItem] = app.extensions.get(_KEY, ())
    return sorted(
        (item for item in items if item.audience == audience),
        key=lambda item: (item.order, item.endpoint),
    )


def menu(
    app: Flask,
    audience: Audience,
    may: Callable[[str], bool],
    current_endpoint: str | None,
) -> list[MenuEntry]:
    """The entries that a person may follow; the best match of the current page is lit."""
    allowed = [
        item for item in offered(app, audience) if item.permission is None or may(item.permission)
    ]
    here = _current(allowed, current_endpoint or "")
    return [
        MenuEntry(
            label=item.label,
            icon=item.icon,
            url=url_for(item.endpoint),
            current=item is here,
            count=item.count() if item.count else None,
            on_phone=item.on_phone,
        )
        for item in allowed
    ]


def _current(items: list[NavigationItem], endpoint: str) -> NavigationItem | None:
    """The item whose endpoint or section is the longest beginning of the current endpoint."""
    best: tuple[int, NavigationItem | None] = (0, None)
    for item in items:
        for beginning in (item.endpoint, *item.sections):
            if endpoint.startswith(beginning) and len(beginning) > best[0]:
                best = (len(beginning), item)
    return best[1]
