"""From the scanned code to the start of an inspection."""

from typing import Any
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, phone_page, scope, viewer
from webapp.accounts.queries.members import OfficerRow, officers
from webapp.accounts.rules.roles import Role
from webapp.enterprise.queries.enterprises import EnterpriseFilter, enterprises
from webapp.inspection.forms.cases import StartForm
from webapp.inspection.forms.filters import searched
from webapp.inspection.queries.briefing import briefing
from webapp.inspection.service.cases import start_case
from webapp.inspection.views.blueprint import bp
from webapp.platform.clock import now
from webapp.platform.paging import PageRequest

FOUND = 20


@bp.get("/scan")
@allow("cases.see")
def scan() -> ResponseReturnValue:
    """How to come to an enterprise: its code, or its name."""
    words = searched()
    page = PageRequest(size=FOUND)
    found = enterprises(scope(), EnterpriseFilter(text=words), page) if words else None
    return phone_page("inspection/scan/scan.html", words=words, found=found)


@bp.get("/enterprises/<uuid:enterprise_id>/inspections/new")
@allow("cases.see")
def scan_start(enterprise_id: UUID) -> ResponseReturnValue:
    """The enterprise's file at a glance and, for officers, the start of an inspection."""
    return _page(enterprise_id, StartForm())


@bp.post("/enterprises/<uuid:enterprise_id>/inspections/new")
@allow("cases.start")
def case_start(enterprise_id: UUID) -> ResponseReturnValue:
    """Begin the inspection."""
    form = StartForm()
    if form.validate():
        with form.refusals():
            start = form.start()
            if start is not None:
                key = UUID(str(form.key.data))
                case_id = start_case(actor(), enterprise_id, start, key=key, at=now())
                place: dict[str, Any] = {"enterprise_id": enterprise_id, "case_id": case_id}
                return redirect(url_for("inspection.case_work", done="start", **place), 303)
    return _page(enterprise_id, form), 422


def _page(enterprise_id: UUID, form: StartForm) -> str:
    at = now()
    return phone_page(
        "inspection/scan/start.html",
        briefing=briefing(scope(), enterprise_id, at=at),
        form=form,
        me=viewer(),
        colleagues=_colleagues(),
        at=at,
    )


def _colleagues() -> list[OfficerRow]:
    """The other inspectors of one's own agency who have a certificate."""
    here = viewer()
    if here.agency_id is None or not here.may("cases.start"):
        return []
    return [
        row
        for row in officers(scope(), here.agency_id)
        if row.role is Role.INSPECTOR and row.user_id != here.user_id and row.certificate_number
    ]
