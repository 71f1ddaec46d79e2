"""The chart: departments, teams, posts, and rows pasted from a spreadsheet."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.enterprise.forms.organisation import DepartmentForm, PostForm
from webapp.enterprise.queries.organisation import (
    DepartmentRow,
    chart,
    department,
    departments,
    post,
)
from webapp.enterprise.queries.profile import profile
from webapp.enterprise.rules.organisation import DepartmentKind, PostKind
from webapp.enterprise.service.organisation import (
    add_department,
    add_post,
    change_department,
    change_post,
    close_department,
    close_post,
)
from webapp.enterprise.views.blueprint import bp
from webapp.enterprise.views.choices import department_choices
from webapp.platform.clock import now
from webapp.platform.errors import RuleBroken


@bp.get("/organisation")
@bp.get("/enterprises/<uuid:enterprise_id>/organisation")
@allow("organisation.see")
def organisation_show(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The chart of the enterprise."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    return page(
        "enterprise/organisation/show.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        chart=chart(scope(), found.id),
    )


@bp.get("/organisation/departments/new")
@allow("organisation.edit")
def department_new() -> ResponseReturnValue:
    """A new department, or a team when the address says below which."""
    form = _department_form()
    parent_id = request.args.get("parent", None, UUID)
    if parent_id is not None:
        form.parent_id.data, form.kind.data = parent_id, DepartmentKind.TEAM.value
    return page("enterprise/organisation/department.html", form=form, department=None)


@bp.post("/organisation/departments/new")
@allow("organisation.edit")
def department_add() -> ResponseReturnValue:
    """Set the department up."""
    form = _department_form()
    if form.validate():
        with form.refusals():
            add_department(actor(), **form.values(), at=now())
            return _back("已新设。")
    return page("enterprise/organisation/department.html", form=form, department=None), 422


@bp.get("/organisation/departments/<uuid:department_id>")
@allow("organisation.edit")
def department_edit(department_id: UUID) -> ResponseReturnValue:
    """A department as a form."""
    found = department(scope(), enterprise_in_view(), department_id)
    form = _department_form(found)
    return page("enterprise/organisation/department.html", form=form, department=found)


@bp.post("/organisation/departments/<uuid:department_id>")
@allow("organisation.edit")
def department_change(department_id: UUID) -> ResponseReturnValue:
    """Keep the changes to a department."""
    found = department(scope(), enterprise_in_view(), department_id)
    form = _department_form(found)
    if form.validate():
        with form.refusals():
            change_department(actor(), department_id, **form.values(), at=now())
            return _back("已保存。")
    return page("enterprise/organisation/department.html", form=form, department=found), 422


@bp.post("/organisation/departments/<uuid:department_id>/closing")
@allow("organisation.edit")
def department_close(department_id: UUID) -> ResponseReturnValue:
    """Close an empty department."""
    try:
        close_department(actor(), department_id, at=now())
    except RuleBroken as refused:
        flash(refused.message, "bad")
        return redirect(url_for("enterprise.department_edit", department_id=department_id), 303)
    return _back("已撤销。")


@bp.get("/organisation/posts/new")
@allow("organisation.edit")
def post_new() -> ResponseReturnValue:
    """A new post, in the department that the address names."""
    form = _post_form()
    form.department_id.data = request.args.get("department", None, UUID)
    return page("enterprise/organisation/post.html", form=form, post=None)


@bp.post("/organisation/posts/new")
@allow("organisation.edit")
def post_add() -> ResponseReturnValue:
    """Set the post up."""
    form = _post_form()
    if form.validate():
        with form.refusals():
            add_post(actor(), **form.values(), at=now())
            return _back("已新设岗位。")
    return page("enterprise/organisation/post.html", form=form, post=None), 422


@bp.get("/organisation/posts/<uuid:post_id>")
@allow("organisation.edit")
def post_edit(post_id: UUID) -> ResponseReturnValue:
    """A post as a form."""
    found = post(scope(), enterprise_in_view(), post_id)
    form = _post_form(name=found.name, kind=found.kind.value, department_id=found.department_id)
    return page("enterprise/organisation/post.html", form=form, post=found)


@bp.post("/organisation/posts/<uuid:post_id>")
@allow("organisation.edit")
def post_change(post_id: UUID) -> ResponseReturnValue:
    """Keep the changes to a post."""
    found, form = post(scope(), enterprise_in_view(), post_id), _post_form()
    if form.validate():
        with form.refusals():
            change_post(actor(), post_id, **form.values(), at=now())
            return _back("已保存。")
    return page("enterprise/organisation/post.html", form=form, post=found), 422


@bp.post("/organisation/posts/<uuid:post_id>/closing")
@allow("organisation.edit")
def post_close(post_id: UUID) -> ResponseReturnValue:
    """Close a post that nobody holds."""
    try:
        close_post(actor(), post_id, at=now())
    except RuleBroken as refused:
        flash(refused.message, "bad")
        return redirect(url_for("enterprise.post_edit", post_id=post_id), 303)
    return _back("已撤销岗位。")


def _back(words: str) -> ResponseReturnValue:
    flash(words, "ok")
    return redirect(url_for("enterprise.organisation_show"), 303)


def _department_form(found: DepartmentRow | None = None) -> DepartmentForm:
    form = DepartmentForm(obj=found)
    rows = departments(scope(), enterprise_in_view())
    upper = [row for row in rows if row.kind is DepartmentKind.DEPARTMENT]
    choices = department_choices([row for row in upper if found is None or row.id != found.id])
    form.parent_id.offer("没有，直属企业", choices)
    return form


def _post_form(**values: object) -> PostForm:
    form = PostForm(data=values or None)
    form.department_id.offer(
        "企业（不属于部门）", department_choices(departments(scope(), enterprise_in_view()))
    )
    if not form.kind.data:
        form.kind.data = PostKind.WORKER.value
    return form
