"""Signing in and out."""

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from webapp.accounts import access
from webapp.accounts.access import Door, allow, page
from webapp.accounts.forms.login import CodeForm, LoginForm, OrganisationForm
from webapp.accounts.queries.credentials import places_of
from webapp.accounts.queries.sessions import sign_in_of
from webapp.accounts.rules.addresses import is_own_path
from webapp.accounts.rules.gates import Gate
from webapp.accounts.rules.sign_ins import device_words
from webapp.accounts.service.landing import landing_of, lobby, public_links
from webapp.accounts.service.login import (
    Device,
    choose_organisation,
    pass_second_factor,
    sign_in,
    sign_out,
)
from webapp.accounts.views.blueprint import bp
from webapp.platform.clock import local_date, now
from webapp.platform.web.limits import LOGIN, limiter

ONWARD = "onward"


@bp.get("/")
@allow("home.see")
def index() -> ResponseReturnValue:
    """Each role's own first page."""
    return redirect(url_for(landing_of(access.viewer().role)), 303)


@bp.get("/login")
@allow("login.use")
def login() -> ResponseReturnValue:
    """Name and password."""
    if access.sign_in() is not None:
        return redirect(onward(request.args.get("next", "")), 303)
    return _login_page(LoginForm())


@bp.post("/login")
@limiter.limit(LOGIN)
@allow("login.use")
def login_submit() -> ResponseReturnValue:
    """Open a session; what more it needs is asked at its gates."""
    form = LoginForm()
    if form.validate():
        with form.refusals():
            typed = form.values()
            token = sign_in(
                typed["login"],
                typed["password"],
                device=device(),
                is_kept=typed["is_kept"],
                at=now(),
            )
            session.clear()
            enter(token, is_kept=typed["is_kept"])
            return redirect(onward(request.args.get("next", "")), 303)
    return _login_page(form), 422


def _login_page(form: LoginForm) -> str:
    return page("accounts/login/login.html", form=form, links=public_links())


@bp.get("/login/forgotten")
@allow("login.use")
def forgotten() -> ResponseReturnValue:
    """Whom to ask for a new password; nobody gets one by a message."""
    return page("accounts/login/forgotten.html")


@bp.get("/login/code")
@allow("account.own", at_gate=Gate.SECOND_FACTOR)
def login_code() -> ResponseReturnValue:
    """The authenticator's code."""
    if access.gate() is not Gate.SECOND_FACTOR:
        return redirect(onward(), 303)
    return page("accounts/login/code.html", form=CodeForm())


@bp.post("/login/code")
@limiter.limit(LOGIN)
@allow("account.own", at_gate=Gate.SECOND_FACTOR)
def login_code_submit() -> ResponseReturnValue:
    """Let the sign-in through when the code fits."""
    form = CodeForm()
    if form.validate():
        with form.refusals():
            door = access.door()
            code = form.values()["code"]
            enter(pass_second_factor(door.token, door.sign_in, code, device=device(), at=now()))
            return redirect(onward(), 303)
    return page("accounts/login/code.html", form=form), 422


@bp.get("/login/organisation")
@allow("account.own", at_gate=Gate.ORGANISATION)
def login_organisation() -> ResponseReturnValue:
    """The organisations that the person can work for; who has none waits elsewhere."""
    places = places_of(access.door().sign_in.user_id, local_date(now()))
    if not places:
        return redirect(url_for(lobby()), 303)
    return page("accounts/login/organisation.html", form=OrganisationForm(), places=places)


@bp.post("/login/organisation")
@allow("account.own", at_gate=Gate.ORGANISATION)
def login_organisation_submit() -> ResponseReturnValue:
    """Work for the chosen one from now on."""
    form, door = OrganisationForm(), access.door()
    if form.validate():
        chosen = form.values()["membership_id"]
        enter(choose_organisation(door.token, door.sign_in, chosen, at=now()))
        return redirect(onward(), 303)
    places = places_of(door.sign_in.user_id, local_date(now()))
    return page("accounts/login/organisation.html", form=form, places=places), 422


@bp.post("/logout")
@allow("login.use")
def logout() -> ResponseReturnValue:
    """End the session on the server and forget it here."""
    present = access.sign_in()
    if present is not None:
        sign_out(present, at=now())
    logout_user()
    session.clear()
    flash("您已退出登录。", "ok")
    return redirect(url_for("accounts.login"), 303)


def enter(token: str, *, is_kept: bool | None = None) -> None:
    """Let the browser carry the token; ``is_kept`` lets it outlive the window."""
    found = sign_in_of(token, now())
    if found is not None:
        login_user(Door(token, found))
    if is_kept is not None:
        session.permanent = is_kept


def onward(wanted: str = "") -> str:
    """Where the person was going, kept until no gate stands in the way; else the first page."""
    if is_own_path(wanted):
        session[ONWARD] = wanted
    gate = access.gate()
    if gate is not None:
        return url_for(access.GATES[gate])
    kept: str = session.pop(ONWARD, "")
    return kept or url_for("accounts.index")


def device() -> Device:
    """Where this request comes from."""
    agent = request.user_agent.string
    return Device(device_words(agent), request.remote_addr or "")
