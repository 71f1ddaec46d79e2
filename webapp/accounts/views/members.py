"""The users of an organisation."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, page, scope, viewer
from webapp.accounts.forms.members import LinkForm, RoleForm
from webapp.accounts.queries.members import MemberFilter, MemberRow, MemberState, member, members
from webapp.accounts.queries.staff import unlinked_staff
from webapp.accounts.rules.members import grantable, grantable_in
from webapp.accounts.rules.role_table import audience_roles, role_table
from webapp.accounts.rules.roles import Role
from webapp.accounts.service.memberships import (
    change_role,
    end_membership,
    reset_sign_in,
    resume_member,
    suspend_member,
)
from webapp.accounts.service.staff import link_member
from webapp.accounts.views.blueprint import bp
from webapp.platform.clock import now
from webapp.platform.paging import PageRequest
from webapp.platform.web.forms import Form


@bp.get("/members")
@allow("members.see")
def member_list() -> ResponseReturnValue:
    """The members, narrowed by name, role and state."""
    wanted = _filter()
    return page(
        "accounts/members/list.html",
        members=members(scope(), wanted, PageRequest(request.args.get("page", 1, int))),
        wanted=wanted,
        role_choices=[(role.value, role.words) for role in grantable(viewer().role)],
        state_choices=[(state.value, state.words) for state in MemberState],
    )


@bp.get("/members/<uuid:membership_id>")
@allow("members.see")
def member_detail(membership_id: UUID) -> ResponseReturnValue:
    """One member and what can be done about them."""
    return _detail(membership_id, RoleForm())


@bp.post("/members/<uuid:membership_id>/role")
@allow("members.change")
def member_role(membership_id: UUID) -> ResponseReturnValue:
    """Let a member work in another role."""
    form = _offered(RoleForm(), membership_id)
    if form.validate():
        with form.refusals():
            change_role(actor(), membership_id, role=form.role.data or "", at=now())
            return _done(membership_id, "角色已调整，对方的下一次操作起生效。")
    return _detail(membership_id, form), 422


@bp.post("/members/<uuid:membership_id>/person")
@allow("members.change")
def member_link(membership_id: UUID) -> ResponseReturnValue:
    """Say which of the staff a member is."""
    form = LinkForm()
    with form.refusals():
        link_member(actor(), membership_id, person_id=form.person_id.data, at=now())
        return _done(membership_id, "已关联人员，对方现在就能看到自己岗位的任务和责任清单。")
    return _detail(membership_id, RoleForm(), linking=form), 422


@bp.post("/members/<uuid:membership_id>/suspension")
@allow("members.suspend")
def member_suspend(membership_id: UUID) -> ResponseReturnValue:
    """Shut a member out."""
    return _deed(membership_id, suspend_member, "已停用，对方已被退出登录。")


@bp.post("/members/<uuid:membership_id>/resumption")
@allow("members.suspend")
def member_resume(membership_id: UUID) -> ResponseReturnValue:
    """Let a member in again."""
    return _deed(membership_id, resume_member, "已恢复，对方可以登录了。")


@bp.post("/members/<uuid:membership_id>/departure")
@allow("members.suspend")
def member_end(membership_id: UUID) -> ResponseReturnValue:
    """Let a member go for good."""
    return _deed(membership_id, end_membership, "已移出本单位，历史记录保留。")


@bp.post("/members/<uuid:membership_id>/reset")
@allow("members.change")
def member_reset(membership_id: UUID) -> ResponseReturnValue:
    """Show a temporary password, once: it is kept nowhere."""
    form = Form()
    with form.refusals():
        password = reset_sign_in(actor(), membership_id, at=now())
        found = member(scope(), membership_id)
        return page("accounts/members/reset.html", member=found, password=password)
    return _detail(membership_id, RoleForm(), refused=form), 422


@bp.get("/members/roles")
@allow("members.see")
def role_list() -> ResponseReturnValue:
    """Which role may do what: those of the viewer's side, for the operator all."""
    roles = audience_roles(viewer().audience)
    columns = [{"label": "事项"}, *({"label": role.words} for role in roles)]
    return page("accounts/members/roles.html", columns=columns, rows=role_table(roles))


def _deed(membership_id: UUID, deed: Callable[..., None], words: str) -> ResponseReturnValue:
    form = Form()
    with form.refusals():
        deed(actor(), membership_id, at=now())
        return _done(membership_id, words)
    return _detail(membership_id, RoleForm(), refused=form), 422


def _done(membership_id: UUID, words: str) -> ResponseReturnValue:
    flash(words, "ok")
    return redirect(url_for("accounts.member_detail", membership_id=membership_id), 303)


def _detail(
    membership_id: UUID,
    form: RoleForm,
    *,
    refused: Form | None = None,
    linking: LinkForm | None = None,
) -> str:
    found = member(scope(), membership_id)
    if not form.role.choices:
        _offered(form, membership_id)
    if form.role.data is None:
        form.role.data = found.role.value
    return page(
        "accounts/members/detail.html",
        member=found,
        form=form,
        refused=refused,
        linking=_linking(found, linking),
        is_self=found.membership_id == viewer().membership_id,
    )


def _linking(found: MemberRow, typed: LinkForm | None) -> LinkForm:
    """The form that links a member, set to a person of the same name where there is only one."""
    form = LinkForm() if typed is None else typed
    staff = unlinked_staff(scope(), found.name)
    form.offer(staff)
    if typed is None:
        same = [row.person_id for row in staff if row.name == found.name]
        wanted = request.args.get("person", None, UUID)
        form.person_id.data = wanted or (same[0] if len(same) == 1 else None)
    return form


def _offered(form: RoleForm, membership_id: UUID) -> RoleForm:
    """The form with the roles that fit the member's organisation."""
    found = member(scope(), membership_id)
    form.offer(grantable_in(viewer().role, is_agency=found.agency_id is not None))
    return form


def _filter() -> MemberFilter:
    """The list's address as a filter; what is not a choice counts as none."""
    role, state = request.args.get("role", ""), request.args.get("state", "")
    return MemberFilter(
        words=request.args.get("q", "").strip().replace("\0", "")[:40],
        role=Role(role) if role in list(Role) else None,
        state=MemberState(state) if state in list(MemberState) else None,
    )
