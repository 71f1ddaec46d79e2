"""The staff: list, record, handing over, leaving."""

from typing import TypeVar
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.accounts.queries.staff import unlinked_members
from webapp.enterprise.forms.filters import page_request, people_filter
from webapp.enterprise.forms.people import HandOverForm, LeavingForm, PersonChangeForm, PersonForm
from webapp.enterprise.queries.organisation import departments, posts
from webapp.enterprise.queries.people import PersonRow, people, person, staff
from webapp.enterprise.queries.profile import profile
from webapp.enterprise.service.people import add_person, change_person, hand_over, leave
from webapp.enterprise.views.blueprint import bp
from webapp.enterprise.views.choices import department_choices, person_choices, post_choices
from webapp.enterprise.views.conflicts import refused, unopposed
from webapp.platform.clock import local_date, now

EDIT_PAGE = "enterprise/people/edit.html"
AnyPerson = TypeVar("AnyPerson", bound=PersonForm)


@bp.get("/people")
@bp.get("/enterprises/<uuid:enterprise_id>/people")
@allow("people.see")
def people_list(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The staff, narrowed by words, department and state."""
    found, wanted = profile(scope(), enterprise_in_view(enterprise_id)), people_filter(request.args)
    return page(
        "enterprise/people/list.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        rows=people(scope(), found.id, wanted, page_request(request.args, 50)),
        wanted=wanted,
        state=request.args.get("state", ""),
        department_choices=department_choices(departments(scope(), found.id)),
    )


@bp.get("/people/new")
@allow("people.edit")
def person_new() -> ResponseReturnValue:
    """A new member of the staff."""
    form = _form(PersonForm())
    form.post_id.data = request.args.get("post", None, UUID)
    form.joined_on.data = local_date(now())
    return page(EDIT_PAGE, form=form, person=None, **unopposed())


@bp.post("/people/new")
@allow("people.edit")
def person_add() -> ResponseReturnValue:
    """Take them onto the staff."""
    form = _form(PersonForm())
    if form.validate():
        with form.refusals():
            person_id = add_person(actor(), **form.values(), at=now())
            flash("已添加。需要使用手机端的，再发邀请链接给本人。", "ok")
            return redirect(url_for("enterprise.person_show", person_id=person_id), 303)
    return page(EDIT_PAGE, form=form, person=None, **unopposed()), 422


@bp.get("/people/<uuid:person_id>")
@allow("people.edit")
def person_show(person_id: UUID) -> ResponseReturnValue:
    """One of the staff and what can be done."""
    found = person(scope(), enterprise_in_view(), person_id)
    return _show(found, LeavingForm(data={"left_on": local_date(now())}))


@bp.get("/people/<uuid:person_id>/edit")
@allow("people.edit")
def person_edit(person_id: UUID) -> ResponseReturnValue:
    """Someone's record as a form."""
    found = person(scope(), enterprise_in_view(), person_id)
    form = _form(PersonChangeForm(obj=found))
    return page(EDIT_PAGE, form=form, person=found, **unopposed())


@bp.post("/people/<uuid:person_id>/edit")
@allow("people.edit")
def person_change(person_id: UUID) -> ResponseReturnValue:
    """Keep the changes to a record."""
    form = _form(PersonChangeForm())
    if form.validate():
        with form.refusals():
            change_person(actor(), person_id, **form.values(), at=now())
            return _back(person_id, "已保存。")
    latest = person(scope(), enterprise_in_view(), person_id)
    around, status = refused(form, latest)
    return page(EDIT_PAGE, form=form, person=latest, **around), status


@bp.get("/people/<uuid:person_id>/handover")
@allow("people.edit")
def person_handover(person_id: UUID) -> ResponseReturnValue:
    """Who takes the post over."""
    found = person(scope(), enterprise_in_view(), person_id)
    return page("enterprise/people/handover.html", form=_handover_form(found), person=found)


@bp.post("/people/<uuid:person_id>/handover")
@allow("people.edit")
def person_hand_over(person_id: UUID) -> ResponseReturnValue:
    """Hand the post over."""
    found = person(scope(), enterprise_in_view(), person_id)
    form = _handover_form(found)
    if form.validate():
        with form.refusals():
            hand_over(actor(), person_id, to_person_id=form.to_person_id.data, at=now())
            return _back(person_id, "岗位已交接，名下的任务和责任清单随岗位转给接任人。")
    return page("enterprise/people/handover.html", form=form, person=found), 422


@bp.post("/people/<uuid:person_id>/departure")
@allow("people.edit")
def person_leave(person_id: UUID) -> ResponseReturnValue:
    """Record that someone has left."""
    form = LeavingForm()
    if form.validate():
        with form.refusals():
            leave(actor(), person_id, left_on=form.left_on.data, at=now())
            return _back(person_id, "已登记离职，账号同时停用。")
    found = person(scope(), enterprise_in_view(), person_id)
    return _show(found, form), 422


def _show(found: PersonRow, form: LeavingForm) -> str:
    is_open = found.left_on is None and found.user_id is None
    unlinked = unlinked_members(scope(), found.name) if is_open else ()
    return page("enterprise/people/show.html", person=found, form=form, unlinked=unlinked)


def _back(person_id: UUID, words: str) -> ResponseReturnValue:
    flash(words, "ok")
    return redirect(url_for("enterprise.person_show", person_id=person_id), 303)


def _form(form: AnyPerson) -> AnyPerson:
    form.post_id.offer("暂无岗位", post_choices(posts(scope(), enterprise_in_view())))
    form.department_id.offer(
        "按岗位所属部门", department_choices(departments(scope(), enterprise_in_view()))
    )
    return form


def _handover_form(found: PersonRow) -> HandOverForm:
    form = HandOverForm()
    others = [row for row in staff(scope(), enterprise_in_view()) if row.id != found.id]
    form.to_person_id.offer("请选择", person_choices(others))
    return form
