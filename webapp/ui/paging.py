"""Addresses and numbers of a list's pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import request

if TYPE_CHECKING:
    from webapp.platform.paging import Page


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of a list; without a number it is a gap between two."""

    number: int | None
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The ways that a pager shows; an empty address means there is no such page."""

    previous: str
    next: str
    pages: tuple[PageLink, ...]


def page_links(page: Page[Any], url: Callable[[int], str]) -> PageLinks:
    """The ways from a page of a list to its other pages."""
    here, last = page.request.number, page.pages
    return PageLinks(
        previous=url(here - 1) if here > 1 else "",
        next=url(here + 1) if here < last else "",
        pages=tuple(
            PageLink(number, url(number) if number else "", current=number == here)
            for number in page_window(here, last)
        ),
    )


def page_url(number: int, parameter: str = "page") -> str:
    """The present address with another page number; every filter stays."""
    return url_with(**{parameter: str(number)})


def url_with(**changes: str | None) -> str:
    """The present address with some query parameters changed; None takes one away."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key not in changes]
    added = [(key, value) for key, value in changes.items() if value is not None]
    query = urlencode(kept + added)
    return f"{request.path}?{query}" if query else request.path


def page_window(number: int, page_count: int, around: int = 1) -> list[int | None]:
    """Page numbers to show: the first, the last and those around the present; None is a gap.

    A gap never stands for a single page.
    """
    near = range(number - around, number + around + 1)
    wanted = sorted({1, page_count, *near} & set(range(1, page_count + 1)))
    shown: list[int | None] = []
    previous = 0
    for page in wanted:
        if page - previous == 2:
            shown.append(page - 1)
        elif page - previous > 2:
            shown.append(None)
        shown.append(page)
        previous = page
    return shown
