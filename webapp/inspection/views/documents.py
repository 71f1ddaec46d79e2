"""Issued papers: the list, the paper itself, its PDF, how it was served, its revocation."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, page, phone_page, scope, viewer
from webapp.accounts.rules.roles import Audience
from webapp.documents.qr import qr_svg
from webapp.inspection.forms.cases import ReasonForm
from webapp.inspection.forms.enforcement import ServiceForm
from webapp.inspection.forms.filters import document_filter, page_request
from webapp.inspection.queries.cases import case_detail
from webapp.inspection.queries.documents import DocumentDetail, document_detail, documents
from webapp.inspection.queries.files import document_pdf, drawn_signature
from webapp.inspection.rules.enforcement import DocumentKind, DocumentState, Service
from webapp.inspection.rules.orders import order_groups
from webapp.inspection.rules.tokens import address, grouped
from webapp.inspection.service.serving import revoke_document, serve_document
from webapp.inspection.views.blueprint import base_address, bp, is_own, pdf_answer
from webapp.platform.clock import local_date, now

PLACE = "/enterprises/<uuid:enterprise_id>/documents/<uuid:document_id>"


@bp.get("/documents")
@allow("documents.see")
def document_list() -> ResponseReturnValue:
    """The agency's own papers, or those that the enterprise was given."""
    wanted = document_filter()
    return page(
        "inspection/documents/list.html",
        wanted=wanted,
        found=documents(scope(), wanted, page_request()),
        kinds=[(kind.value, kind.words) for kind in DocumentKind],
        states=[(state.value, state.words) for state in DocumentState],
        is_enterprise=viewer().audience is Audience.ENTERPRISE,
        today=local_date(now()),
    )


@bp.get(PLACE)
@allow("documents.see")
def document_show(enterprise_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """The paper as it was issued, with its hands and what became of it."""
    return _show(document_detail(scope(), enterprise_id, document_id), ServiceForm(formdata=None))


@bp.get(f"{PLACE}/issued")
@allow("documents.issue")
def document_issued(enterprise_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """What the officers hand over after an issue."""
    found = document_detail(scope(), enterprise_id, document_id)
    case = case_detail(scope(), enterprise_id, found.row.case_id)
    is_order = found.row.kind is DocumentKind.RECTIFICATION_ORDER
    link = address(base_address(), found.code)
    return phone_page(
        "inspection/documents/issued.html",
        document=found,
        case=case,
        groups=order_groups([f.rule for f in case.findings]) if is_order else (),
        code=grouped(found.code),
        link=link,
        symbol=qr_svg(link, label=f"核验码 {grouped(found.code)}"),
        today=local_date(now()),
    )


@bp.get(f"{PLACE}/file.pdf")
@allow("documents.see")
def document_file(enterprise_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """The PDF, byte for byte as it was issued."""
    found = document_pdf(scope(), enterprise_id, document_id)
    return pdf_answer(found.data, found.name, is_download=request.args.get("save") == "1")


@bp.get(f"{PLACE}/signatures/<int:ordinal>")
@allow("documents.see")
def document_signature(enterprise_id: UUID, document_id: UUID, ordinal: int) -> ResponseReturnValue:
    """A hand under the paper."""
    found = drawn_signature(scope(), enterprise_id, document_id, ordinal)
    return found.data, 200, {"Content-Type": found.media_type}


@bp.post(f"{PLACE}/service")
@allow("documents.serve")
def document_serve(enterprise_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """Note how the paper reached the unit."""
    form, found = ServiceForm(), document_detail(scope(), enterprise_id, document_id)
    if form.validate():
        with form.refusals():
            how = Service(form.how.data)
            serve_document(actor(), enterprise_id, document_id, how=how, at=now())
            flash("已登记送达。", "ok")
            return redirect(_address(found), 303)
    return _show(found, form), 422


@bp.get(f"{PLACE}/revocation")
@allow("documents.revoke")
def document_revoking(enterprise_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """Why the paper is revoked."""
    found = document_detail(scope(), enterprise_id, document_id)
    return page("inspection/documents/revoke.html", document=found, form=ReasonForm(formdata=None))


@bp.post(f"{PLACE}/revocation")
@allow("documents.revoke")
def document_revoke(enterprise_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """Revoke the paper."""
    form, found = ReasonForm(), document_detail(scope(), enterprise_id, document_id)
    if form.validate():
        with form.refusals():
            reason = form.reason.data or ""
            revoke_document(actor(), enterprise_id, document_id, reason=reason, at=now())
            flash("文书已撤销，核验页会如实显示。", "ok")
            return redirect(_address(found), 303)
    return page("inspection/documents/revoke.html", document=found, form=form), 422


def _show(found: DocumentDetail, form: ServiceForm) -> str:
    case = case_detail(scope(), found.row.enterprise_id, found.row.case_id)
    link = address(base_address(), found.code)
    may_serve = viewer().may("documents.serve") and is_own(case)
    return page(
        "inspection/documents/show.html",
        document=found,
        case=case,
        form=form,
        may_serve=may_serve and _waits_for_service(found),
        may_revoke=viewer().may("documents.revoke") and found.row.state.is_in_force,
        is_enterprise=viewer().audience is Audience.ENTERPRISE,
        service=Service(found.served_how).words if found.served_how else "",
        code=grouped(found.code),
        link=link,
        symbol=qr_svg(link, label=f"核验码 {grouped(found.code)}"),
    )


def _waits_for_service(found: DocumentDetail) -> bool:
    is_record = found.row.kind is DocumentKind.INSPECTION_RECORD
    return found.row.state is DocumentState.ISSUED and not is_record


def _address(found: DocumentDetail) -> str:
    row = found.row
    return url_for("inspection.document_show", enterprise_id=row.enterprise_id, document_id=row.id)
