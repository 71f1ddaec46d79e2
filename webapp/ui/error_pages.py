"""Error pages that stand alone: they ask nobody who looks and touch no database."""

from __future__ import annotations

from flask import current_app, request

from webapp.ui.theme import colour_theme

PAGES = frozenset({403, 404, 405, 409, 413, 419, 429, 500, 503})


def error_page(
    status: int, *, message: str = "", request_id: str = "", retry_after: int | None = None
) -> str:
    """The page of an HTTP status; one without a page of its own shows as 500.

    It is rendered without the application's context processors, so it comes out even when they
    would fail. `retry_after` is in seconds.
    """
    name = status if status in PAGES else 500
    template = current_app.jinja_env.get_template(f"ui/errors/{name}.html")
    return template.render(
        message=message,
        request_id=request_id,
        retry_after=retry_after,
        colour_theme=colour_theme(request.cookies),
    )
