"""One risk event: looking at it, entering, changing and removing it."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope, viewer
from webapp.enterprise.queries.profile import profile
from webapp.platform.clock import now
from webapp.risks.forms.assessments import chosen_method
from webapp.risks.forms.events import EventForm, RemovalForm, blank_measures, event_form
from webapp.risks.queries.event_rows import EventDetail
from webapp.risks.queries.events import event_detail, last_change
from webapp.risks.queries.points import point_names
from webapp.risks.service.ledger import add_event, change_event, remove_event
from webapp.risks.views.assessments import result_of
from webapp.risks.views.blueprint import bp
from webapp.risks.views.choices import department_choices, person_choices, post_choices
from webapp.risks.views.prefill import differences, event_values
from webapp.standards.risk_methods import methods

BLANK = 3


@bp.get("/risks/events/<uuid:event_id>")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/events/<uuid:event_id>")
@allow("risks.see")
def event_show(event_id: UUID, enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """An event as a page, or as the row that opens under its own in the list."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    is_row = "HX-Request" in request.headers
    return page(
        "risks/events/_row.html" if is_row else "risks/events/show.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        event=event_detail(scope(), found.id, event_id),
        removal=RemovalForm(),
    )


@bp.get("/risks/events/new")
@allow("risks.edit")
def event_new() -> ResponseReturnValue:
    """An empty event, at the point that the address names."""
    known = chosen_method(request.args.get("method"))
    point = request.args.get("point", "")[:100]
    form = _offered(
        event_form(known.code)(
            data={"point": point, "method": known.code, "measures": blank_measures(BLANK)}
        )
    )
    return _edit(form, None)


@bp.post("/risks/events/new")
@allow("risks.edit")
def event_add() -> ResponseReturnValue:
    """Enter it."""
    form = _sent()
    if _is_only_a_look():
        return _edit(form, None)
    if form.validate():
        with form.refusals():
            event_id = add_event(actor(), form.draft(), at=now())
            return _done(event_id, "已加入风险清单。", draft="new")
    return _edit(form, None), 422


@bp.get("/risks/events/<uuid:event_id>/edit")
@allow("risks.edit")
def event_edit(event_id: UUID) -> ResponseReturnValue:
    """An event as a form."""
    found = event_detail(scope(), enterprise_in_view(), event_id)
    known = chosen_method(request.args.get("method") or found.row.method)
    values = event_values(found, known, blank=1)
    return _edit(_offered(event_form(known.code)(data=values)), found)


@bp.post("/risks/events/<uuid:event_id>/edit")
@allow("risks.edit")
def event_change(event_id: UUID) -> ResponseReturnValue:
    """Keep the changes, or show what another has saved meanwhile."""
    form = _sent()
    if _is_only_a_look():
        return _edit(form, event_detail(scope(), enterprise_in_view(), event_id))
    if form.validate():
        with form.refusals():
            version = form.version.data or 0
            change_event(actor(), event_id, form.draft(), version=version, at=now())
            return _done(event_id, "已保存。", draft=str(event_id))
    latest = event_detail(scope(), enterprise_in_view(), event_id)
    if latest.row.version != form.version.data:
        return _both(form, latest), 409
    return _edit(form, latest), 422


@bp.post("/risks/events/<uuid:event_id>/removal")
@allow("risks.edit")
def event_remove(event_id: UUID) -> ResponseReturnValue:
    """Take it out of the ledger."""
    form = RemovalForm()
    if form.validate():
        with form.refusals():
            version = form.version.data or 0
            reason = form.reason.data or ""
            remove_event(actor(), event_id, reason=reason, version=version, at=now())
            flash("已从风险清单删除，编号和历史记录保留。", "ok")
            return redirect(url_for("risks.ledger"), 303)
    found = profile(scope(), enterprise_in_view())
    event = event_detail(scope(), found.id, event_id)
    shown: dict[str, Any] = {"enterprise": found, "enterprise_id": None, "event": event}
    return page("risks/events/show.html", **shown, removal=form), 422


def _sent() -> EventForm:
    """The form as it was sent; another method may have been asked for in place of its own."""
    switched = request.form.get("switch")
    known = chosen_method(switched or request.form.get("method"))
    form = event_form(known.code)()
    form.method.data = known.code
    if request.form.get("more"):
        for values in blank_measures(BLANK):
            form.measures.append_entry(values)
    return _offered(form)


def _is_only_a_look() -> bool:
    """Whether a button was pressed that saves nothing: more lines, another method, the result."""
    return any(request.form.get(name) for name in ("more", "switch", "calculate"))


def _offered(form: EventForm) -> EventForm:
    enterprise_id = enterprise_in_view()
    form.offer(
        departments=department_choices(enterprise_id),
        people=person_choices(enterprise_id),
        posts=post_choices(enterprise_id),
    )
    return form


def _edit(form: EventForm, event: EventDetail | None, **shown: Any) -> str:
    known = chosen_method(form.method.data)
    return page(
        "risks/events/edit.html",
        form=form,
        event=event,
        known=known,
        methods=methods(),
        result=result_of(form, known),
        points=point_names(scope(), enterprise_in_view()),
        **{"changes": (), "changed_by": None, **shown},
    )


def _both(form: EventForm, latest: EventDetail) -> str:
    """What the other has saved beside what was typed; saving again is then a decision."""
    form.version.data = latest.row.version
    return _edit(
        form,
        latest,
        changes=differences(form, latest),
        changed_by=last_change(scope(), enterprise_in_view(), latest.row.id),
    )


def _done(event_id: UUID, words: str, *, draft: str) -> ResponseReturnValue:
    flash(words, "ok")
    flash(f"risk-event:{draft}:{viewer().membership_id}", "draft-done")
    return redirect(url_for("risks.event_show", event_id=event_id), 303)
