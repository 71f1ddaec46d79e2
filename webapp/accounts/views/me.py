"""One's own account: password, devices, authenticator."""

from uuid import UUID

import pyotp
from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import access
from webapp.accounts.access import allow, page
from webapp.accounts.forms.login import CodeForm
from webapp.accounts.forms.me import PasswordForm
from webapp.accounts.queries.credentials import places_of
from webapp.accounts.queries.sessions import devices
from webapp.accounts.rules.gates import Gate
from webapp.accounts.rules.second_factor import requires_second_factor
from webapp.accounts.service.me import (
    change_password,
    enrol_authenticator,
    remove_authenticator,
    revoke_device,
    revoke_other_devices,
)
from webapp.accounts.service.secrets import new_secret
from webapp.accounts.views.blueprint import bp
from webapp.accounts.views.login import device, enter, onward
from webapp.documents.qr import qr_svg
from webapp.platform.clock import local_date, now
from webapp.platform.web.limits import LOGIN, limiter

SECRET = "authenticator"  # noqa: S105 - the name under which the cookie keeps it


@bp.get("/me")
@allow("account.own")
def me() -> ResponseReturnValue:
    """The account with its devices and organisations."""
    present = access.door().sign_in
    return page(
        "accounts/me/me.html",
        account=present,
        devices=devices(present.user_id, now()),
        places=places_of(present.user_id, local_date(now())),
    )


@bp.get("/me/password")
@allow("account.own", at_gate=Gate.PASSWORD)
def me_password() -> ResponseReturnValue:
    """The form of a new password."""
    return _password_page(PasswordForm())


@bp.post("/me/password")
@limiter.limit(LOGIN)
@allow("account.own", at_gate=Gate.PASSWORD)
def me_password_submit() -> ResponseReturnValue:
    """Take the new password; other devices are signed out."""
    form = PasswordForm()
    if form.validate():
        with form.refusals():
            change_password(
                access.own_actor(),
                access.door().sign_in.session_id,
                present=form.present.data or "",
                password=form.password.data or "",
                device=device(),
                at=now(),
            )
            flash("密码已修改，其他设备上的登录已全部退出。", "ok")
            return redirect(_after_gate(Gate.PASSWORD), 303)
    return _password_page(form), 422


@bp.get("/me/authenticator")
@allow("account.own", at_gate=Gate.ENROLMENT)
def me_authenticator() -> ResponseReturnValue:
    """Enrol an authenticator, or remove it."""
    return _authenticator_page(CodeForm())


@bp.post("/me/authenticator")
@limiter.limit(LOGIN)
@allow("account.own", at_gate=Gate.ENROLMENT)
def me_authenticator_submit() -> ResponseReturnValue:
    """Enrol the authenticator that shows this code."""
    form = CodeForm()
    if form.validate():
        with form.refusals():
            enrol_authenticator(
                access.own_actor(),
                access.door().sign_in.session_id,
                secret=_secret(),
                code=form.code.data or "",
                at=now(),
            )
            session.pop(SECRET, None)
            flash("已绑定动态口令，以后每次登录都要输入。", "ok")
            return redirect(_after_gate(Gate.ENROLMENT), 303)
    return _authenticator_page(form), 422


@bp.post("/me/authenticator/removal")
@limiter.limit(LOGIN)
@allow("account.own")
def me_authenticator_remove() -> ResponseReturnValue:
    """Ask for no code any more."""
    form = CodeForm()
    if form.validate():
        with form.refusals():
            remove_authenticator(access.actor(), code=form.code.data or "", at=now())
            flash("已解除动态口令。", "ok")
            return redirect(url_for("accounts.me"), 303)
    return _authenticator_page(form), 422


@bp.post("/me/devices/<uuid:session_id>/revocation")
@allow("account.own")
def me_device_revoke(session_id: UUID) -> ResponseReturnValue:
    """Sign one device out."""
    revoke_device(access.actor(), session_id, at=now())
    flash("该设备已退出登录。", "ok")
    return redirect(url_for("accounts.me"), 303)


@bp.post("/me/devices/revocation")
@allow("account.own")
def me_devices_revoke() -> ResponseReturnValue:
    """Sign every device out but this one."""
    revoke_other_devices(access.actor(), access.door().sign_in.session_id, at=now())
    flash("其他设备已全部退出登录。", "ok")
    return redirect(url_for("accounts.me"), 303)


def _password_page(form: PasswordForm) -> str:
    return page("accounts/me/password.html", form=form, **_around(Gate.PASSWORD))


def _authenticator_page(form: CodeForm) -> str:
    present = access.door().sign_in
    if present.has_authenticator:
        is_needed = requires_second_factor((access.viewer().role,))
        return page("accounts/me/authenticator_bound.html", form=form, is_needed=is_needed)
    secret = _secret()
    address = pyotp.TOTP(secret).provisioning_uri(name=present.login, issuer_name="安企码")
    return page(
        "accounts/me/authenticator.html",
        form=form,
        qr=qr_svg(address, label="动态口令二维码"),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        **_around(Gate.ENROLMENT),
    )


def _around(gate: Gate) -> dict[str, object]:
    """A page at a gate stands alone; the same page of a complete sign-in has the desk around it."""
    is_gate = access.gate() is gate
    return {"is_gate": is_gate, "layout": f"ui/layouts/{'plain' if is_gate else 'desk'}.html"}


def _secret() -> str:
    """The secret being enrolled, kept in the cookie of the very person who will hold it."""
    return str(session.setdefault(SECRET, new_secret()))


def _after_gate(gate: Gate) -> str:
    """Onward through the gate just opened; back to the account from an ordinary visit."""
    if access.gate() is not gate:
        return url_for("accounts.me")
    enter(access.door().token)
    return onward()
