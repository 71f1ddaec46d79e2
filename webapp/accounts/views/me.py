"""One's own account: password, devices, authenticator."""

from flask.typing import ResponseReturnValue

from webapp.accounts.access import allow, page
from webapp.accounts.views.blueprint import bp


@bp.get("/me")
@allow("account.own")
def me() -> ResponseReturnValue:
    """The account's page."""
    return page("accounts/me/me.html")
