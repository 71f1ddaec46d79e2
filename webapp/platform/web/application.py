"""The Flask application before any room has moved in."""

from dataclasses import replace

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.config import Settings, from_environment
from webapp.platform import cluster, database, storage
from webapp.platform.web import cli, errors, health, limits, logging, security


def settings_of(app: Flask) -> Settings:
    """The settings that the application was made with."""
    settings: Settings = app.extensions["settings"]
    return settings


def new_app(settings: Settings | None = None) -> Flask:
    """An application with database, files, logs, limits, security and health."""
    settings = settings or from_environment()
    if not settings.database_url:
        owner_url = cluster.shared(settings.instance / "postgresql")
        settings = replace(settings, database_url=owner_url)
    app = Flask("webapp", static_folder=None, template_folder=None)
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        DEVELOPMENT=settings.development,
        PUBLIC_URL=settings.public_url,
    )
    database.configure(settings.restricted_url(settings.database_url))
    storage.configure(settings.instance / "files")
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    logging.configure()
    logging.init_app(app)
    errors.init_app(app)
    security.init_app(app, secure_cookies=settings.secure_cookies)
    limits.init_app(app, redis_url=settings.redis_url)
    app.register_blueprint(health.bp)
    cli.init_app(app)
    return app
