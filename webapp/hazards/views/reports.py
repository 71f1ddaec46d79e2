"""Reporting a hazard in three taps."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, phone_page, scope, viewer
from webapp.hazards.forms.filters import text
from webapp.hazards.forms.hazards import ReportForm
from webapp.hazards.forms.photos import kept_of, uploads_of, uuid_of
from webapp.hazards.queries.hazards import HazardRow, hazards_named, open_at_point
from webapp.hazards.queries.points import PointRow, points_found, points_of_post
from webapp.hazards.rules.duplicates import alike
from webapp.hazards.rules.submissions import Report
from webapp.hazards.service.photos import keep_photos
from webapp.hazards.service.reports import report_hazard
from webapp.hazards.views.blueprint import bp
from webapp.hazards.views.kept import thumbs
from webapp.platform.clock import local_date, now
from webapp.platform.errors import NotFound
from webapp.platform.identifiers import new_id

_ALIKE = 2


@bp.get("/hazards/report")
@allow("hazards.report")
def report() -> ResponseReturnValue:
    """An empty report; ``point`` comes from a scanned or chosen place."""
    form = ReportForm(formdata=None)
    form.key.data = str(new_id())
    form.point_id.data = str(uuid_of(request.args.get("point")) or "")
    return _report_page(form, (), ())


@bp.post("/hazards/report")
@allow("hazards.report")
def report_send() -> ResponseReturnValue:
    """Open the hazard, unless it may have been reported already: then ask first."""
    form, uploads, kept = ReportForm(), uploads_of("photos"), kept_of("photos")
    same: tuple[HazardRow, ...] = ()
    if form.validate():
        same = () if form.is_distinct.data else _same(form)
        if not same:
            with form.refusals():
                told = report_hazard(
                    actor(),
                    enterprise_in_view(),
                    Report(
                        uuid_of(form.key.data) or new_id(),
                        form.words.data or "",
                        uuid_of(form.point_id.data),
                        form.place.data or "",
                        uploads,
                        kept,
                    ),
                    at=now(),
                )
                return redirect(url_for("hazards.report_accepted", hazard_id=told.id), 303)
    kept = (*kept, *keep_photos(actor(), enterprise_in_view(), uploads, at=now()))
    return _report_page(form, kept, same), 200 if same else 422


def _same(form: ReportForm) -> tuple[HazardRow, ...]:
    point_id = uuid_of(form.point_id.data)
    if point_id is None or not form.words.data:
        return ()
    found = alike(form.words.data, open_at_point(scope(), enterprise_in_view(), point_id))[:_ALIKE]
    return hazards_named(scope(), enterprise_in_view(), found, local_date(now())) if found else ()


def _report_page(form: ReportForm, kept: tuple[UUID, ...], same: tuple[HazardRow, ...]) -> str:
    me, here = viewer(), enterprise_in_view()
    chosen, q = uuid_of(form.point_id.data), text("q", 60)
    near = (
        points_found(scope(), here, q) if q else points_of_post(scope(), here, me.post_id, chosen)
    )
    return phone_page(
        "hazards/reports/report.html",
        form=form,
        kept=thumbs(kept),
        same=same,
        q=q,
        points=[_pick(each) for each in near],
        back_to=url_for("hazards.hazard_list"),
        draft=f"report:{me.user_id}",
        today=local_date(now()),
    )


def _pick(point: PointRow) -> dict[str, str | None]:
    detail = " · ".join(part for part in (point.unit, point.place) if part)
    level = point.level.value if point.level else None
    return {"value": str(point.id), "label": point.name, "detail": detail, "level": level}


@bp.get("/hazards/<uuid:hazard_id>/accepted")
@allow("hazards.report")
def report_accepted(hazard_id: UUID) -> ResponseReturnValue:
    """What became of the report."""
    day = local_date(now())
    told = next(iter(hazards_named(scope(), enterprise_in_view(), (hazard_id,), day)), None)
    if told is None:
        raise NotFound
    draft = f"report:{viewer().user_id}"
    return phone_page("hazards/reports/accepted.html", hazard=told, draft=draft, today=day)
