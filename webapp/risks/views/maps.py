"""Four-colour maps: the list, one map with its areas, its plan and paper, and its upkeep."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.enterprise.queries.profile import profile
from webapp.platform.clock import local_date, now
from webapp.platform.web.forms import Form
from webapp.risks.forms.maps import MapChangeForm, MapForm, MapVersionForm, map_size
from webapp.risks.queries.maps import map_detail, map_picture, maps
from webapp.risks.rules.map_colours import RULE
from webapp.risks.rules.map_paper import MapSize
from webapp.risks.service.map_papers import printed_map
from webapp.risks.service.maps import (
    add_map,
    change_map,
    publish_map,
    remove_map,
    withdraw_map,
)
from webapp.risks.views.blueprint import bp, shown
from webapp.risks.views.map_files import plan_answer


@bp.get("/risks/maps")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/maps")
@allow("risks.see")
def map_list(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """All maps, small, with what their colours say."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    return page(
        "risks/maps/list.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        maps=maps(scope(), found.id),
    )


@bp.get("/risks/maps/new")
@allow("risks.edit")
def map_new() -> ResponseReturnValue:
    """Choose a plan and give it a name."""
    return page("risks/maps/new.html", form=MapForm(formdata=None))


@bp.post("/risks/maps/new")
@allow("risks.edit")
def map_add() -> ResponseReturnValue:
    """Put the plan up; drawing comes next."""
    form = MapForm()
    if form.validate():
        with form.refusals():
            name = form.name.data or ""
            map_id = add_map(actor(), name=name, picture=form.picture, at=now())
            return redirect(url_for("risks.map_drawing", map_id=map_id), 303)
    return page("risks/maps/new.html", form=form), 422


@bp.get("/risks/maps/<uuid:map_id>")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/maps/<uuid:map_id>")
@allow("risks.see")
def map_show(map_id: UUID, enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """One map and the list of its areas with their levels."""
    return _show(map_id, MapVersionForm(formdata=None), enterprise_id)


@bp.get("/risks/maps/<uuid:map_id>/plan.jpg")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/maps/<uuid:map_id>/plan.jpg")
@allow("risks.see")
def map_plan(map_id: UUID, enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The picture under the shapes."""
    return plan_answer(map_picture(scope(), enterprise_in_view(enterprise_id), map_id))


@bp.get("/risks/maps/<uuid:map_id>/map.pdf")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/maps/<uuid:map_id>/map.pdf")
@allow("risks.see")
def map_paper(map_id: UUID, enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The map to print."""
    own, size = enterprise_in_view(enterprise_id), map_size(request.args)
    name, data = printed_map(scope(), own, map_id, size, printed_on=local_date(now()))
    return shown(data, name)


@bp.get("/risks/maps/<uuid:map_id>/edit")
@allow("risks.edit")
def map_edit(map_id: UUID) -> ResponseReturnValue:
    """Name, order and plan as a form."""
    found = map_detail(scope(), enterprise_in_view(), map_id).map
    values = {"name": found.name, "ordinal": found.ordinal, "version": found.version}
    return page("risks/maps/edit.html", map=found, form=MapChangeForm(formdata=None, data=values))


@bp.post("/risks/maps/<uuid:map_id>/edit")
@allow("risks.edit")
def map_change(map_id: UUID) -> ResponseReturnValue:
    """Keep them."""
    form = MapChangeForm()
    if form.validate():
        with form.refusals():
            change_map(
                actor(),
                map_id,
                name=form.name.data or "",
                ordinal=form.ordinal.data or 1,
                picture=form.picture,
                version=form.version.data or 0,
                at=now(),
            )
            flash("已保存。", "ok")
            return redirect(url_for("risks.map_show", map_id=map_id), 303)
    found = map_detail(scope(), enterprise_in_view(), map_id).map
    is_stale = form.version.data != found.version
    form.offer_again(found.version)
    return page("risks/maps/edit.html", map=found, form=form), 409 if is_stale else 422


@bp.post("/risks/maps/<uuid:map_id>/publication")
@allow("risks.publish")
def map_publish(map_id: UUID) -> ResponseReturnValue:
    """Show it to whoever scans the enterprise code."""
    form = MapVersionForm()
    if form.validate():
        with form.refusals():
            publish_map(actor(), map_id, version=form.version.data or 0, at=now())
            flash("已公开：扫企业码的人可以看到这张图，不公开的区域除外。", "ok")
            return redirect(url_for("risks.map_show", map_id=map_id), 303)
    return _show(map_id, form), 409


@bp.post("/risks/maps/<uuid:map_id>/withdrawal")
@allow("risks.publish")
def map_withdraw(map_id: UUID) -> ResponseReturnValue:
    """Show it to strangers no more."""
    form = MapVersionForm()
    if form.validate():
        with form.refusals():
            withdraw_map(actor(), map_id, version=form.version.data or 0, at=now())
            flash("已停止公开，扫企业码不再显示这张图。", "ok")
            return redirect(url_for("risks.map_show", map_id=map_id), 303)
    return _show(map_id, form), 409


@bp.post("/risks/maps/<uuid:map_id>/removal")
@allow("risks.edit")
def map_remove(map_id: UUID) -> ResponseReturnValue:
    """Take it down."""
    form = MapVersionForm()
    if form.validate():
        with form.refusals():
            remove_map(actor(), map_id, version=form.version.data or 0, at=now())
            flash("四色图已删除。", "ok")
            return redirect(url_for("risks.map_list"), 303)
    return _show(map_id, form), 409


def _show(map_id: UUID, form: Form, enterprise_id: UUID | None = None) -> str:
    found = profile(scope(), enterprise_in_view(enterprise_id))
    values: dict[str, Any] = {"rule": RULE, "sizes": tuple(MapSize)}
    return page(
        "risks/maps/show.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        detail=map_detail(scope(), found.id, map_id),
        form=form,
        **values,
    )
