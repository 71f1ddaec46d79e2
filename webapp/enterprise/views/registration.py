"""Applying, looking how far it has come, and deciding."""

from typing import Any
from uuid import UUID, uuid4

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, door, gate, page, scope, visitor
from webapp.accounts.rules.gates import Gate
from webapp.accounts.rules.roles import Role
from webapp.enterprise.forms.filters import enterprise_filter, page_request
from webapp.enterprise.forms.organisation import as_id
from webapp.enterprise.forms.registration import (
    ApplicantForm,
    MemberApplicantForm,
    ProfileForm,
    ProgressForm,
    RejectionForm,
    application_values,
)
from webapp.enterprise.queries.applications import application_state, own_applications
from webapp.enterprise.queries.enterprises import enterprises
from webapp.enterprise.queries.profile import profile
from webapp.enterprise.rules.answers import answers
from webapp.enterprise.rules.registration import Application, RegistrationState
from webapp.enterprise.service.registration import (
    Applicant,
    apply,
    approve,
    check_application,
    cleaned,
    reject,
)
from webapp.enterprise.views.blueprint import bp
from webapp.platform.clock import now
from webapp.platform.tenancy import system_actor
from webapp.platform.web.forms import Form
from webapp.platform.web.limits import LOGIN, PUBLIC, limiter
from webapp.platform.web.logging import request_id

_KEPT, _DONE = "application", "applied"


@bp.get("/apply")
@limiter.limit(PUBLIC)
@allow("registration.apply")
def registration_apply() -> ResponseReturnValue:
    """The application form, with what was typed before."""
    return page("enterprise/registration/apply.html", form=ProfileForm(data=session.get(_KEPT)))


@bp.post("/apply")
@limiter.limit(PUBLIC)
@allow("registration.apply")
def registration_apply_check() -> ResponseReturnValue:
    """Keep the answers in the visitor's own cookie and show them before they are sent."""
    form = ProfileForm()
    is_readable = form.validate()
    with form.refusals():
        check_application(form.application())
        if is_readable:
            session[_KEPT] = application_values(cleaned(form.application()))
            return redirect(url_for("enterprise.registration_check"), 303)
    return page("enterprise/registration/apply.html", form=form), 422


@bp.get("/apply/check")
@limiter.limit(PUBLIC)
@allow("registration.apply")
def registration_check() -> ResponseReturnValue:
    """The answers, each with a way to change it, and the account that will sign in."""
    record = _kept()
    if record is None:
        return redirect(url_for("enterprise.registration_apply"), 303)
    return _check_page(record, _applicant_form(key=str(uuid4())))


@bp.post("/apply/check")
@limiter.limit(LOGIN)
@allow("registration.apply")
def registration_submit() -> ResponseReturnValue:
    """Hand the application in."""
    record, form = _kept(), _applicant_form()
    if record is None:
        return redirect(url_for("enterprise.registration_apply"), 303)
    if form.validate():
        with form.refusals():
            apply(
                system_actor("入驻申请", request_id()),
                record,
                applicant=_applicant(form),
                key=as_id(form.key.data),
                at=now(),
            )
            session.pop(_KEPT, None)
            session[_DONE] = {"name": record.name, "uscc": record.uscc}
            return redirect(url_for("enterprise.registration_done"), 303)
    return _check_page(record, form), 422


@bp.get("/apply/done")
@limiter.limit(PUBLIC)
@allow("registration.apply")
def registration_done() -> ResponseReturnValue:
    """What happens next and how to follow it."""
    done = session.get(_DONE)
    if done is None:
        return redirect(url_for("enterprise.registration_apply"), 303)
    return page("enterprise/registration/done.html", done=done)


@bp.get("/apply/progress")
@limiter.limit(PUBLIC)
@allow("registration.apply")
def registration_progress() -> ResponseReturnValue:
    """Ask for the code and a telephone number of the application."""
    form = ProgressForm(data={"uscc": (session.get(_DONE) or {}).get("uscc", "")})
    return page("enterprise/registration/progress.html", form=form, found=None, asked=False)


@bp.post("/apply/progress")
@limiter.limit(LOGIN)
@allow("registration.apply")
def registration_progress_show() -> ResponseReturnValue:
    """How far the application has come."""
    form = ProgressForm()
    if not form.validate():
        return _progress_page(form, asked=False), 422
    return _progress_page(form, asked=True)


@bp.get("/apply/own")
@allow("account.own", at_gate=Gate.ORGANISATION)
def registration_own() -> ResponseReturnValue:
    """How far the applications of an account have come that belongs to no organisation yet."""
    if gate() is not Gate.ORGANISATION:
        return redirect(url_for("accounts.index"), 303)
    found = own_applications(door().sign_in.user_id)
    return page("enterprise/registration/own.html", applications=found)


@bp.get("/registrations")
@allow("registration.review")
def registration_list() -> ResponseReturnValue:
    """The applications of the region that wait, oldest first."""
    state = RegistrationState.APPLIED
    if request.args.get("state") == RegistrationState.REJECTED:
        state = RegistrationState.REJECTED
    wanted = enterprise_filter(request.args, state)
    rows = enterprises(scope(), wanted, page_request(request.args))
    return page("enterprise/registration/list.html", rows=rows, wanted=wanted, now=now())


@bp.get("/registrations/<uuid:enterprise_id>")
@allow("registration.review")
def registration_show(enterprise_id: UUID) -> ResponseReturnValue:
    """One application with both decisions."""
    return _show_page(enterprise_id, RejectionForm())


@bp.post("/registrations/<uuid:enterprise_id>/approval")
@allow("registration.review")
def registration_approve(enterprise_id: UUID) -> ResponseReturnValue:
    """Let the enterprise in."""
    form = RejectionForm()
    with form.refusals():
        approve(actor(), enterprise_id, at=now())
        flash("已通过。企业码已签发，申请人现在可以登录。", "ok")
        return redirect(url_for("enterprise.file_show", enterprise_id=enterprise_id), 303)
    return _show_page(enterprise_id, form), 409


@bp.post("/registrations/<uuid:enterprise_id>/rejection")
@allow("registration.review")
def registration_reject(enterprise_id: UUID) -> ResponseReturnValue:
    """Hand the application back."""
    form = RejectionForm()
    if form.validate():
        with form.refusals():
            reject(actor(), enterprise_id, remark=form.remark.data or "", at=now())
            flash("已退回，企业可以按原因修改后重新申请。", "ok")
            return redirect(url_for("enterprise.registration_list"), 303)
    return _show_page(enterprise_id, form), 422


def _kept() -> Application | None:
    values: dict[str, Any] | None = session.get(_KEPT)
    if not values:
        return None
    categories = tuple(values.get("supervision_categories", ()))
    return Application(**{**values, "supervision_categories": categories})


def _applicant_form(**values: str) -> MemberApplicantForm:
    kind = ApplicantForm if visitor() is None else MemberApplicantForm
    return kind(data=values or None)


def _applicant(form: MemberApplicantForm) -> Applicant:
    role, known = Role(form.role.data), visitor()
    if isinstance(form, ApplicantForm):
        return Applicant(role, login=form.login.data or "", password=form.password.data or "")
    return Applicant(role, user_id=None if known is None else known.user_id)


def _check_page(record: Application, form: Form) -> str:
    return page(
        "enterprise/registration/check.html", form=form, answers=answers(record), record=record
    )


def _progress_page(form: ProgressForm, *, asked: bool) -> str:
    found = application_state(form.uscc.data or "", form.phone.data or "") if asked else None
    return page("enterprise/registration/progress.html", form=form, found=found, asked=asked)


def _show_page(enterprise_id: UUID, form: RejectionForm) -> str:
    found = profile(scope(), enterprise_id)
    return page(
        "enterprise/registration/show.html",
        enterprise=found,
        answers=answers(found.application),
        form=form,
        may_decide=found.state is RegistrationState.APPLIED,
    )
