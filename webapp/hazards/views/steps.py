"""The steps of a hazard: each takes its form, calls its use case, or shows what is refused."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, scope
from webapp.hazards.forms import hazards as forms
from webapp.hazards.forms.photos import kept_of, uploads_of, uuid_of
from webapp.hazards.forms.versions import VersionForm
from webapp.hazards.queries.hazard_detail import hazard_detail
from webapp.hazards.queries.offers import Offer, offers
from webapp.hazards.rules.deadlines import Urgency
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardState, Outcome
from webapp.hazards.service.assignment import assign, extend
from webapp.hazards.service.closing import close
from webapp.hazards.service.grading import consent, grade, write_implementations
from webapp.hazards.service.lifecycle import rectify, verify
from webapp.hazards.service.photos import keep_photos
from webapp.hazards.views.blueprint import bp
from webapp.hazards.views.hazards import detail_page
from webapp.hazards.views.kept import thumbs
from webapp.hazards.views.stepping import with_staff
from webapp.platform.clock import local_date, now

NOBODY = UUID(int=0)


@bp.post("/hazards/<uuid:hazard_id>/grading")
@allow("hazards.grade")
def hazard_grade(hazard_id: UUID) -> ResponseReturnValue:
    """Decide the level."""
    form = forms.GradeForm()
    if form.validate():
        with form.refusals():
            grade(
                actor(),
                enterprise_in_view(),
                hazard_id,
                level=HazardLevel(form.level.data),
                criterion_code=form.criterion_code.data or "",
                reason=form.reason.data or "",
                version=form.version.data,
                at=now(),
            )
            return _done(hazard_id, "已评估分级，请下达整改。")
    return _again(hazard_id, Offer.GRADE, form)


@bp.post("/hazards/<uuid:hazard_id>/assignment")
@allow("hazards.assign")
def hazard_assign(hazard_id: UUID) -> ResponseReturnValue:
    """Charge someone with it, or hand it on."""
    found = hazard_detail(scope(), enterprise_in_view(), hazard_id)
    form = with_staff(forms.AssignForm(), found)
    if form.validate():
        with form.refusals():
            assign(
                actor(),
                enterprise_in_view(),
                hazard_id,
                person_id=uuid_of(form.person_id.data) or NOBODY,
                urgency=Urgency(form.urgency.data or Urgency.ORDINARY),
                due_on=form.due_on.data,
                words=form.remark.data or "",
                version=form.version.data,
                at=now(),
            )
            return _done(hazard_id, "已下达整改。")
    handed_on = found.state is HazardState.ASSIGNED
    return _again(hazard_id, Offer.TRANSFER if handed_on else Offer.ASSIGN, form)


@bp.post("/hazards/<uuid:hazard_id>/rectification")
@allow("hazards.rectify")
def hazard_rectify(hazard_id: UUID) -> ResponseReturnValue:
    """Report it as done; pictures of a refused try are kept."""
    form, uploads, kept = forms.RectifyForm(), uploads_of("photos"), kept_of("photos")
    if form.validate():
        with form.refusals():
            rectify(
                actor(),
                enterprise_in_view(),
                hazard_id,
                measures=form.measures.data or "",
                uploads=uploads,
                kept=kept,
                version=form.version.data,
                at=now(),
            )
            return _done(hazard_id, "整改已提交，等待验收。")
    kept = (*kept, *keep_photos(actor(), enterprise_in_view(), uploads, at=now()))
    return _again(hazard_id, Offer.RECTIFY, form, kept=kept)


@bp.post("/hazards/<uuid:hazard_id>/verification")
@allow("hazards.verify")
def hazard_verify(hazard_id: UUID) -> ResponseReturnValue:
    """Accept it, or send it back."""
    form = forms.VerifyForm()
    if form.validate():
        with form.refusals():
            state = verify(
                actor(),
                enterprise_in_view(),
                hazard_id,
                outcome=Outcome(form.outcome.data),
                words=form.remark.data or "",
                version=form.version.data,
                at=now(),
            )
            return _done(hazard_id, _VERIFIED[state])
    return _again(hazard_id, Offer.VERIFY, form)


_VERIFIED = {
    HazardState.CLOSED: "验收通过，隐患已销号。",
    HazardState.VERIFIED: "验收通过，等待销号。",
    HazardState.ASSIGNED: "已退回整改。",
}


@bp.post("/hazards/<uuid:hazard_id>/closure")
@allow("hazards.close")
def hazard_close(hazard_id: UUID) -> ResponseReturnValue:
    """Close what was verified."""
    form = forms.CloseForm()
    if form.validate():
        with form.refusals():
            words, version = form.words.data or "", form.version.data
            close(actor(), enterprise_in_view(), hazard_id, words=words, version=version, at=now())
            return _done(hazard_id, "隐患已销号。")
    return _again(hazard_id, Offer.CLOSE, form)


@bp.post("/hazards/<uuid:hazard_id>/extension")
@allow("hazards.approve_extension")
def hazard_extend(hazard_id: UUID) -> ResponseReturnValue:
    """Grant a later day."""
    form = forms.ExtendForm()
    if form.validate():
        with form.refusals():
            extend(
                actor(),
                enterprise_in_view(),
                hazard_id,
                new_due_on=form.new_due_on.data or local_date(now()),
                reason=form.reason.data or "",
                version=form.version.data,
                at=now(),
            )
            return _done(hazard_id, "已批准延期。")
    return _again(hazard_id, Offer.EXTEND, form)


@bp.post("/hazards/<uuid:hazard_id>/plan")
@allow("majors.edit")
def hazard_plan(hazard_id: UUID) -> ResponseReturnValue:
    """Write down the five implementations."""
    form = forms.PlanForm()
    if form.validate():
        with form.refusals():
            words, version = form.words(), form.version.data
            write_implementations(
                actor(), enterprise_in_view(), hazard_id, words=words, version=version, at=now()
            )
            return _done(hazard_id, "“五落实”已保存。")
    return _again(hazard_id, Offer.PLAN, form)


@bp.post("/enterprises/<uuid:enterprise_id>/hazards/<uuid:hazard_id>/consent")
@allow("hazards.supervise")
def hazard_consent(enterprise_id: UUID, hazard_id: UUID) -> ResponseReturnValue:
    """The agency agrees to the closure of a major hazard."""
    form = forms.ConsentForm()
    if form.validate():
        with form.refusals():
            consent(actor(), enterprise_id, hazard_id, words=form.words.data or "", at=now())
            return _done(hazard_id, "已同意销号。", enterprise_id)
    return _again(hazard_id, Offer.CONSENT, form, enterprise_id)


def _done(hazard_id: UUID, words: str, enterprise_id: UUID | None = None) -> ResponseReturnValue:
    flash(words, "ok")
    address = url_for("hazards.hazard_show", hazard_id=hazard_id, enterprise_id=enterprise_id)
    return redirect(address, 303)


def _again(
    hazard_id: UUID,
    step: Offer,
    form: VersionForm,
    enterprise_id: UUID | None = None,
    kept: Collection[UUID] = (),
) -> ResponseReturnValue:
    """The page as it stands now, with what was typed; sending again then means this state."""
    found = hazard_detail(scope(), enterprise_in_view(enterprise_id), hazard_id)
    form.renew(found.version)
    more: dict[str, Any] = {"kept": thumbs(kept)}
    html = detail_page(found, offers(actor(), found), step, form, enterprise_id, **more)
    return html, 422
