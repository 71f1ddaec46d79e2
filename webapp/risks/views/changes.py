"""A returned ledger: what it changes, conflicts decided row by row, confirmation."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.platform import jobs
from webapp.platform.clock import now
from webapp.platform.web.forms import Form
from webapp.risks.forms.changes import TakeForm, trip_view
from webapp.risks.forms.filters import page_request
from webapp.risks.forms.imports import VersionForm
from webapp.risks.queries.changes_rest import changes_rest
from webapp.risks.queries.rest_file import SPREADSHEET
from webapp.risks.queries.round_trip import TripPage, trip_page
from webapp.risks.rules.round_trip.kept import Take, TripView
from webapp.risks.service.imports import AT_ONCE, abandon
from webapp.risks.service.round_trip import compare_again, confirm_changes, decide
from webapp.risks.views.blueprint import bp, download

_VIEWS = {
    TripView.ALL: "全部",
    TripView.CONFLICTS: "冲突",
    TripView.CHANGED: "修改",
    TripView.NEW: "新增",
    TripView.REFUSED: "不能采用",
}
_PAGES = {"previewed": "preview", "importing": "progress", "imported": "done"}


@bp.get("/risks/changes/<uuid:import_id>")
@allow("risks.import")
def changes_show(import_id: UUID) -> ResponseReturnValue:
    """The comparison, the progress or the outcome, as far as the file has come."""
    return _show(import_id, VersionForm())


@bp.post("/risks/changes/<uuid:import_id>/rows/<uuid:event_id>")
@allow("risks.import")
def changes_decide(import_id: UUID, event_id: UUID) -> ResponseReturnValue:
    """Say whose values count in one conflict."""
    form = TakeForm()
    if form.validate():
        with form.refusals():
            version = form.version.data or 0
            decide(actor(), import_id, event_id, form.chosen, version=version, at=now())
            return _back(import_id, f"r-{event_id}")
    return _show(import_id, form), 409


@bp.post("/risks/changes/<uuid:import_id>/comparison")
@allow("risks.import")
def changes_again(import_id: UUID) -> ResponseReturnValue:
    """Compare the file with the ledger as it is by now."""
    form = VersionForm()
    if form.validate():
        with form.refusals():
            compare_again(actor(), import_id, version=form.version.data or 0, at=now())
            flash("已按台账现在的内容重新对照。", "ok")
            return _back(import_id)
    return _show(import_id, form), 409


@bp.post("/risks/changes/<uuid:import_id>/confirmation")
@allow("risks.import")
def changes_confirm(import_id: UUID) -> ResponseReturnValue:
    """Write the changes that are ready."""
    form = VersionForm()
    if form.validate():
        with form.refusals():
            confirm_changes(actor(), import_id, form.version.data or 0, at=now())
            jobs.wake()
            return _back(import_id)
    return _show(import_id, form), 409


@bp.post("/risks/changes/<uuid:import_id>/abandonment")
@allow("risks.import")
def changes_abandon(import_id: UUID) -> ResponseReturnValue:
    """Leave the file aside."""
    form = VersionForm()
    if form.validate():
        with form.refusals():
            abandon(actor(), import_id, version=form.version.data or 0, at=now())
            flash("这份文件已放弃，风险清单没有变化。", "ok")
            return redirect(url_for("risks.import_new"), 303)
    return _show(import_id, form), 409


@bp.get("/risks/changes/<uuid:import_id>/rest.xlsx")
@allow("risks.import")
def changes_rest_file(import_id: UUID) -> ResponseReturnValue:
    """The rows that were not written, each with its reasons."""
    content = changes_rest(scope(), enterprise_in_view(), import_id)
    return download(content.data, content.name, SPREADSHEET)


def _back(import_id: UUID, anchor: str | None = None) -> ResponseReturnValue:
    address = url_for(
        "risks.changes_show",
        import_id=import_id,
        rows=request.args.get("rows"),
        page=request.args.get("page"),
        _anchor=anchor,
    )
    return redirect(address, 303)


def _show(import_id: UUID, form: Form) -> str:
    view = trip_view(request.args)
    found = trip_page(
        scope(), enterprise_in_view(), import_id, view, page_request(request.args, 50)
    )
    upload = found.upload
    return page(
        f"risks/changes/{_PAGES[upload.state]}.html",
        form=form,
        found=found,
        trip=found.trip,
        upload=upload,
        job=jobs.job(scope(), upload.job_id) if upload.job_id else None,
        views=_views(found, view),
        here={"rows": view.value or None, "page": found.page.request.number},
        at_once=AT_ONCE,
        takes=Take,
        now=now(),
    )


def _views(found: TripPage, here: TripView) -> list[dict[str, Any]]:
    shown = [view for view in TripView if found.trip.count(view) or view is TripView.ALL]
    return [
        {
            "label": f"{_VIEWS[view]} {found.trip.count(view)}",
            "href": url_for(
                "risks.changes_show", import_id=found.upload.id, rows=view.value or None
            ),
            "current": view is here,
        }
        for view in shown
    ]
