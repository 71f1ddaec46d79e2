"""Headers, cookies and CSRF for every answer."""

from flask import Flask, Response
from flask_wtf import CSRFProtect

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
    " font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self';"
    " frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

csrf = CSRFProtect()


def init_app(app: Flask, *, secure_cookies: bool) -> None:
    """Protect every form and set the headers."""
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure_cookies,
        # A form that lies open over a shift must still be accepted; the session bounds it.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=secure_cookies,
    )
    csrf.init_app(app)

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers["Permissions-Policy"] = "camera=(self), geolocation=(self)"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if secure_cookies:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        # Pages of a tenant must not come back from a shared phone's cache after logout.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
