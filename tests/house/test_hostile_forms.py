"""Whatever is typed into whichever field: words at the field, never a broken page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.dom import Element, Page
from tests.fixtures.actors import Browser, make_world
from tests.fixtures.walk import Walk
from tests.house.arguments import arguments, is_provided
from tests.house.routes import Route, routes
from webapp.accounts.rules.permissions import may
from webapp.accounts.rules.roles import Role

# Signing the walker out in the middle of the walk proves nothing about a field.
PASSED_BY = {"accounts.logout"}
MARKUP = "'\"><script>alert(1)</script>"
HOSTILE = {
    "empty": "",
    "blank": " \t ",
    "markup": MARKUP,
    "emoji": "👷‍♀️🔥" * 20,
    "word": "abc",
    "number": "-1e309",
    "digits": "9" * 60,
    "template": "{{7*7}}${7*7}%s%(x)s",
    "formula": "=cmd|'/c calc'!A1",
}
UNPRINTABLE = {
    "right-to-left": "合格\u202e格合",
    "nul": "合\x00格",
}
# What can be sent by hand for what a browser only lets choose.
FORGED = ("empty", "markup", "number", "nul")
MEGABYTE = "x" * 2**20
TYPED = {"text", "search", "tel", "email", "url", "password", ""}


@dataclass(frozen=True)
class FoundForm:
    """A form on a page: where it goes, what it holds now, what can be typed into."""

    address: str
    values: dict[str, list[str]]
    typed: frozenset[str]
    files: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.values) | self.files


def forms(page: Page) -> Iterator[FoundForm]:
    for form in page.select("form[method=post]"):
        controls = form.select("input[name], textarea[name], select[name]")
        values: dict[str, list[str]] = {}
        for control in controls:
            values.setdefault(control["name"], []).extend(present(control))
        files = frozenset(c["name"] for c in controls if c.get("type") == "file")
        typed = frozenset(c["name"] for c in controls if is_typed(c))
        values = {n: v for n, v in values.items() if n != "csrf_token" and n not in files}
        address = form.get("action") or page.response.request.full_path.rstrip("?")
        yield FoundForm(address, values, typed, files)


def is_typed(control: Element) -> bool:
    if control.node.tag == "textarea":
        return True
    return control.node.tag == "input" and control.get("type") in TYPED


def present(control: Element) -> list[str]:
    """What the browser would send for this control if nobody touched it."""
    match control.node.tag, control.get("type"):
        case "textarea", _:
            return [control.node.text or ""]
        case "select", _:
            options = control.select("option")
            chosen = [o for o in options if "selected" in o.node.attrib] or options[:1]
            return [option.get("value") for option in chosen]
        case "input", "checkbox" | "radio":
            return [control.get("value", "on")] if "checked" in control.node.attrib else []
        case _:
            return [control.get("value")]


def endpoint_of(walk: Walk, address: str) -> str:
    adapter = walk.app.url_map.bind("localhost")
    try:
        return str(adapter.match(address.partition("?")[0], method="POST")[0])
    except (HTTPException, RequestRedirect):
        return f"nowhere: {address}"


def send(browser: Browser, form: FoundForm, **changed: object) -> Page:
    return browser.post(form.address, **{**form.values, **changed})


def faults_of(browser: Browser, form: FoundForm) -> Iterator[str]:
    for name in fields_of(form):
        for kind, value in tried(form, name).items():
            answer = send(browser, form, **{name: value})
            must_refuse = kind in UNPRINTABLE and name in form.typed
            for fault in _wrong(answer, must_refuse=must_refuse):
                yield f"{form.address} {name} {kind}: {fault}"
        if name in form.typed and (fault := _swallowed(browser, form, name)):
            yield f"{form.address} {name} megabyte: {fault}"
    for name in sorted(form.files):
        garbage = {name: (BytesIO(b"\x00garbage" * 50), "../../x.xlsx")}
        for fault in _wrong(send(browser, form, **garbage), must_refuse=False):
            yield f"{form.address} {name} garbage file: {fault}"


def fields_of(form: FoundForm) -> list[str]:
    """The form's fields; of the lines of a list, which are all the same field, the first."""
    found: dict[str, str] = {}
    for name in sorted(form.values):
        found.setdefault(re.sub(r"-\d+-", "-#-", name), name)
    return list(found.values())


def tried(form: FoundForm, name: str) -> dict[str, str]:
    """What is put into a field."""
    everything = {**HOSTILE, **UNPRINTABLE}
    if name in form.typed:
        return everything
    return {kind: everything[kind] for kind in FORGED}


def _swallowed(browser: Browser, form: FoundForm, name: str) -> str:
    """Whether a megabyte was taken; its page is not parsed, which would take longer than it."""
    data = {**form.values, "csrf_token": browser.token(), name: MEGABYTE}
    status = browser.client.post(form.address, data=data).status_code
    return "" if 400 <= status < 500 else str(status)


def _wrong(answer: Page, *, must_refuse: bool) -> Iterator[str]:
    if answer.status >= 500 or (must_refuse and answer.status < 400):
        yield str(answer.status)
    if b"<script>alert(1)" in answer.body:
        yield "what was typed came back as markup"
    if answer.status == 422 and answer.is_html and not answer.select("[role=alert]"):
        yield "refused without a word"


PAGES = [route for route in routes("GET") if is_provided(route)]


@pytest.fixture(scope="module")
def seen() -> set[tuple[str, frozenset[str]]]:
    """Forms that this worker has tried; many pages carry the same one."""
    return set()


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_no_field_breaks_a_page_whatever_is_typed(walk: Walk, route: Route, seen):
    # What is accepted changes the world it is typed into, so each page gets one of its own.
    walk = replace(walk, own=make_world())
    faults: list[str] = []
    for role in Role:
        if not may(role, route.permission or ""):
            continue
        browser = walk.browser(role)
        page = browser.get(route.endpoint, **arguments(route, walk.own, role))
        if not page.is_html or page.status != 200:
            continue
        for form in forms(page):
            endpoint = endpoint_of(walk, form.address)
            if endpoint in PASSED_BY or (endpoint, form.names) in seen:
                continue
            seen.add((endpoint, form.names))
            if endpoint.startswith("nowhere"):
                faults.append(endpoint)
            faults += faults_of(browser, form)

    assert not faults, "\n".join(faults)
