"""Inspections: the list, the page on the spot, the page at the desk."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, page, phone_page, scope, viewer
from webapp.accounts.rules.roles import Role
from webapp.documents.qr import qr_svg
from webapp.enterprise.queries.profile import profile
from webapp.hazards.forms.photos import uuid_of
from webapp.inspection.forms.cases import AccountForm, ReasonForm
from webapp.inspection.forms.filters import case_filter, page_request
from webapp.inspection.queries.briefing import briefing
from webapp.inspection.queries.case_list import cases, overlapping_visits
from webapp.inspection.queries.cases import CaseDetail
from webapp.inspection.queries.documents import DocumentDetail, document_detail
from webapp.inspection.rules.cases import CaseState, time_warnings
from webapp.inspection.rules.filters import Whose
from webapp.inspection.rules.steps import next_paper, steps_of
from webapp.inspection.rules.tokens import address, grouped
from webapp.inspection.rules.visits import Account
from webapp.inspection.service.cases import abandon_case, finish_visit, save_case
from webapp.inspection.service.closing import close_case
from webapp.inspection.views.blueprint import (
    CONFLICT,
    base_address,
    bp,
    case_in_view,
    is_own,
    own_case_in_view,
)
from webapp.platform.clock import local_date, now
from webapp.platform.errors import Conflict, RuleBroken


@bp.get("/inspections")
@allow("cases.see")
def case_list() -> ResponseReturnValue:
    """The inspections that the address asks for; officers begin with their own."""
    me = viewer()
    wanted = case_filter(Whose.MINE if me.role is Role.INSPECTOR else Whose.AGENCY)
    return page(
        "inspection/cases/list.html",
        wanted=wanted,
        found=cases(scope(), wanted, page_request(), user_id=me.user_id),
        states=[(state.value, state.words) for state in CaseState],
        tabs_of=Whose,
        today=local_date(now()),
    )


@bp.get("/enterprises/<uuid:enterprise_id>/inspections/<uuid:case_id>")
@allow("cases.see")
def case_show(enterprise_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """The inspection at the desk: where it stands, its items, its papers."""
    case = case_in_view(enterprise_id, case_id)
    if case.state is CaseState.OPEN and is_own(case):
        return redirect(_work(case), 303)
    shown = _shown(case)
    code = grouped(shown.code) if shown else ""
    return page(
        "inspection/cases/show.html",
        case=case,
        enterprise=profile(scope(), enterprise_id),
        shown=shown,
        code=code,
        symbol=qr_svg(address(base_address(), shown.code), label=code) if shown else "",
        steps=steps_of(
            case.state,
            case.paper_dates,
            has_ordered=bool(case.ordered),
            inspected_on=case.inspected_on,
            closed_on=local_date(case.closed_at) if case.closed_at else None,
        ),
        next_paper=next_paper(case.state, has_ordered=bool(case.ordered)),
        is_own=is_own(case),
        today=local_date(now()),
    )


def _shown(case: CaseDetail) -> DocumentDetail | None:
    """The paper that the address asks for, else the newest in force."""
    wanted = uuid_of(request.args.get("paper"))
    papers = {document.id: document for document in case.documents}
    found = papers.get(wanted) if wanted else next(reversed(case.in_force), None)
    return document_detail(scope(), case.enterprise_id, found.id) if found else None


@bp.get("/enterprises/<uuid:enterprise_id>/inspections/<uuid:case_id>/on-site")
@allow("cases.record")
def case_work(enterprise_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """The inspection on the spot."""
    case = own_case_in_view(enterprise_id, case_id)
    form = AccountForm(formdata=None)
    texts = _account(case).texts()
    form.show(texts)
    form.begin(case.version, texts)
    return _work_page(case, form)


@bp.post("/enterprises/<uuid:enterprise_id>/inspections/<uuid:case_id>/on-site")
@allow("cases.record")
def case_save(enterprise_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Keep the account; what the colleague has saved since is shown instead."""
    case, form = own_case_in_view(enterprise_id, case_id), AccountForm()
    told = form.telling()
    if form.validate():
        with told:
            save_case(
                actor(),
                enterprise_id,
                case_id,
                form.account(),
                version=form.version.data or 0,
                seen=form.seen_texts(),
                at=now(),
            )
            flash("已保存。", "ok")
            flash(f"inspection:{case_id}:{viewer().user_id}", "draft-done")
            return redirect(_work(case), 303)
    return _work_page(case, form, told.conflict), CONFLICT if told.conflict else 422


@bp.post("/enterprises/<uuid:enterprise_id>/inspections/<uuid:case_id>/finish")
@allow("cases.record")
def case_finish(enterprise_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """End the visit and go on to the record."""
    finish_visit(actor(), enterprise_id, case_id, at=now())
    return redirect(
        url_for(
            "inspection.paper_sign",
            enterprise_id=enterprise_id,
            case_id=case_id,
            kind="inspection_record",
        ),
        303,
    )


@bp.get("/enterprises/<uuid:enterprise_id>/inspections/<uuid:case_id>/abandonment")
@allow("cases.record")
def case_giving_up(enterprise_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Why the inspection is given up."""
    case = own_case_in_view(enterprise_id, case_id)
    return phone_page("inspection/cases/abandon.html", case=case, form=ReasonForm())


@bp.post("/enterprises/<uuid:enterprise_id>/inspections/<uuid:case_id>/abandonment")
@allow("cases.record")
def case_abandon(enterprise_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Give the inspection up."""
    case, form = own_case_in_view(enterprise_id, case_id), ReasonForm()
    if form.validate():
        with form.refusals():
            abandon_case(actor(), enterprise_id, case_id, reason=form.reason.data or "", at=now())
            flash("检查已终止。", "ok")
            return redirect(url_for("inspection.case_list"), 303)
    return phone_page("inspection/cases/abandon.html", case=case, form=form), 422


@bp.post("/enterprises/<uuid:enterprise_id>/inspections/<uuid:case_id>/closing")
@allow("cases.record")
def case_close(enterprise_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Close an inspection that ordered nothing."""
    try:
        close_case(actor(), enterprise_id, case_id, at=now())
        flash("检查已办结。", "ok")
    except RuleBroken as broken:
        flash(broken.message, "bad")
    return redirect(
        url_for("inspection.case_show", enterprise_id=enterprise_id, case_id=case_id), 303
    )


def _work_page(case: CaseDetail, form: AccountForm, conflict: Conflict | None = None) -> str:
    at = now()
    return phone_page(
        "inspection/cases/work.html",
        case=case,
        briefing=briefing(scope(), case.enterprise_id, at=at),
        form=form,
        conflict=conflict,
        warnings=_warnings(case),
        at=at,
        done=request.args.get("done", ""),
    )


def _warnings(case: CaseDetail) -> tuple[str, ...]:
    if case.ended_at is None:
        return ()
    times = (case.started_at, case.ended_at)
    others = overlapping_visits(scope(), case.id, case.officer_ids, *times)
    return time_warnings(*times, officers=case.officer_ids, others=others)


def _account(case: CaseDetail) -> Account:
    return Account(
        case.places,
        case.contact_name,
        case.contact_position,
        case.contact_phone,
        case.situation,
        case.started_at,
        case.ended_at,
    )


def _work(case: CaseDetail) -> str:
    return url_for("inspection.case_work", enterprise_id=case.enterprise_id, case_id=case.id)
