"""The record of an enterprise: read, amended by its own people."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, scope
from webapp.enterprise.forms.registration import AmendmentForm, application_values
from webapp.enterprise.queries.profile import ProfileRow, former_profiles, last_amendment, profile
from webapp.enterprise.rules.answers import answers, differences
from webapp.enterprise.service.registration import amend, cleaned
from webapp.enterprise.views.blueprint import bp
from webapp.platform.clock import now


@bp.get("/profile")
@bp.get("/enterprises/<uuid:enterprise_id>/profile")
@allow("profile.see")
def profile_show(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The record and what it said before."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
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
    found = profile(scope(), enterprise_in_view())
    form = AmendmentForm(data=application_values(found.application))
    return _edit(form, found)


@bp.post("/profile/edit")
@allow("profile.amend")
def profile_amend() -> ResponseReturnValue:
    """Keep the changes; what another has changed since is shown instead."""
    form = AmendmentForm()
    if form.validate():
        with form.refusals():
            amend(actor(), form.application(), version=form.version.data or 0, at=now())
            flash("已保存。", "ok")
            return redirect(url_for("enterprise.profile_show"), 303)
    latest = profile(scope(), enterprise_in_view())
    if form.version.data != latest.version:
        return _both(form, latest), 409
    return _edit(form, latest), 422


def _edit(form: AmendmentForm, found: ProfileRow, **shown: Any) -> str:
    around = {"others": (), "changed_by": None} | shown
    return page("enterprise/profile/edit.html", form=form, enterprise=found, **around)


def _both(form: AmendmentForm, latest: ProfileRow) -> str:
    """What another has saved beside what was typed; saving again is then a decision."""
    return _edit(
        form,
        latest,
        others=differences(latest.application, cleaned(form.application())),
        changed_by=last_amendment(scope(), latest.id),
    )
