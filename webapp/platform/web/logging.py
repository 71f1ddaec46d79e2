"""Logs as JSON lines; each carries the request's id, user and tenant, never a code's token."""

import logging
import sys
import time
from uuid import UUID, uuid4

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()


def configure() -> None:
    """Write events as JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def request_id() -> str:
    """The id of this request, shown on error pages and kept in the audit."""
    identifier: str = g.get("request_id", "")
    return identifier


def bind_viewer(
    user_id: UUID, *, enterprise_id: UUID | None = None, agency_id: UUID | None = None
) -> None:
    """Put the ids of who asks, and of their tenant, on every further line; never a name."""
    ids = {"user": user_id, "enterprise": enterprise_id, "agency": agency_id}
    present = {name: str(one) for name, one in ids.items() if one is not None}
    structlog.contextvars.bind_contextvars(**present)


def init_app(app: Flask) -> None:
    """Give each request an id and log it once, when it is answered."""

    @app.before_request
    def begin() -> None:
        g.request_id = uuid4().hex[:12]
        g.request_began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = request_id()
        # The rule, not the path: an enterprise code's token stands in the path.
        rule = request.url_rule.rule if request.url_rule else "unknown"
        log.info(
            "request",
            method=request.method,
            rule=rule,
            status=response.status_code,
            ms=round((time.perf_counter() - g.request_began) * 1000, 1),
        )
        return response
