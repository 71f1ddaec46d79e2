"""The look alone: an application with nothing but its layouts, components and gallery."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import Environment
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from webapp.platform.web.security import CONTENT_SECURITY_POLICY
from webapp.ui import setup


@pytest.fixture(scope="session")
def look() -> Flask:
    app = Flask("webapp", static_folder=None)
    app.config.update(DEVELOPMENT=True, SECRET_KEY="look", TESTING=True)
    setup.init_app(app)

    @app.after_request
    def guard(response):
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return response

    return app


@pytest.fixture
def client(look: Flask) -> FlaskClient:
    return look.test_client()


@pytest.fixture
def templates(look: Flask) -> Iterator[Environment]:
    with look.test_request_context("/list?q=%E6%8A%9B%E4%B8%B8&page=2"):
        yield look.jinja_env


@pytest.fixture(scope="session")
def address(look: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, look, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator:
    """Opens a path of the gallery at a width, in a colour scheme, with or without script."""
    contexts = []

    def opened(path: str, *, width: int = 1440, scheme: str = "light", script: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            has_touch=width < 720,
            locale="zh-CN",
        )
        contexts.append(context)
        page = context.new_page()
        answer = page.goto(f"{address}{path}", wait_until="networkidle")
        assert answer.ok
        return page

    yield opened
    for context in contexts:
        context.close()
