"""Gives an application its look: templates, styles, filters, the language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, g, request
from flask_babel import Babel, get_translations
from jinja2 import StrictUndefined

from webapp.ui import charts, filters, gallery
from webapp.ui.assets import STATIC_FOLDER, STATIC_URL, asset_url, keep_marked_assets
from webapp.ui.error_pages import error_page
from webapp.ui.fields import anchor_of, control_attrs, form_errors, own_errors
from webapp.ui.paging import page_links, page_url, url_with
from webapp.ui.theme import colour_theme

if TYPE_CHECKING:
    from babel.support import NullTranslations
    from jinja2 import Environment

TRANSLATIONS = Path(__file__).parent / "translations"
LOCALE = "zh_Hans_CN"
TIMEZONE = "Asia/Shanghai"


def init_app(app: Flask) -> None:
    """Register the `ui` blueprint, the template filters and, in development, the gallery."""
    door = Blueprint(
        "ui",
        __name__,
        static_folder=str(STATIC_FOLDER),
        static_url_path=STATIC_URL,
        template_folder="templates",
    )
    door.after_request(keep_marked_assets)
    app.register_blueprint(door)
    app.context_processor(_page_words)
    # Asked for by the floor below, which must not know how a page looks.
    app.extensions["error_page"] = error_page
    _language(app)
    _templates(app.jinja_env)
    if app.config.get("DEVELOPMENT"):
        gallery.init_app(app)


def _language(app: Flask) -> None:
    app.config.setdefault("BABEL_DEFAULT_LOCALE", LOCALE)
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", TIMEZONE)
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(TRANSLATIONS))
    if "babel" not in app.extensions:
        Babel(app)


def _templates(environment: Environment) -> None:
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.globals.update(asset_url=asset_url, page_url=page_url, url_with=url_with)
    environment.filters.update(
        anchor_of=anchor_of,
        control_attrs=control_attrs,
        form_errors=form_errors,
        own_errors=own_errors,
        page_links=page_links,
    )
    # A page has hundreds of words; looking the language up for each took a sixth of its time.
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # jinja2.ext.i18n adds it
        lambda words: _translations().ugettext(words),
        lambda one, many, number: _translations().ungettext(one, many, number),
        newstyle=True,
    )
    filters.register(environment)
    charts.register(environment)


def _translations() -> NullTranslations:
    """The words of the request's language, looked up once a request."""
    if "translations" not in g:
        g.translations = get_translations()
    found: NullTranslations = g.translations
    return found


def _page_words() -> dict[str, Any]:
    """What every page may know of the request: the colours that the person chose."""
    return {"colour_theme": colour_theme(request.cookies) if request else ""}
