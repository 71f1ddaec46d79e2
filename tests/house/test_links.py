"""Whoever signs in lands on a page of theirs, and no link they are shown is shut to them."""

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.dom import Page
from tests.fixtures.actors import Browser
from tests.fixtures.demo import City
from tests.fixtures.walk import reading_only

# Each role of the demo city, someone of two enterprises, and the two who are not in yet.
BEGINNINGS = {
    "principal": "/home",
    "safety": "/home",
    "head": "/home",
    "leader": "/today",
    "worker": "/today",
    "both": "/login/organisation",
    "director": "/overview",
    "regulator": "/overview",
    "inspector1": "/inspections",
    "legal": "/inspections",
    "expert": "/score",
    "operator": "/agencies",
    "hengda": "/apply/own",
    "hongyu": "/apply/own",
}
SHUT = {403, 404, 500}
# Pages that differ only in the thing they show are looked at twice: lists have hundreds.
ALIKE = 2


@pytest.mark.parametrize("login", BEGINNINGS)
def test_no_link_that_a_user_is_shown_is_shut_to_them(app: Flask, demo_city: City, login: str):
    browser = Browser(app, demo_city.token(login))
    walked = dict(_walk(app, browser))

    assert {path: status for path, status in walked.items() if status in SHUT} == {}


@pytest.mark.parametrize("login", BEGINNINGS)
def test_everyone_begins_where_their_work_is(app: Flask, demo_city: City, login: str):
    browser = Browser(app, demo_city.token(login))

    first = _landed(browser, "/")

    assert first.status == 200
    assert first.response.request.path == BEGINNINGS[login]


def _walk(app: Flask, browser: Browser) -> Iterator[tuple[str, int]]:
    """From the landing page to whatever its links and search boxes lead to, breadth first."""
    waiting, seen, alike = deque([("/", "")]), {"/"}, Counter[str]()
    while waiting:
        path, shown_on = waiting.popleft()
        page = _landed(browser, path)
        yield f"{path} on {shown_on}" if shown_on else path, page.status
        if not page.is_html or page.status != 200:
            continue
        for address in _ways_on(page):
            kind = _kind(app, address)
            if address in seen or alike[kind] >= ALIKE:
                continue
            seen.add(address)
            alike[kind] += 1
            waiting.append((address, path))


def _landed(browser: Browser, path: str) -> Page:
    with reading_only():
        page = browser.get(path)
        while page.location:
            page = browser.get(page.location)
        return page


def _ways_on(page: Page) -> list[str]:
    """The addresses on this site that a tap on the page opens."""
    request = page.response.request
    assert request is not None
    links = [link["href"] for link in page.select("a[href]")]
    searches = [
        form["action"] for form in page.select("form[action]") if _is_get(form.get("method"))
    ]
    found = [urlsplit(urljoin(request.url, address)) for address in (*links, *searches)]
    own = [url for url in found if url.scheme in ("http", "https") and url.netloc == "localhost"]
    return [url.path + (f"?{url.query}" if url.query else "") for url in own]


def _is_get(method: str) -> bool:
    return method.lower() in ("", "get")


def _kind(app: Flask, address: str) -> str:
    """What two addresses of the same page have in common: the endpoint and what it is asked."""
    url = urlsplit(address)
    asked = sorted(part.partition("=")[0] for part in url.query.split("&") if part)
    try:
        endpoint, _ = app.url_map.bind("localhost").match(url.path)
    except HTTPException:
        return address
    return f"{endpoint} {asked}"
