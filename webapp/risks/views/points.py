"""Risk points: the list to choose from, and each with its risks."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope, viewer
from webapp.enterprise.queries.profile import profile
from webapp.platform.clock import now
from webapp.platform.web.forms import Form
from webapp.risks.forms.filters import page_request, said
from webapp.risks.queries.points import point_detail, points
from webapp.risks.rules.dynamic_level import dynamic_level
from webapp.risks.service.ledger import stop_point
from webapp.risks.service.open_hazards import open_hazards
from webapp.risks.service.point_links import point_links
from webapp.risks.views.blueprint import bp


@bp.get("/risks/points")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/points")
@allow("risks.see")
def point_list(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The points in use, the gravest first."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    rows = points(scope(), found.id, said(request.args), page_request(request.args, 50))
    hazards = open_hazards(scope(), found.id)
    return page(
        "risks/points/list.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        rows=rows,
        shown={row.id: dynamic_level(row.level, hazards.get(row.id, ())) for row in rows.rows},
        text=said(request.args),
    )


@bp.get("/risks/points/<uuid:point_id>")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/points/<uuid:point_id>")
@allow("risks.see")
def point_show(point_id: UUID, enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """One point with its risks and the ways that other rooms offer from it."""
    return _show(point_id, enterprise_id, Form())


@bp.post("/risks/points/<uuid:point_id>/stop")
@allow("risks.edit")
def point_stop(point_id: UUID) -> ResponseReturnValue:
    """Take an empty point out of use."""
    form = Form()
    with form.refusals():
        stop_point(actor(), point_id, at=now())
        flash("风险点已停用。再次登记同名风险点的风险时会自动恢复。", "ok")
        return redirect(url_for("risks.point_list"), 303)
    return _show(point_id, None, form), 409


def _show(point_id: UUID, enterprise_id: UUID | None, form: Form) -> str:
    found = profile(scope(), enterprise_in_view(enterprise_id))
    detail = point_detail(scope(), found.id, point_id)
    hazards = open_hazards(scope(), found.id).get(point_id, ())
    return page(
        "risks/points/show.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        detail=detail,
        shown=dynamic_level(detail.point.level, hazards),
        links=[link for link in point_links() if viewer().may(link.permission)],
        form=form,
        now=now(),
    )
