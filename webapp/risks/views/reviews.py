"""The review of the ledger: what to assess again and why, what demands it, and doing it."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.enterprise.queries.profile import profile
from webapp.platform.clock import now
from webapp.platform.paging import Page
from webapp.risks.forms.filters import page_request
from webapp.risks.forms.reviews import ReviewedForm, TriggerForm
from webapp.risks.queries.reviews import assessed_rows, point_choices, triggers
from webapp.risks.rules.reviews import TriggerKind, due_reviews
from webapp.risks.service.repeats import repeats
from webapp.risks.service.reviews import confirm_assessments, declare_trigger
from webapp.risks.views.blueprint import bp

PAGE = 50


@bp.get("/risks/reviews")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/reviews")
@allow("risks.see")
def review_list(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The risks to assess again, each with its reasons."""
    return _list(enterprise_id, TriggerForm(formdata=None))


@bp.post("/risks/reviews/triggers")
@allow("risks.edit")
def review_declare() -> ResponseReturnValue:
    """Declare what happened."""
    form = TriggerForm()
    form.offer(point_choices(scope(), enterprise_in_view()))
    if form.validate():
        with form.refusals():
            declare_trigger(
                actor(),
                TriggerKind(form.kind.data),
                words=form.words.data or "",
                happened_on=form.day,
                point_id=form.point_id,
                at=now(),
            )
            flash("已登记。受影响的风险列在下面，请逐条复评。", "ok")
            return redirect(url_for("risks.review_list"), 303)
    return _list(None, form), 422


@bp.post("/risks/reviews")
@allow("risks.edit")
def review_confirm() -> ResponseReturnValue:
    """Assess the ticked risks again with the same result."""
    form = ReviewedForm()
    if form.validate():
        done = confirm_assessments(actor(), form.events.ids, at=now())
        flash(f"{done.reviewed} 条风险已复评，结果不变。", "ok")
        for reason in done.refused:
            flash(f"未复评 {reason}", "warn")
    else:
        flash(form.events.errors[0], "warn")
    return redirect(url_for("risks.review_list"), 303)


def _list(enterprise_id: UUID | None, form: TriggerForm) -> str:
    found = profile(scope(), enterprise_in_view(enterprise_id))
    declared = triggers(scope(), found.id)
    due = due_reviews(
        assessed_rows(scope(), found.id),
        [row.rule for row in declared],
        repeats(scope(), found.id),
        now=now(),
    )
    form.offer(point_choices(scope(), found.id))
    asked = page_request(request.args, PAGE)
    return page(
        "risks/reviews/list.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        rows=Page(due[asked.offset : asked.offset + asked.size], len(due), asked),
        declared=declared,
        form=form,
    )
