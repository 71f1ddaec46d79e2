"""The logic check of the whole ledger: what to look at, and the way to each row."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from webapp.accounts.access import allow, enterprise_in_view, page, scope
from webapp.enterprise.queries.profile import profile
from webapp.platform.paging import Page
from webapp.risks.forms.filters import one_of, page_request
from webapp.risks.queries.logic import ledger_findings
from webapp.risks.rules.logic_check import LogicCode, by_check
from webapp.risks.service.logic_parts import offered_findings
from webapp.risks.views.blueprint import bp

PAGE = 50


@bp.get("/risks/logic")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/logic")
@allow("risks.see")
def logic_list(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The checks with their findings; one check's rows at a time, page by page."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    checks = by_check((*ledger_findings(scope(), found.id), *offered_findings(scope(), found.id)))
    wanted = one_of(LogicCode, request.args.get("check", ""))
    shown = next(
        (each for each in checks if each.code is wanted),
        next((each for each in checks if each.findings), checks[0]),
    )
    asked = page_request(request.args, PAGE)
    rows = shown.findings[asked.offset : asked.offset + asked.size]
    return page(
        "risks/logic/list.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        checks=checks,
        shown=shown,
        total=sum(len(each.findings) for each in checks),
        rows=Page(rows, len(shown.findings), asked),
    )
