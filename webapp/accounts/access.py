"""The door of every view: who stands there, and whether the permission table lets them in."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, ParamSpec, cast
from uuid import UUID

from flask import Flask, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from webapp.accounts.queries.reach import reaches
from webapp.accounts.queries.sessions import SignIn, Viewer, sign_in_of
from webapp.accounts.rules.gates import Gate
from webapp.accounts.rules.permissions import Permission, may
from webapp.accounts.rules.roles import Audience, Role
from webapp.accounts.service.landing import search_of
from webapp.platform import clock
from webapp.platform.errors import Forbidden, NotFound
from webapp.platform.tenancy import Actor, Scope, public_scope
from webapp.platform.web.application import settings_of
from webapp.platform.web.errors import answer, wants_json
from webapp.platform.web.logging import bind_viewer, request_id
from webapp.ui import navigation

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

GATES = {
    Gate.SECOND_FACTOR: "accounts.login_code",
    Gate.ORGANISATION: "accounts.login_organisation",
    Gate.PASSWORD: "accounts.me_password",
    Gate.ENROLMENT: "accounts.me_authenticator",
}

_DESK = {
    Audience.ENTERPRISE: navigation.Audience.ENTERPRISE,
    Audience.EXPERT: navigation.Audience.ENTERPRISE,
    Audience.AGENCY: navigation.Audience.AGENCY,
    Audience.PLATFORM: navigation.Audience.OPERATOR,
}
_PHONE = _DESK | {
    Audience.ENTERPRISE: navigation.Audience.WORKER_PHONE,
    Audience.AGENCY: navigation.Audience.OFFICER_PHONE,
}
# They work on the phone alone, so its menu is theirs on every page.
_ON_PHONE = frozenset({Role.WORKER, Role.TEAM_LEADER})


class Door:
    """A living sign-in as flask-login holds it: its id in the cookie is the opaque token."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, sign_in: SignIn) -> None:
        self.token = token
        self.sign_in = sign_in

    def get_id(self) -> str:
        """What the cookie keeps."""
        return self.token


def init_app(app: Flask) -> None:
    """Let the token in the cookie stand for a person, asked anew at every request."""
    keeper = LoginManager(app)
    # Phones change their address all day; a sign-in is ended on the server instead.
    keeper.session_protection = None

    @keeper.user_loader
    def load(token: str) -> Door | None:
        found = sign_in_of(token, clock.now())
        if found is None:
            return None
        own = found.viewer
        bind_viewer(
            found.user_id,
            enterprise_id=None if own is None else own.enterprise_id,
            agency_id=None if own is None else own.agency_id,
        )
        return Door(token, found)


def allow(permission: str, *, at_gate: Gate | None = None) -> Callable[[View[P]], View[P]]:
    """Open a view to the roles that hold ``permission``; a name not in the table is an error.

    ``at_gate`` also opens it to a sign-in that stands before that gate, for the page that lets
    it through.
    """
    checked = Permission(permission)

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            refused = _refusal(checked, at_gate)
            return view(*args, **kwargs) if refused is None else refused

        guarded.permission = checked  # type: ignore[attr-defined]  # read by the house tests
        return guarded

    return guard


def _refusal(permission: Permission, at_gate: Gate | None) -> ResponseReturnValue | None:
    if may(Role.PUBLIC, permission):
        return None
    found = sign_in()
    if found is None:
        return _ask_to_sign_in()
    gate = _gate(found)
    if gate is not None:
        return None if gate is at_gate else _lead_to(url_for(GATES[gate]))
    if not viewer().may(permission):
        raise Forbidden
    return None


def _gate(found: SignIn) -> Gate | None:
    required = settings_of(current_app).totp_required
    return found.gate(is_authenticator_required=required)


def _ask_to_sign_in() -> ResponseReturnValue:
    if wants_json():
        return answer(401, "登录已失效，请重新登录。")
    # What was posted cannot be repeated by following an address.
    is_page = request.method == "GET" and request.path != "/"
    onward = request.full_path.rstrip("?") if is_page else None
    return _lead_to(url_for("accounts.login", next=onward))


def _lead_to(address: str) -> ResponseReturnValue:
    if request.headers.get("HX-Request"):
        # A swapped fragment would put the sign-in page into a corner of the old one.
        response = make_response("", 204)
        response.headers["HX-Redirect"] = address
        return response
    return redirect(address, 303)


def door() -> Door:
    """The living sign-in of this request with its token. Raises Forbidden for a stranger."""
    if not current_user.is_authenticated:
        raise Forbidden
    return cast("Door", current_user)


def sign_in() -> SignIn | None:
    """The living sign-in of this request, whichever gates it has still before it."""
    return door().sign_in if current_user.is_authenticated else None


def gate() -> Gate | None:
    """The gate that this request's sign-in stands before, or None."""
    found = sign_in()
    return None if found is None else _gate(found)


def visitor() -> Viewer | None:
    """Who looks at a public page, or None for a stranger or an unfinished sign-in."""
    found = sign_in()
    return None if found is None or _gate(found) is not None else found.viewer


def viewer() -> Viewer:
    """Who looks at this page. Raises Forbidden for a stranger."""
    found = sign_in()
    if found is None or found.viewer is None:
        raise Forbidden
    return found.viewer


def actor() -> Actor:
    """Who acts in this request; on a public page a stranger without any right of their own."""
    found = visitor()
    if found is not None:
        return found.actor(request_id())
    return Actor(
        None, Role.PUBLIC.words, Role.PUBLIC.value, public_scope(), request_id=request_id()
    )


def own_actor() -> Actor:
    """The signed-in person about their own account, also at a gate. Raises Forbidden."""
    return viewer().actor(request_id())


def scope() -> Scope:
    """What this request may see."""
    return actor().scope


def enterprise_in_view(asked: UUID | None = None) -> UUID:
    """The enterprise that a page is about: the one in its address, else the viewer's own.

    Raises NotFound for another's than one's own, for one outside the officer's region, and for
    officers who name none.
    """
    own = viewer().enterprise_id
    wanted = asked or own
    if wanted is None:
        raise NotFound("请先从企业名单中选择一家企业。")
    if wanted != own and (own is not None or not reaches(scope(), wanted)):
        raise NotFound
    return wanted


def page(template: str, **values: Any) -> str:
    """A page for the desk, with the viewer and the menu around it."""
    return _page(template, _DESK, values)


def may_open(endpoint: str) -> bool:
    """Whether the permission table opens an endpoint to whoever looks at this page."""
    permission: Permission = getattr(current_app.view_functions[endpoint], "permission")  # noqa: B009 - the guard puts it there
    return _may(visitor())(permission)


def phone_page(template: str, **values: Any) -> str:
    """A page for the phone, with the phone's menu."""
    return _page(template, _PHONE, values)


def _page(template: str, menus: dict[Audience, navigation.Audience], values: dict[str, Any]) -> str:
    found = visitor()
    around: dict[str, Any] = {"viewer": found, "may": _may(found), "navigation": [], "shell": None}
    if found is not None:
        whose = (_PHONE if found.role in _ON_PHONE else menus)[found.audience]
        around["navigation"] = navigation.menu(
            current_app._get_current_object(),  # type: ignore[attr-defined]  # the proxy's own
            whose,
            found.may,
            request.endpoint,
        )
        around["shell"] = _shell(found)
    return render_template(template, **{**around, **values})


def _may(found: Viewer | None) -> Callable[[str], bool]:
    return partial(may, Role.PUBLIC) if found is None else found.may


def _shell(found: Viewer) -> navigation.Shell:
    search = search_of(found.audience, found.may)
    return navigation.Shell(
        home_url=url_for("accounts.index"),
        search_url=url_for(search.endpoint) if search else "",
        search_hint=search.hint if search else "",
        me_url=url_for("accounts.me"),
        logout_url=url_for("accounts.logout"),
    )
