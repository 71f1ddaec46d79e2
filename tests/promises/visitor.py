"""Someone at the real server: pages over HTTP, forms filled in as they were sent."""

import json
from collections.abc import Iterable
from functools import partial
from http.client import HTTPConnection, HTTPException
from http.cookiejar import CookieJar
from io import BytesIO
from typing import Any
from urllib.request import (
    HTTPCookieProcessor,
    HTTPErrorProcessor,
    HTTPHandler,
    ProxyHandler,
    Request,
    build_opener,
)

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart
from werkzeug.wrappers import Response

from tests.dom import Element, Page
from tests.factories.accounts import PASSWORD
from tests.fixtures.actors import Account

LOST = (OSError, HTTPException)
"""What a caller sees of a server that dies: no answer, or half of one."""

AGENT = "Mozilla/5.0 (Linux; Android 14) Mobile"
ANSWERS_WITHIN_S = 60
_NOT_SENT = {"submit", "button", "image", "reset"}


class _AsItComes(HTTPErrorProcessor):
    """Redirects are not followed and refusals are answers."""

    def http_response(self, request, response):
        return response

    https_response = http_response


class _From(HTTPHandler):
    """Calls from one of the machine's own addresses, as different neighbours would."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source

    def http_open(self, request):
        return self.do_open(partial(HTTPConnection, source_address=(self._source, 0)), request)


class Answer(Response):
    """An answer in the shape that pages are read from."""

    request = None


class Form:
    """A form of a page with what the server put into it, to be filled in and sent."""

    def __init__(self, element: Element, path: str) -> None:
        self.action = element.get("action") or path
        self.values: MultiDict[str, Any] = MultiDict(_contents(element))
        self.names = {
            control["name"] for control in element.select("[name]") if control.get("name")
        }

    def fill(self, **values: Any) -> "Form":
        """Type into fields that the form has; None leaves one out."""
        for name, value in values.items():
            assert name in self.names, f"no field {name}: {sorted(self.names)}"
            self.values.poplist(name)
            if value is not None:
                self.values.setlist(name, value if isinstance(value, list) else [value])
        return self

    def attach(self, name: str, data: bytes, filename: str, media_type: str = "") -> "Form":
        """Choose a file in a file field."""
        assert name in self.names, f"no field {name}: {sorted(self.names)}"
        self.values.add(name, (data, filename, media_type or "application/octet-stream"))
        return self

    def body(self) -> tuple[str, bytes]:
        """The content type and the bytes that a browser sends; the same each time it is asked."""
        fields = MultiDict(
            (name, FileStorage(BytesIO(value[0]), value[1], name, value[2]))
            if isinstance(value, tuple)
            else (name, value)
            for name, value in self.values.items(multi=True)
        )
        boundary, data = encode_multipart(fields, boundary="----promise")
        return f"multipart/form-data; boundary={boundary}", data


def _contents(form: Element) -> Iterable[tuple[str, str]]:
    for control in form.select("input[name], textarea[name], select[name]"):
        kind = control.get("type", "text")
        if control.node.tag == "textarea":
            yield control["name"], (control.node.text or "").removeprefix("\n")
        elif control.node.tag == "select":
            chosen = control.select("option[selected]") or control.select("option")[:1]
            yield from ((control["name"], option.get("value")) for option in chosen)
        elif kind in ("radio", "checkbox"):
            if "checked" in control.node.attrib:
                yield control["name"], control.get("value", "on")
        elif kind not in _NOT_SENT and kind != "file":
            yield control["name"], control.get("value")


class Visitor:
    """A browser without a screen: its cookies, and the pages it is given."""

    def __init__(self, address: str, *, source: str = "127.0.0.1") -> None:
        self.address = address
        self.cookies = CookieJar()
        self._opener = build_opener(
            ProxyHandler({}), _From(source), HTTPCookieProcessor(self.cookies), _AsItComes()
        )

    def ask(
        self,
        path: str,
        body: bytes | None = None,
        *,
        headers: dict[str, str] | None = None,
    ) -> Page:
        """One request, one answer."""
        url = path if path.startswith("http") else f"{self.address}{path}"
        request = Request(url, body, {"User-Agent": AGENT, **(headers or {})})  # noqa: S310 - our own server
        with self._opener.open(request, timeout=ANSWERS_WITHIN_S) as got:
            answer = Answer(got.read(), got.status, got.headers.items())
        return Page(answer)

    def get(self, path: str) -> Page:
        """A page."""
        return self.ask(path, headers={"Accept": "text/html"})

    def send(self, form: Form) -> Page:
        """Send a form as it is filled in now."""
        media_type, body = form.body()
        return self.ask(
            form.action, body, headers={"Content-Type": media_type, "Accept": "text/html"}
        )

    def follow(self, page: Page) -> Page:
        """The page that an answer leads to."""
        assert page.status in (302, 303), (page.status, page.text[:300])
        return self.get(page.location)

    def form(self, path: str, css: str = "main form[method=post]") -> Form:
        """The form of a page."""
        page = self.get(path)
        assert page.status == 200, (path, page.status, page.location)
        return Form(page.one(css), path)

    def sign_in(self, account: Account, password: str = PASSWORD) -> "Visitor":
        """Come in by the door that everyone uses."""
        page = self.send(self.form("/login").fill(login=account.login, password=password))
        assert page.status == 303, page.text[:300]
        return self


def health(visitor: Visitor, path: str) -> tuple[int, dict[str, Any]]:
    """What the server says of itself."""
    page = visitor.ask(path)
    return page.status, json.loads(page.body)
