"""Importing a ledger: upload, preview with findings, headings, confirmation, progress."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.platform import jobs
from webapp.platform.clock import now
from webapp.platform.jobs import JobRow
from webapp.platform.web.forms import Form
from webapp.risks.forms.filters import page_request, row_view
from webapp.risks.forms.imports import MappingForm, UploadForm, VersionForm, corrections
from webapp.risks.pdf.workbook import template_workbook
from webapp.risks.queries.assignments import unassigned_words
from webapp.risks.queries.imports import ImportRow, preview, upload, uploads
from webapp.risks.queries.rest_file import SPREADSHEET, rest_file
from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.kept_preview import RowView
from webapp.risks.service.imports import AT_ONCE, abandon, confirm, correct_mapping
from webapp.risks.service.round_trip import receive_upload
from webapp.risks.views.blueprint import bp, download
from webapp.ui.paging import url_with

_VIEWS = {
    RowView.FINDINGS: "要处理",
    RowView.DUPLICATES: "重复",
    RowView.NOTES: "请留意",
    RowView.READY: "可导入",
    RowView.ALL: "全部",
}


@bp.get("/risks/imports/new")
@allow("risks.import")
def import_new() -> ResponseReturnValue:
    """Choose a file."""
    return _new(UploadForm())


@bp.post("/risks/imports/new")
@allow("risks.import")
def import_upload() -> ResponseReturnValue:
    """Take the file and read it; nothing enters the ledger yet."""
    form = UploadForm()
    if form.validate():
        with form.refusals():
            sent = form.file.data
            import_id = receive_upload(actor(), sent.read(), sent.filename or "台账", at=now())
            return redirect(url_for("risks.import_show", import_id=import_id), 303)
    return _new(form), 422


@bp.get("/risks/imports/template.xlsx")
@allow("risks.import")
def import_template() -> ResponseReturnValue:
    """An empty ledger with the headings that are recognised."""
    return download(template_workbook(), "风险分级管控清单模板.xlsx", SPREADSHEET)


@bp.get("/risks/imports/<uuid:import_id>")
@allow("risks.import")
def import_show(import_id: UUID) -> ResponseReturnValue:
    """The preview, the progress or the outcome, as far as the upload has come."""
    if upload(scope(), enterprise_in_view(), import_id).is_round_trip:
        return redirect(url_for("risks.changes_show", import_id=import_id), 303)
    return _show(import_id, VersionForm())


@bp.get("/risks/imports/<uuid:import_id>/progress")
@allow("risks.import")
def import_progress(import_id: UUID) -> ResponseReturnValue:
    """How far the job is; leads on to the outcome when it is done."""
    found = upload(scope(), enterprise_in_view(), import_id)
    address = url_for("risks.import_show", import_id=import_id)
    if "HX-Request" not in request.headers:
        return redirect(address, 303)
    if found.state != "importing":
        return "", 204, {"HX-Redirect": address}
    return page("risks/imports/_progress.html", upload=found, job=_job(found))


@bp.post("/risks/imports/<uuid:import_id>/columns")
@allow("risks.import")
def import_columns(import_id: UUID) -> ResponseReturnValue:
    """Read the file again with the columns as they were set."""
    form = MappingForm()
    chosen, repeated = corrections(request.form)
    if form.validate():
        with form.refusals():
            version = form.version.data or 0
            correct_mapping(actor(), import_id, chosen, version=version, at=now())
            flash("已按您的对应关系重新读取，下次上传同样表头的文件时自动采用。", "ok")
            if repeated:
                flash(_repeated_words(repeated), "warn")
            return redirect(url_for("risks.import_show", import_id=import_id), 303)
    return _show(import_id, form), 422


@bp.post("/risks/imports/<uuid:import_id>/confirmation")
@allow("risks.import")
def import_confirm(import_id: UUID) -> ResponseReturnValue:
    """Import the ready rows."""
    form = VersionForm()
    if form.validate():
        with form.refusals():
            confirm(actor(), import_id, form.version.data or 0, at=now())
            jobs.wake()
            return redirect(url_for("risks.import_show", import_id=import_id), 303)
    return _show(import_id, form), 409


@bp.post("/risks/imports/<uuid:import_id>/abandonment")
@allow("risks.import")
def import_abandon(import_id: UUID) -> ResponseReturnValue:
    """Leave the file aside."""
    form = VersionForm()
    if form.validate():
        with form.refusals():
            abandon(actor(), import_id, version=form.version.data or 0, at=now())
            flash("这次导入已放弃，风险清单没有变化。", "ok")
            return redirect(url_for("risks.import_new"), 303)
    return _show(import_id, form), 409


@bp.post("/risks/imports/<uuid:import_id>/retry")
@allow("risks.import")
def import_retry(import_id: UUID) -> ResponseReturnValue:
    """Try a failed job again."""
    found, form = upload(scope(), enterprise_in_view(), import_id), Form()
    if form.validate() and found.job_id is not None:
        jobs.retry(scope(), found.job_id)
    return redirect(url_for("risks.import_show", import_id=import_id), 303)


@bp.get("/risks/imports/<uuid:import_id>/rest.xlsx")
@allow("risks.import")
def import_rest(import_id: UUID) -> ResponseReturnValue:
    """The rows that were not imported, each with its reasons."""
    content = rest_file(scope(), enterprise_in_view(), import_id)
    return download(content.data, content.name, SPREADSHEET)


def _new(form: UploadForm) -> str:
    return page(
        "risks/imports/new.html",
        form=form,
        uploads=uploads(scope(), enterprise_in_view()),
        now=now(),
    )


def _show(import_id: UUID, form: Form) -> str:
    view = row_view(request.args)
    found = preview(scope(), enterprise_in_view(), import_id, view, page_request(request.args, 50))
    return page(
        f"risks/imports/{_PAGES[found.upload.state]}.html",
        form=form,
        found=found,
        upload=found.upload,
        job=_job(found.upload),
        views=_views(found.preview.counts, view, import_id),
        view=view,
        every_column="all" in request.args.get("columns", ""),
        all_columns=url_with(columns="all"),
        fields=[(field.value, field.words) for field in Field],
        at_once=AT_ONCE,
        to_assign=_to_assign(),
        now=now(),
    )


_PAGES = {
    "previewed": "preview",
    "importing": "progress",
    "imported": "done",
    "abandoned": "done",
}


def _to_assign() -> int:
    """How many risks wait for a person whom the file named in vain."""
    return sum(
        each.events
        for each in unassigned_words(scope(), enterprise_in_view())
        if each.kind == "owner"
    )


def _job(found: ImportRow) -> JobRow | None:
    return jobs.job(scope(), found.job_id) if found.job_id else None


def _views(counts: dict[RowView, int], here: RowView, import_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "label": f"{words} {counts[view]}",
            "href": url_for("risks.import_show", import_id=import_id, rows=view.value or None),
            "current": view is here,
        }
        for view, words in _VIEWS.items()
    ]


def _repeated_words(fields: tuple[Field, ...]) -> str:
    names = "、".join(dict.fromkeys(field.words for field in fields))
    return f"“{names}”选了不止一列，只采用了最左边的一列。"
