"""Drawing on a plan, and the plan that strangers see."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.enterprise.queries.changes import last_change
from webapp.enterprise.queries.code import scanned_code
from webapp.enterprise.rules.code import CodeState, normalised_token
from webapp.platform.clock import now
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import public_scope
from webapp.platform.web.limits import PUBLIC, limiter
from webapp.risks.forms.maps import DrawingForm
from webapp.risks.queries.map_choices import linkable_points, linkable_units
from webapp.risks.queries.map_rows import MapDetail
from webapp.risks.queries.maps import map_detail, map_picture
from webapp.risks.rules.map_drafts import drawing_text
from webapp.risks.service.maps import draw_shapes
from webapp.risks.views.blueprint import bp
from webapp.risks.views.map_files import plan_answer


@bp.get("/risks/maps/<uuid:map_id>/drawing")
@allow("risks.edit")
def map_drawing(map_id: UUID) -> ResponseReturnValue:
    """The plan with its shapes, to draw on."""
    detail = map_detail(scope(), enterprise_in_view(), map_id)
    drawn = drawing_text(tuple(shape.draft for shape in detail.shapes))
    form = DrawingForm(formdata=None, data={"shapes": drawn, "version": detail.map.version})
    return _drawing(detail, form)


@bp.post("/risks/maps/<uuid:map_id>/drawing")
@allow("risks.edit")
def map_draw(map_id: UUID) -> ResponseReturnValue:
    """Keep what was drawn, or show what another has saved meanwhile."""
    form = DrawingForm()
    if form.validate():
        with form.refusals():
            version = form.version.data or 0
            draw_shapes(actor(), map_id, form.drafts, version=version, at=now())
            flash("四色图已保存。", "ok")
            return redirect(url_for("risks.map_show", map_id=map_id), 303)
    detail = map_detail(scope(), enterprise_in_view(), map_id)
    if form.version.data == detail.map.version:
        return _drawing(detail, form), 422
    form.offer_again(detail.map.version)
    return _drawing(detail, form, is_stale=True), 409


@bp.get("/e/<token>/maps/<uuid:map_id>/plan.jpg")
@limiter.limit(PUBLIC)
@allow("code.open")
def map_public_plan(token: str, map_id: UUID) -> ResponseReturnValue:
    """The picture under a published map, for anyone who has the code."""
    found = scanned_code(normalised_token(token))
    if found is None or found.state is not CodeState.ACTIVE:
        raise NotFound
    return plan_answer(map_picture(public_scope(found.enterprise_id), found.enterprise_id, map_id))


def _drawing(detail: MapDetail, form: DrawingForm, *, is_stale: bool = False) -> str:
    own = enterprise_in_view()
    return page(
        "risks/maps/drawing.html",
        detail=detail,
        form=form,
        points=linkable_points(scope(), own),
        units=linkable_units(scope(), own),
        is_stale=is_stale,
        changed_by=last_change(scope(), own, detail.map.id) if is_stale else None,
    )
