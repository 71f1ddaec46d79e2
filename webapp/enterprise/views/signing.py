"""A holder reads the own list on the phone and signs it; the lists on paper."""

from uuid import UUID

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, phone_page, scope, viewer
from webapp.enterprise.forms.responsibilities import SigningForm
from webapp.enterprise.queries.profile import profile
from webapp.enterprise.queries.signing import OwnList, own_list, signature_file
from webapp.enterprise.service.papers import all_lists_pdf, list_pdf
from webapp.enterprise.service.signatures import png_of
from webapp.enterprise.service.signing import sign_list
from webapp.enterprise.views.answers import pdf_answer
from webapp.enterprise.views.blueprint import bp
from webapp.platform.clock import now
from webapp.platform.errors import NotFound, RuleBroken
from webapp.platform.storage import file_content


@bp.get("/responsibilities/mine")
@allow("responsibilities.sign")
def responsibilities_mine() -> ResponseReturnValue:
    """What my post owes, and the place to sign."""
    if viewer().person_id is None:
        return phone_page("enterprise/responsibilities/unlinked.html")
    return _page(_own(), SigningForm())


@bp.post("/responsibilities/mine")
@allow("responsibilities.sign")
def responsibilities_sign() -> ResponseReturnValue:
    """Sign the list in force of my post."""
    own, form = _own(), SigningForm()
    if own.duties is None:
        raise RuleBroken("本岗位还没有公示责任清单，暂不能签收。")
    if form.validate():
        with form.refusals():
            image = None if form.way.data == "reuse" else png_of(form.signature.data or "")
            sign_list(actor(), own.duties.id, image=image, at=now())
            flash("已签收。", "ok")
            return redirect(url_for("enterprise.responsibilities_mine"), 303)
    return _page(own, form), 422


@bp.get("/responsibilities/signatures/<uuid:file_id>")
@bp.get("/enterprises/<uuid:enterprise_id>/responsibilities/signatures/<uuid:file_id>")
@allow("responsibilities.see")
def responsibilities_signature(
    file_id: UUID, enterprise_id: UUID | None = None
) -> ResponseReturnValue:
    """The picture of a signature under a list."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    kept = file_content(scope(), found.id, signature_file(scope(), found.id, file_id))
    return Response(kept.data, mimetype=kept.media_type)


@bp.get("/responsibilities/posts/<uuid:post_id>.pdf")
@bp.get("/enterprises/<uuid:enterprise_id>/responsibilities/posts/<uuid:post_id>.pdf")
@allow("responsibilities.see")
def responsibilities_post_pdf(
    post_id: UUID, enterprise_id: UUID | None = None
) -> ResponseReturnValue:
    """The list of a post on paper."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    name, data = list_pdf(scope(), found.id, post_id)
    return pdf_answer(data, name)


@bp.get("/responsibilities.pdf")
@bp.get("/enterprises/<uuid:enterprise_id>/responsibilities.pdf")
@allow("responsibilities.see")
def responsibilities_pdf(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """All lists in force on paper."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    name, data = all_lists_pdf(scope(), found.id)
    return pdf_answer(data, name)


def _own() -> OwnList:
    who = viewer()
    if who.enterprise_id is None or who.person_id is None:
        raise NotFound("您的账号还没有对应的人员档案，请联系安全管理人员。")
    return own_list(scope(), who.enterprise_id, who.person_id)


def _page(own: OwnList, form: SigningForm) -> str:
    return phone_page("enterprise/responsibilities/mine.html", own=own, form=form)
