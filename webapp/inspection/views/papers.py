"""Papers of a case: read out, signed, issued; the re-inspection before its opinion."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, phone_page, scope
from webapp.inspection.forms.enforcement import SigningForm, reinspection_form
from webapp.inspection.pdf.papers import pdf_of
from webapp.inspection.pdf.parts import Hands, Paper
from webapp.inspection.queries.cases import CaseDetail
from webapp.inspection.queries.drafts import Draft, draft
from webapp.inspection.rules.cases import CaseState
from webapp.inspection.rules.enforcement import DocumentKind
from webapp.inspection.rules.orders import order_groups
from webapp.inspection.rules.reinspection import texts_of
from webapp.inspection.rules.steps import next_paper
from webapp.inspection.service.enforcement import ISSUES, Submission
from webapp.inspection.service.reinspection import outcomes_of, record_outcomes
from webapp.inspection.service.signatures import decoded
from webapp.inspection.views.blueprint import (
    CONFLICT,
    base_address,
    bp,
    case_in_view,
    own_case_in_view,
    pdf_answer,
)
from webapp.platform.clock import local_date, now
from webapp.platform.errors import NotFound

PLACE = "/enterprises/<uuid:enterprise_id>/inspections/<uuid:case_id>"


@bp.get(f"{PLACE}/papers/<kind>/new")
@allow("documents.issue")
def paper_sign(enterprise_id: UUID, case_id: UUID, kind: str) -> ResponseReturnValue:
    """The paper as it would be issued now, and the pads to sign it."""
    case, paper = own_case_in_view(enterprise_id, case_id), _kind(kind)
    if next_paper(case.state, has_ordered=bool(case.ordered)) is not paper:
        flash(f"检查{case.state.words}，现在不出具《{paper.words}》。", "warn")
        return redirect(_show(case), 303)
    form = SigningForm(formdata=None, unit_name=case.contact_name)
    made = draft(scope(), case, paper)
    form.seen_sha256.data = made.sha256
    return _page(case, made, form)


@bp.post(f"{PLACE}/papers/<kind>/new")
@allow("documents.issue")
def paper_issue(enterprise_id: UUID, case_id: UUID, kind: str) -> ResponseReturnValue:
    """Issue the signed paper; a repeat of the same submission leads to the same paper."""
    case, paper, form = own_case_in_view(enterprise_id, case_id), _kind(kind), SigningForm()
    status = 422
    if form.validate():
        with form.refusals():
            sent = Submission(
                signings=decoded(form.hands(), case),
                seen_sha256=form.seen_sha256.data or "",
                key=UUID(str(form.key.data)),
                base_address=base_address(),
            )
            document_id = ISSUES[paper](actor(), enterprise_id, case_id, sent, at=now())
            return redirect(
                url_for(
                    "inspection.document_issued",
                    enterprise_id=enterprise_id,
                    document_id=document_id,
                ),
                303,
            )
    made = draft(scope(), case_in_view(enterprise_id, case_id), paper)
    if made.sha256 != form.seen_sha256.data:
        form.forget_hands()
        form.seen_sha256.data, status = made.sha256, CONFLICT
    return _page(case, made, form), status


@bp.get(f"{PLACE}/papers/<kind>/draft.pdf")
@allow("documents.issue")
def paper_draft(enterprise_id: UUID, case_id: UUID, kind: str) -> ResponseReturnValue:
    """The whole paper before its number, to be read out."""
    case, paper = own_case_in_view(enterprise_id, case_id), _kind(kind)
    made = draft(scope(), case, paper)
    data = pdf_of(Paper(made.content, Hands(), base_address()))
    return pdf_answer(data, f"{paper.words}（草稿）.pdf", is_download=False)


@bp.get(f"{PLACE}/reinspection")
@allow("cases.record")
def reinspection_edit(enterprise_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """The order's open items, one by one."""
    case = own_case_in_view(enterprise_id, case_id)
    if case.state not in (CaseState.ORDERED, CaseState.REINSPECTED):
        return redirect(_show(case), 303)
    kept = outcomes_of(case)
    form = reinspection_form(kept, is_sent=False)
    form.begin(case.version, texts_of(kept))
    return phone_page(
        "inspection/papers/reinspection.html",
        case=case,
        form=form,
        conflict=None,
        today=local_date(now()),
    )


@bp.post(f"{PLACE}/reinspection")
@allow("cases.record")
def reinspection_save(enterprise_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Keep what was seen; go on to the opinion when asked to."""
    case = own_case_in_view(enterprise_id, case_id)
    kept = outcomes_of(case)
    form = reinspection_form(kept, is_sent=True)
    told = form.telling()
    if form.validate():
        with told:
            record_outcomes(
                actor(),
                enterprise_id,
                case_id,
                form.outcomes(kept),
                version=form.version.data or 0,
                seen=form.seen_texts(),
                at=now(),
            )
            if request.form.get("next") == "sign":
                opinion = DocumentKind.REINSPECTION_OPINION.value
                return redirect(
                    url_for(
                        "inspection.paper_sign",
                        enterprise_id=enterprise_id,
                        case_id=case_id,
                        kind=opinion,
                    ),
                    303,
                )
            flash("已保存。", "ok")
            return redirect(
                url_for(
                    "inspection.reinspection_edit", enterprise_id=enterprise_id, case_id=case_id
                ),
                303,
            )
    answer = phone_page(
        "inspection/papers/reinspection.html",
        case=case,
        form=form,
        conflict=told.conflict,
        today=local_date(now()),
    )
    return answer, CONFLICT if told.conflict else 422


def _page(case: CaseDetail, made: Draft, form: SigningForm) -> str:
    is_opinion = made.kind is DocumentKind.REINSPECTION_OPINION
    unit_word = "被复查单位负责人" if is_opinion else "被检查单位负责人"
    form.name_signers([officer.name for officer in case.officers], unit_word)
    return phone_page(
        "inspection/papers/sign.html",
        case=case,
        draft=made,
        kind=made.kind,
        unit_word=unit_word,
        form=form,
        groups=order_groups([f.rule for f in made.findings]) if _is_order(made) else (),
        kinds=list(DocumentKind),
    )


def _is_order(made: Draft) -> bool:
    return made.kind is DocumentKind.RECTIFICATION_ORDER


def _kind(kind: str) -> DocumentKind:
    if kind not in set(DocumentKind):
        raise NotFound("没有这种执法文书。")
    return DocumentKind(kind)


def _show(case: CaseDetail) -> str:
    return url_for("inspection.case_show", enterprise_id=case.enterprise_id, case_id=case.id)
