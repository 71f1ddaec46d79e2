"""The record of an enterprise: read, amended by its own people."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, page, scope
from webapp.enterprise.forms.registration import AmendmentForm, application_values
from webapp.enterprise.queries.profile import former_profiles
from webapp.enterprise.rules.answers import answers
from webapp.enterprise.rules.registration import Change, changes
from webapp.enterprise.service.registration import amend, cleaned
from webapp.enterprise.views.blueprint import bp, enterprise_in_view
from webapp.platform.clock import now


@bp.get("/profile")
@bp.get("/enterprises/<uuid:enterprise_id>/profile")
@allow("profile.see")
def profile_show(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The record and what it said before."""
    found = enterprise_in_view(enterprise_id)
    return page(
        "enterprise/profile/show.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        answers=answers(found.application),
        former=former_profiles(scope(), found.id),
    )


@bp.get("/profile/edit")
@allow("profile.amend")
def profile_edit() -> ResponseReturnValue:
    """The record as a form."""
    found = enterprise_in_view()
    form = AmendmentForm(data=application_values(found.application))
    return page("enterprise/profile/edit.html", form=form, enterprise=found, others=())


@bp.post("/profile/edit")
@allow("profile.amend")
def profile_amend() -> ResponseReturnValue:
    """Keep the changes; what another has changed since is shown instead."""
    form, found = AmendmentForm(), enterprise_in_view()
    others: tuple[Change, ...] = ()
    if form.validate():
        with form.refusals():
            amend(actor(), form.application(), version=form.version.data or 0, at=now())
            flash("已保存。", "ok")
            return redirect(url_for("enterprise.profile_show"), 303)
        if form.version.data != found.version:
            others = changes(cleaned(form.application()), found.application)
    return page("enterprise/profile/edit.html", form=form, enterprise=found, others=others), 422
