"""The chart: departments, teams, posts, and rows pasted from a spreadsheet."""

from typing import TypeVar
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.enterprise.forms.organisation import (
    DepartmentChangeForm,
    DepartmentForm,
    PostChangeForm,
    PostForm,
)
from webapp.enterprise.queries.organisation import (
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
from webapp.enterprise.views.conflicts import refused, unopposed
from webapp.platform.clock import now
from webapp.platform.errors import RuleBroken

DEPARTMENT_PAGE = "enterprise/organisation/department.html"
POST_PAGE = "enterprise/organisation/post.html"
AnyDepartment = TypeVar("AnyDepartment", bound=DepartmentForm)
AnyPost = TypeVar("AnyPost", bound=PostForm)


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
    form = _department_form(DepartmentForm())
    parent_id = request.args.get("parent", None, UUID)
    if parent_id is not None:
        form.parent_id.data, form.kind.data = parent_id, DepartmentKind.TEAM.value
    return page(DEPARTMENT_PAGE, form=form, department=None, **unopposed())


@bp.post("/organisation/departments/new")
@allow("organisation.edit")
def department_add() -> ResponseReturnValue:
    """Set the department up."""
    form = _department_form(DepartmentForm())
    if form.validate():
        with form.refusals():
            add_department(actor(), **form.values(), at=now())
            return _back("已新设。")
    return page(DEPARTMENT_PAGE, form=form, department=None, **unopposed()), 422


@bp.get("/organisation/departments/<uuid:department_id>")
@allow("organisation.edit")
def department_edit(department_id: UUID) -> ResponseReturnValue:
    """A department as a form."""
    found = department(scope(), enterprise_in_view(), department_id)
    form = _department_form(DepartmentChangeForm(obj=found), found.id)
    return page(DEPARTMENT_PAGE, form=form, department=found, **unopposed())


@bp.post("/organisation/departments/<uuid:department_id>")
@allow("organisation.edit")
def department_change(department_id: UUID) -> ResponseReturnValue:
    """Keep the changes to a department."""
    form = _department_form(DepartmentChangeForm(), department_id)
    if form.validate():
        with form.refusals():
            change_department(actor(), department_id, **form.values(), at=now())
            return _back("已保存。")
    latest = department(scope(), enterprise_in_view(), department_id)
    around, status = refused(form, latest)
    return page(DEPARTMENT_PAGE, form=form, department=latest, **around), status


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
    form = _post_form(PostForm())
    form.department_id.data = request.args.get("department", None, UUID)
    return page(POST_PAGE, form=form, post=None, **unopposed())


@bp.post("/organisation/posts/new")
@allow("organisation.edit")
def post_add() -> ResponseReturnValue:
    """Set the post up."""
    form = _post_form(PostForm())
    if form.validate():
        with form.refusals():
            add_post(actor(), **form.values(), at=now())
            return _back("已新设岗位。")
    return page(POST_PAGE, form=form, post=None, **unopposed()), 422


@bp.get("/organisation/posts/<uuid:post_id>")
@allow("organisation.edit")
def post_edit(post_id: UUID) -> ResponseReturnValue:
    """A post as a form."""
    found = post(scope(), enterprise_in_view(), post_id)
    return page(POST_PAGE, form=_post_form(PostChangeForm(obj=found)), post=found, **unopposed())


@bp.post("/organisation/posts/<uuid:post_id>")
@allow("organisation.edit")
def post_change(post_id: UUID) -> ResponseReturnValue:
    """Keep the changes to a post."""
    form = _post_form(PostChangeForm())
    if form.validate():
        with form.refusals():
            change_post(actor(), post_id, **form.values(), at=now())
            return _back("已保存。")
    latest = post(scope(), enterprise_in_view(), post_id)
    around, status = refused(form, latest)
    return page(POST_PAGE, form=form, post=latest, **around), status


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


def _department_form(form: AnyDepartment, own_id: UUID | None = None) -> AnyDepartment:
    rows = departments(scope(), enterprise_in_view())
    upper = [row for row in rows if row.kind is DepartmentKind.DEPARTMENT and row.id != own_id]
    form.parent_id.offer("没有，直属企业", department_choices(upper))
    return form


def _post_form(form: AnyPost) -> AnyPost:
    form.department_id.offer(
        "企业（不属于部门）", department_choices(departments(scope(), enterprise_in_view()))
    )
    if not form.kind.data:
        form.kind.data = PostKind.WORKER.value
    return form
