"""Check plans: who checks what how often, and what nobody checks yet."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.hazards.forms.filters import page_request, plan_filter
from webapp.hazards.forms.photos import uuid_of
from webapp.hazards.forms.plans import PlanForm
from webapp.hazards.forms.versions import VersionForm
from webapp.hazards.queries.people import departments, posts
from webapp.hazards.queries.plan_list import PlanRow, plan, plans, unplanned_measures
from webapp.hazards.queries.plan_sheet import plan_groups
from webapp.hazards.queries.points import point_named
from webapp.hazards.service.plan_changes import change_plan, pause_plan, resume_plan
from webapp.hazards.service.plans import derive_all_plans
from webapp.hazards.views.blueprint import bp
from webapp.hazards.views.list_words import plan_words
from webapp.platform.clock import now
from webapp.platform.errors import NotFound
from webapp.risks.rules.control_levels import Frequency


@bp.get("/plans", defaults={"enterprise_id": None})
@bp.get("/enterprises/<uuid:enterprise_id>/plans")
@allow("plans.see")
def plan_list(enterprise_id: UUID | None) -> ResponseReturnValue:
    """All plans, and the measures that nobody is asked to check."""
    here, wanted = enterprise_in_view(enterprise_id), plan_filter()
    missing, measures = unplanned_measures(scope(), here)
    return page(
        "hazards/plans/list.html",
        plans=plans(scope(), here, wanted, page_request()),
        missing=missing,
        measures=measures,
        **plan_words(
            departments(scope(), here), point_named(scope(), here, wanted.point_id), enterprise_id
        ),
        args=request.args,
        enterprise_id=enterprise_id,
        now=now(),
    )


@bp.get("/plans/<uuid:plan_id>", defaults={"enterprise_id": None})
@bp.get("/enterprises/<uuid:enterprise_id>/plans/<uuid:plan_id>")
@allow("plans.see")
def plan_detail(plan_id: UUID, enterprise_id: UUID | None) -> ResponseReturnValue:
    """One plan with what it asks."""
    found = _found(plan_id, enterprise_id)
    form = PlanForm(formdata=None, data={"frequency": found.frequency.value})
    form.renew(found.version)
    form.post_id.data = str(found.post_id)
    return _plan_page(found, form, enterprise_id)


@bp.post("/plans/<uuid:plan_id>")
@allow("plans.edit")
def plan_edit(plan_id: UUID) -> ResponseReturnValue:
    """Another post or frequency."""
    found, form = _found(plan_id, None), PlanForm()
    form.post_id.choices = _posts(None)
    if form.validate():
        with form.refusals():
            change_plan(
                actor(),
                enterprise_in_view(),
                plan_id,
                post_id=uuid_of(form.post_id.data) or plan_id,
                frequency=Frequency(form.frequency.data),
                version=form.version.data or 0,
                at=now(),
            )
            flash("计划已调整，未到期的任务随之变更。", "ok")
            return redirect(url_for("hazards.plan_detail", plan_id=plan_id), 303)
    form.renew(found.version)
    return _plan_page(found, form, None), 422


@bp.post("/plans/<uuid:plan_id>/rest")
@allow("plans.edit")
def plan_pause(plan_id: UUID) -> ResponseReturnValue:
    """Let it rest."""
    form = VersionForm()
    if form.validate():
        with form.refusals():
            pause_plan(
                actor(), enterprise_in_view(), plan_id, version=form.version.data or 0, at=now()
            )
            return _told(plan_id, "计划已停用，未到期的任务已取消。", "ok")
    return _told(plan_id, "计划刚被他人调整，请核对后再操作。", "bad")


@bp.post("/plans/<uuid:plan_id>/resumption")
@allow("plans.edit")
def plan_resume(plan_id: UUID) -> ResponseReturnValue:
    """Let it owe its checks again."""
    form = VersionForm()
    if form.validate():
        with form.refusals():
            resume_plan(
                actor(), enterprise_in_view(), plan_id, version=form.version.data or 0, at=now()
            )
            return _told(plan_id, "计划已启用，从当前周期开始检查。", "ok")
    return _told(plan_id, "计划刚被他人调整，请核对后再操作。", "bad")


@bp.post("/plans/derivation")
@allow("plans.edit")
def plan_derive() -> ResponseReturnValue:
    """Bring all plans in line with the ledger and the posts of now."""
    derive_all_plans(actor(), enterprise_in_view(), now())
    flash("已按现行风险清单和岗位重新生成计划。", "ok")
    return redirect(url_for("hazards.plan_list"), 303)


def _told(plan_id: UUID, words: str, tone: str) -> ResponseReturnValue:
    flash(words, tone)
    return redirect(url_for("hazards.plan_detail", plan_id=plan_id), 303)


def _found(plan_id: UUID, enterprise_id: UUID | None) -> PlanRow:
    found = plan(scope(), enterprise_in_view(enterprise_id), plan_id)
    if found is None:
        raise NotFound("没有找到这项排查计划，可能已随风险清单调整结束。")
    return found


def _posts(enterprise_id: UUID | None) -> dict[str, str]:
    rows = posts(scope(), enterprise_in_view(enterprise_id))
    return {
        str(row.id): f"{row.department} · {row.name}" if row.department else row.name
        for row in rows
    }


def _plan_page(found: PlanRow, form: PlanForm, enterprise_id: UUID | None) -> str:
    here = enterprise_in_view(enterprise_id)
    form.post_id.choices = _posts(enterprise_id)
    return page(
        "hazards/plans/detail.html",
        plan=found,
        form=form,
        groups=plan_groups(scope(), here, found.id),
        enterprise_id=enterprise_id,
        now=now(),
    )
