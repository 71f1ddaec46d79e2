"""Versions of the ledger: submitting, the departments' reviews, the principal's signature."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope, viewer
from webapp.enterprise.queries.profile import ProfileRow, profile
from webapp.enterprise.service.signatures import png_of
from webapp.platform.clock import SHANGHAI, now
from webapp.platform.errors import NotFound
from webapp.platform.paging import Page
from webapp.platform.storage import file_content
from webapp.platform.web.forms import Form
from webapp.risks.forms.filters import as_id, page_request
from webapp.risks.forms.versions import (
    DayForm,
    PublicationForm,
    ReviewForm,
    SubmissionForm,
    WithdrawalForm,
)
from webapp.risks.pdf.version_difference import DifferencePaper, difference_pdf
from webapp.risks.queries.versions import (
    VersionDetail,
    VersionRow,
    present_rows,
    version_detail,
    versions,
)
from webapp.risks.rules.ledger_versions import Difference, Row, difference, in_force_at
from webapp.risks.service.versions import (
    publish_version,
    review_version,
    submit_version,
    withdraw_version,
)
from webapp.risks.views.blueprint import bp, download

PAGE = 50
NOW = "现行清单（含未发布修改）"
SIDES = ("from", "to")


@bp.get("/risks/versions")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/versions")
@allow("risks.see")
def version_list(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """All versions, and what has changed since the one in force."""
    return _list(enterprise_id, SubmissionForm(formdata=None))


@bp.post("/risks/versions")
@allow("risks.submit")
def version_submit() -> ResponseReturnValue:
    """Submit the ledger as it stands."""
    form = SubmissionForm()
    if form.validate():
        with form.refusals():
            version_id = submit_version(actor(), note=form.note.data or "", at=now())
            flash("已提交审核。各责任部门审核后，由主要负责人签发。", "ok")
            return redirect(url_for("risks.version_show", version_id=version_id), 303)
    return _list(None, form), 422


@bp.get("/risks/versions/<uuid:version_id>")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/versions/<uuid:version_id>")
@allow("risks.see")
def version_show(version_id: UUID, enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """A version with its decisions and rows."""
    return _show(version_id, enterprise_id)


@bp.post("/risks/versions/<uuid:version_id>/reviews/<uuid:department_id>")
@allow("risks.edit")
def version_review(version_id: UUID, department_id: UUID) -> ResponseReturnValue:
    """Give a department's decision."""
    form = ReviewForm()
    if form.validate():
        with form.refusals():
            review_version(
                actor(),
                version_id,
                department_id,
                agreed=form.agreed,
                words=(form.words.data or "").strip(),
                at=now(),
            )
            flash("审核意见已记录。", "ok")
            return redirect(url_for("risks.version_show", version_id=version_id), 303)
    return _show(version_id, review=form, reviewing=department_id), 422


@bp.post("/risks/versions/<uuid:version_id>/withdrawal")
@allow("risks.submit")
def version_withdraw(version_id: UUID) -> ResponseReturnValue:
    """Take a submission back."""
    form = WithdrawalForm()
    if form.validate():
        with form.refusals():
            withdraw_version(actor(), version_id, reason=form.reason.data or "", at=now())
            flash("已撤回。", "ok")
            return redirect(url_for("risks.version_list"), 303)
    return _show(version_id, withdrawal=form), 422


@bp.post("/risks/versions/<uuid:version_id>/publication")
@allow("risks.publish")
def version_publish(version_id: UUID) -> ResponseReturnValue:
    """Sign a version; it is in force from now on."""
    form = PublicationForm()
    if form.validate():
        with form.refusals():
            number = publish_version(
                actor(),
                version_id,
                image=png_of(form.signature.data or ""),
                version=form.version.data or 0,
                at=now(),
            )
            flash(f"第 {number} 版已签发，即日起执行。", "ok")
            return redirect(url_for("risks.version_show", version_id=version_id), 303)
    return _show(version_id, publication=form), 422


@bp.get("/risks/versions/<uuid:version_id>/signature")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/versions/<uuid:version_id>/signature")
@allow("risks.see")
def version_signature(version_id: UUID, enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The picture of the principal's signature."""
    own = enterprise_in_view(enterprise_id)
    file_id = version_detail(scope(), own, version_id).row.signature_file_id
    if file_id is None:
        raise NotFound
    kept = file_content(scope(), own, file_id)
    return Response(kept.data, mimetype=kept.media_type)


@bp.get("/risks/versions/at")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/versions/at")
@allow("risks.see")
def version_at(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The version in force at the end of a day."""
    own, day = enterprise_in_view(enterprise_id), DayForm(request.args).day
    known = versions(scope(), own)
    published = {v.number: v for v in known if v.number}
    held = None
    if day is not None:
        end = datetime.combine(day, time.max, SHANGHAI)
        dates = [(v.published_at, v.number) for v in known if v.number and v.published_at]
        held = published.get(in_force_at(dates, end) or 0)
    if held is None:
        words = f"{day.year} 年 {day.month} 月 {day.day} 日" if day else "这一天"
        flash(f"{words}还没有发布过清单。" if day else "请选择日期。", "warn")
        return redirect(url_for("risks.version_list", enterprise_id=enterprise_id), 303)
    target = url_for("risks.version_show", version_id=held.id, enterprise_id=enterprise_id)
    return redirect(target, 303)


@bp.get("/risks/versions/difference")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/versions/difference")
@allow("risks.see")
def version_difference(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """What lies between two versions, or between one and the ledger as it stands."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    before, after = _sides(found.id)
    return page(
        "risks/versions/difference.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        before=before[0],
        after=after[0],
        change=difference(before[1], after[1]),
        asked={name: request.args.get(name, "") for name in SIDES},
        choices=[("", NOW), *((str(v.id), v.name) for v in _published(found.id))],
    )


@bp.get("/risks/versions/difference.pdf")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/versions/difference.pdf")
@allow("risks.see")
def version_difference_paper(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The same on paper."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    before, after = _sides(found.id)
    change = difference(before[1], after[1])
    paper = DifferencePaper(found.name, before[0], after[0], change, viewer().name, now())
    return download(difference_pdf(paper), f"{found.name}清单修订对照表.pdf", "application/pdf")


Side = tuple[str, tuple[Row, ...]]


def _sides(enterprise_id: UUID) -> tuple[Side, Side]:
    first, second = (_side(enterprise_id, request.args.get(name, "")) for name in SIDES)
    return first, second


def _published(enterprise_id: UUID) -> list[VersionRow]:
    return [version for version in versions(scope(), enterprise_id) if version.number]


def _side(enterprise_id: UUID, said: str) -> Side:
    """A version by its id; without one the ledger as it stands."""
    version_id = as_id(said)
    if version_id is None:
        return NOW, present_rows(scope(), enterprise_id)
    found = version_detail(scope(), enterprise_id, version_id)
    return found.row.name, found.rows


def _unpublished(enterprise_id: UUID, published: list[VersionRow]) -> Difference:
    before = version_detail(scope(), enterprise_id, published[0].id).rows if published else ()
    return difference(before, present_rows(scope(), enterprise_id))


def _list(enterprise_id: UUID | None, form: Form) -> str:
    found = profile(scope(), enterprise_in_view(enterprise_id))
    known = versions(scope(), found.id)
    published = [version for version in known if version.number]
    return page(
        "risks/versions/list.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        versions=known,
        in_force=published[0] if published else None,
        open_version=next((v for v in known if v.state.is_open), None),
        change=_unpublished(found.id, published),
        form=form,
    )


def _show(version_id: UUID, enterprise_id: UUID | None = None, **forms: Any) -> str:
    found: ProfileRow = profile(scope(), enterprise_in_view(enterprise_id))
    detail: VersionDetail = version_detail(scope(), found.id, version_id)
    asked = page_request(request.args, PAGE)
    return page(
        "risks/versions/show.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        detail=detail,
        rows=Page(detail.rows[asked.offset : asked.offset + asked.size], len(detail.rows), asked),
        own_department=viewer().department_id if viewer().role == "department_head" else None,
        **{
            "review": ReviewForm(formdata=None),
            "reviewing": as_id(request.args.get("department", "")) or viewer().department_id,
            "withdrawal": WithdrawalForm(formdata=None),
            "publication": PublicationForm(formdata=None, version=detail.row.version),
            **forms,
        },
    )
