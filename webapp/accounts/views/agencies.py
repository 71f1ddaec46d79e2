"""Agencies and their regions, entered by the operator."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, page, scope
from webapp.accounts.forms.agencies import AgencyForm
from webapp.accounts.queries.members import agencies, agency, officers
from webapp.accounts.service.members import create_agency
from webapp.accounts.views.blueprint import bp
from webapp.platform.clock import now
from webapp.standards import regions


@bp.get("/agencies")
@allow("agencies.edit")
def agency_list() -> ResponseReturnValue:
    """All agencies, from the province down."""
    rows = [(row, regions.full_name(row.region_code)) for row in agencies(scope())]
    return page("accounts/agencies/list.html", agencies=rows)


@bp.get("/agencies/new")
@allow("agencies.edit")
def agency_new() -> ResponseReturnValue:
    """The form of a new agency."""
    return page("accounts/agencies/new.html", form=AgencyForm())


@bp.post("/agencies/new")
@allow("agencies.edit")
def agency_create() -> ResponseReturnValue:
    """Enter the agency."""
    form = AgencyForm()
    if form.validate():
        with form.refusals():
            agency_id = create_agency(actor(), **form.values(), at=now())
            flash("机关已登记，请邀请分管领导加入。", "ok")
            return redirect(url_for("accounts.agency_detail", agency_id=agency_id), 303)
    return page("accounts/agencies/new.html", form=form), 422


@bp.get("/agencies/<uuid:agency_id>")
@allow("agencies.edit")
def agency_detail(agency_id: UUID) -> ResponseReturnValue:
    """One agency with its officers."""
    found = agency(scope(), agency_id)
    return page(
        "accounts/agencies/detail.html",
        agency=found,
        region=regions.full_name(found.region_code),
        officers=officers(scope(), agency_id),
    )
