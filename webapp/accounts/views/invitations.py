"""Inviting someone by a link, and following one."""

from uuid import UUID

from flask import current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import access
from webapp.accounts.access import actor, allow, page, scope, viewer
from webapp.accounts.forms.members import InvitationForm, JoiningForm
from webapp.accounts.queries.invitations import (
    InvitationRow,
    invitation_of_link,
    open_invitation,
    open_invitations,
)
from webapp.accounts.queries.members import agency, lacks_principal
from webapp.accounts.queries.sessions import SignIn
from webapp.accounts.queries.staff import invitee, namesakes
from webapp.accounts.rules.gates import Gate
from webapp.accounts.rules.members import grantable_in
from webapp.accounts.rules.roles import Role
from webapp.accounts.service.invitations import (
    GONE,
    accept_invitation,
    join_by_invitation,
    revoke_invitation,
)
from webapp.accounts.service.login import sign_in
from webapp.accounts.service.members import invite
from webapp.accounts.views.blueprint import bp
from webapp.accounts.views.login import device, enter
from webapp.documents.qr import qr_svg
from webapp.platform.clock import now
from webapp.platform.errors import NotFound
from webapp.platform.paging import PageRequest
from webapp.platform.web.application import settings_of
from webapp.platform.web.forms import Form
from webapp.platform.web.limits import LOGIN, PUBLIC, limiter

LINKS, LINKS_KEPT = "invitations", 5


@bp.get("/members/invitations")
@allow("members.see")
def invitation_list() -> ResponseReturnValue:
    """Links that nobody has followed yet."""
    wanted = PageRequest(request.args.get("page", 1, int))
    return page(
        "accounts/invitations/list.html", invitations=open_invitations(scope(), now(), wanted)
    )


@bp.get("/members/invitations/new")
@allow("members.invite")
def invitation_new() -> ResponseReturnValue:
    """The form, filled from a staff record when ``person`` names one."""
    if viewer().role is Role.OPERATOR and _agency_id() is None:
        return redirect(url_for("accounts.agency_list"), 303)
    form = _form()
    person_id = request.args.get("person", None, UUID)
    if person_id is not None:
        found = invitee(scope(), person_id)
        form.name.data, form.phone.data = found.name, found.phone
        form.person_id.data = str(found.person_id)
    return _new_page(form)


@bp.post("/members/invitations/new")
@allow("members.invite")
def invitation_create() -> ResponseReturnValue:
    """Make the link; the cookie of the inviter keeps it for showing again."""
    form = _form()
    if viewer().enterprise_id is not None:
        form.offer_namesakes(namesakes(scope(), (form.name.data or "").replace("\0", "")))
    if form.validate():
        with form.refusals():
            made = invite(actor(), **form.values(), agency_id=_agency_id(), at=now())
            links = {**session.get(LINKS, {}), str(made.invitation_id): made.token}
            session[LINKS] = dict(list(links.items())[-LINKS_KEPT:])
            address = url_for("accounts.invitation_detail", invitation_id=made.invitation_id)
            return redirect(address, 303)
    return _new_page(form), 422


@bp.get("/members/invitations/<uuid:invitation_id>")
@allow("members.invite")
def invitation_detail(invitation_id: UUID) -> ResponseReturnValue:
    """The link to hand over, as long as this browser has it, and how to take it back."""
    link = _link(session.get(LINKS, {}).get(str(invitation_id), ""))
    return page(
        "accounts/invitations/detail.html",
        invitation=open_invitation(scope(), invitation_id, now()),
        link=link,
        qr=qr_svg(link, label="加入链接二维码") if link else "",
    )


@bp.post("/members/invitations/<uuid:invitation_id>/revocation")
@allow("members.invite")
def invitation_revoke(invitation_id: UUID) -> ResponseReturnValue:
    """Let the link open nothing any more."""
    revoke_invitation(actor(), invitation_id, at=now())
    flash("加入链接已撤销。", "ok")
    return redirect(url_for("accounts.invitation_list"), 303)


@bp.get("/join/<token>")
@limiter.limit(PUBLIC)
@allow("login.use")
def joining(token: str) -> ResponseReturnValue:
    """What the link leads into, and the form of a new account."""
    invitation = _invitation(token)
    form = JoiningForm(login=invitation.phone)
    return _joining_page(token, invitation, form)


@bp.post("/join/<token>")
@limiter.limit(LOGIN)
@allow("login.use")
def joining_submit(token: str) -> ResponseReturnValue:
    """Make the account a member and sign it in."""
    invitation, form = _invitation(token), JoiningForm()
    if _present() is not None:
        return redirect(url_for("accounts.joining", token=token), 303)
    if form.validate():
        with form.refusals():
            login, password = form.login.data or "", form.password.data or ""
            accept_invitation(token, login=login, password=password, at=now())
            session.clear()
            enter(sign_in(login, password, device=device(), is_kept=False, at=now()))
            flash(f"欢迎加入{invitation.organisation}。", "ok")
            return redirect(url_for("accounts.index"), 303)
    return _joining_page(token, invitation, form), 422


@bp.post("/join/<token>/own")
@limiter.limit(LOGIN)
@allow("login.use")
def joining_own(token: str) -> ResponseReturnValue:
    """Join with the account that is signed in."""
    invitation, form = _invitation(token), Form()
    present = _present()
    if present is None:
        return redirect(url_for("accounts.joining", token=token), 303)
    with form.refusals():
        join_by_invitation(token, user_id=present.user_id, name=present.name, at=now())
        flash(f"已加入{invitation.organisation}，请选择这次为哪个单位工作。", "ok")
        return redirect(url_for("accounts.login_organisation"), 303)
    return _joining_page(token, invitation, form), 422


def _joining_page(token: str, invitation: InvitationRow, form: Form) -> str:
    return page(
        "accounts/invitations/join.html",
        token=token,
        invitation=invitation,
        form=form,
        present=_present(),
    )


def _present() -> SignIn | None:
    """Who is signed in here, once the code was shown; other gates do not matter for joining."""
    return None if access.gate() is Gate.SECOND_FACTOR else access.sign_in()


def _invitation(token: str) -> InvitationRow:
    found = invitation_of_link(token, now())
    if found is None:
        raise NotFound(GONE)
    return found


def _link(token: str) -> str:
    """The whole address to hand over, as phones will open it; empty without a token."""
    if not token:
        return ""
    return f"{settings_of(current_app).public_url}{url_for('accounts.joining', token=token)}"


def _form() -> InvitationForm:
    form = InvitationForm()
    form.offer_namesakes(())
    form.offer(
        grantable_in(
            viewer().role,
            is_agency=viewer().enterprise_id is None,
            lacks_principal=lacks_principal(scope()),
        )
    )
    return form


def _new_page(form: InvitationForm) -> str:
    agency_id = _agency_id()
    name = viewer().organisation if agency_id is None else agency(scope(), agency_id).name
    return page("accounts/invitations/new.html", form=form, organisation=name)


def _agency_id() -> UUID | None:
    """The agency that an operator staffs; everyone else invites into their own organisation."""
    is_operator = viewer().role is Role.OPERATOR
    return request.args.get("agency", None, UUID) if is_operator else None
