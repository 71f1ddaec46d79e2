"""Whom a file named in words that nobody bears: to be assigned, name by name."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.platform.clock import now
from webapp.risks.forms.assignments import AssignmentForm
from webapp.risks.queries.assignments import unassigned_words
from webapp.risks.service.assignments import assign_department, assign_owner
from webapp.risks.views.blueprint import bp
from webapp.risks.views.choices import department_choices, person_choices


@bp.get("/risks/assignments")
@allow("risks.import")
def assignment_list() -> ResponseReturnValue:
    """The names, those with the most risks first."""
    return _list(AssignmentForm(formdata=None))


@bp.post("/risks/assignments")
@allow("risks.import")
def assignment_set() -> ResponseReturnValue:
    """Let one name mean one person or one department, for all risks that bear it."""
    form = AssignmentForm()
    own = enterprise_in_view()
    form.offer(departments=department_choices(own), people=person_choices(own))
    if form.validate():
        with form.refusals():
            done = _assign(form)
            flash(f"“{form.words.data}”的 {done} 条风险已指定。", "ok")
            return redirect(url_for("risks.assignment_list"), 303)
    return _list(form), 422


def _assign(form: AssignmentForm) -> int:
    words, target = form.words.data or "", form.target_id
    if form.kind.data == "owner":
        return assign_owner(actor(), words=words, person_id=target, at=now())
    return assign_department(actor(), words=words, department_id=target, at=now())


def _list(form: AssignmentForm) -> str:
    enterprise_id = enterprise_in_view()
    return page(
        "risks/assignments/list.html",
        form=form,
        groups=unassigned_words(scope(), enterprise_id),
        people=person_choices(enterprise_id),
        departments=department_choices(enterprise_id),
        highlighted=request.form.get("words", ""),
    )
