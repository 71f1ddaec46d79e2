"""Findings: where on the ledger or by which criterion, then the words, the photo, the date."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, phone_page, scope, viewer
from webapp.enterprise.queries.profile import profile
from webapp.hazards.queries.photos import kept_photo
from webapp.hazards.service.photos import keep_photos, prepared
from webapp.inspection.forms.filters import searched
from webapp.inspection.forms.findings import FindingForm, kept, place_in_address, uploads
from webapp.inspection.queries.cases import CaseDetail, FindingRow
from webapp.inspection.queries.files import finding_photo as photo_of
from webapp.inspection.queries.ledger import LedgerPlace, ledger_search, shown_place
from webapp.inspection.rules.cases import Basis
from webapp.inspection.rules.findings import FINDING_FIELDS, Place, Words, shown_text
from webapp.inspection.rules.law_basis import basis, combined, suggested_bases
from webapp.inspection.service.findings import add_finding, change_finding, remove_finding
from webapp.inspection.views.blueprint import CONFLICT, bp, own_case_in_view
from webapp.platform.clock import local_date, now
from webapp.platform.errors import Conflict, RuleBroken
from webapp.standards.check_types import limits
from webapp.standards.hazard_criteria import Criterion, criterion, search
from webapp.standards.loader import UnknownCode

MOST_CRITERIA = 40
OFFERED_BASES = (
    "work_safety_law.41",
    "work_safety_law.36",
    "work_safety_law.28",
    "work_safety_law.30",
    "work_safety_law.35",
)

PLACE = "/enterprises/<uuid:enterprise_id>/inspections/<uuid:case_id>/findings"


@bp.get(f"{PLACE}/choice")
@allow("cases.record")
def finding_choose(enterprise_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Pick a place on the ledger or a criterion; without words the gravest are offered."""
    case = own_case_in_view(enterprise_id, case_id)
    words = searched()
    by_criterion = request.args.get("basis") == Basis.CRITERION.value
    enterprise = profile(scope(), enterprise_id)
    found = search(words, enterprise.supervision_categories) if by_criterion else ()
    return phone_page(
        "inspection/findings/choose.html",
        case=case,
        enterprise=enterprise,
        words=words,
        by_criterion=by_criterion,
        places=() if by_criterion else ledger_search(scope(), enterprise_id, words),
        criteria=found[:MOST_CRITERIA],
        more=max(0, len(found) - MOST_CRITERIA),
    )


@bp.get(f"{PLACE}/new")
@allow("cases.record")
def finding_new(enterprise_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """A finding to be written down."""
    case, place = own_case_in_view(enterprise_id, case_id), place_in_address()
    form = FindingForm(formdata=None)
    form.begin(0, {})
    shown, rule = _shown(enterprise_id, place), _criterion(place)
    form.due_on.data = local_date(now()) + timedelta(days=limits().ordinary_days)
    if rule is not None:
        form.is_major.data = True
        form.description.data = rule.text
    else:
        words = shown.words if shown else ""
        form.law_basis.data = combined(tuple(each.citation for each in suggested_bases(words)))
    return _page(case, form, place)


@bp.post(f"{PLACE}/new")
@allow("cases.record")
def finding_add(enterprise_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Write the finding down."""
    case, place, form = own_case_in_view(enterprise_id, case_id), place_in_address(), FindingForm()
    sent = uploads()
    if form.validate():
        with form.refusals():
            add_finding(
                actor(),
                enterprise_id,
                case_id,
                place,
                form.words(),
                key=UUID(str(form.key.data)),
                pictures=prepared(sent),
                kept=kept(),
                at=now(),
            )
            flash("已记下。", "ok")
            flash(f"finding:{case_id}:{viewer().user_id}", "draft-done")
            return redirect(_work(case), 303)
    held = (*kept(), *keep_photos(actor(), enterprise_id, sent, at=now()))
    return _page(case, form, place, held=held), 422


@bp.get(f"{PLACE}/<uuid:finding_id>")
@allow("cases.record")
def finding_edit(enterprise_id: UUID, case_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    """A finding as a form."""
    case = own_case_in_view(enterprise_id, case_id)
    found = case.finding(finding_id)
    texts = _words(found).texts()
    form = FindingForm(formdata=None)
    form.show(texts)
    form.begin(found.version, texts)
    return _page(case, form, _place(found), found=found)


@bp.post(f"{PLACE}/<uuid:finding_id>")
@allow("cases.record")
def finding_change(enterprise_id: UUID, case_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    """Keep the changed words; what the colleague has changed since is shown instead."""
    case, form = own_case_in_view(enterprise_id, case_id), FindingForm()
    found, sent, told = case.finding(finding_id), uploads(), form.telling()
    if form.validate():
        with told:
            change_finding(
                actor(),
                enterprise_id,
                finding_id,
                form.words(),
                version=form.version.data or 0,
                seen=form.seen_texts(),
                pictures=prepared(sent),
                kept=kept(),
                at=now(),
            )
            flash("已保存。", "ok")
            flash(f"finding:{finding_id}:{viewer().user_id}", "draft-done")
            return redirect(_work(case), 303)
    held = (*kept(), *keep_photos(actor(), enterprise_id, sent, at=now()))
    answer = _page(case, form, _place(found), found=found, held=held, conflict=told.conflict)
    return answer, CONFLICT if told.conflict else 422


@bp.post(f"{PLACE}/<uuid:finding_id>/removal")
@allow("cases.record")
def finding_remove(enterprise_id: UUID, case_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    """Take the finding back."""
    case = own_case_in_view(enterprise_id, case_id)
    version = request.form.get("version", 0, int)
    try:
        remove_finding(actor(), enterprise_id, finding_id, version=version, at=now())
        flash("已删除。", "ok")
    except (Conflict, RuleBroken) as refused:
        flash(refused.message, "bad")
    return redirect(_work(case), 303)


@bp.get(f"{PLACE}/<uuid:finding_id>/photo")
@allow("cases.see")
def finding_photo(enterprise_id: UUID, case_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    """The photo of a finding, small or whole."""
    is_small = request.args.get("size") == "small"
    return _picture(photo_of(scope(), enterprise_id, case_id, finding_id, is_small=is_small))


@bp.get("/enterprises/<uuid:enterprise_id>/inspections/photos/<uuid:file_id>")
@allow("cases.record")
def photo_kept(enterprise_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """One's own photo that waits in a form that was refused."""
    return _picture(kept_photo(scope(), enterprise_id, file_id, viewer().user_id).data)


def _picture(data: bytes) -> ResponseReturnValue:
    response = current_app.response_class(data, mimetype="image/jpeg")
    # A stored photo never changes; its address is only ever asked for by who may see it.
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def _page(
    case: CaseDetail,
    form: FindingForm,
    place: Place,
    *,
    found: FindingRow | None = None,
    held: tuple[UUID, ...] = (),
    conflict: Conflict | None = None,
) -> str:
    return phone_page(
        "inspection/findings/edit.html",
        case=case,
        form=form,
        place=_shown(case.enterprise_id, place),
        criterion=_criterion(place),
        found=found,
        held=held,
        conflict=conflict,
        shown_text=shown_text,
        field_words=FINDING_FIELDS,
        citations=_citations(form.description.data or ""),
    )


def _citations(description: str) -> tuple[str, ...]:
    """The articles to offer: those that the words point to, then the usual ones."""
    found = [each.citation for each in suggested_bases(description)]
    usual = [basis(code).citation for code in OFFERED_BASES]
    return tuple(dict.fromkeys([*found, *usual]))[:5]


def _shown(enterprise_id: UUID, place: Place) -> LedgerPlace | None:
    if place.basis is not Basis.LEDGER:
        return None
    return shown_place(scope(), enterprise_id, place.point_id, place.event_id, place.measure_id)


def _criterion(place: Place) -> Criterion | None:
    if place.basis is not Basis.CRITERION:
        return None
    try:
        return criterion(place.criterion_code)
    except UnknownCode as unknown:
        raise RuleBroken(str(unknown)) from unknown


def _place(found: FindingRow) -> Place:
    return Place(
        found.basis, found.point_id, found.event_id, found.measure_id, found.criterion_code
    )


def _words(found: FindingRow) -> Words:
    return Words(
        found.description, found.law_basis, found.disposition, found.due_on, found.is_major
    )


def _work(case: CaseDetail, done: str | None = None) -> str:
    """The case's page; ``done`` lets it forget the draft of a form that was taken."""
    place: dict[str, Any] = {"enterprise_id": case.enterprise_id, "case_id": case.id}
    return url_for("inspection.case_work", done=done, **place)
