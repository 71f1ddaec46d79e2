"""The ledger as a list, and what can be taken home of it."""

from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from webapp.accounts.access import allow, enterprise_in_view, page, scope, viewer
from webapp.enterprise.queries.profile import profile
from webapp.platform.audit import chain_head
from webapp.platform.clock import local_date, now
from webapp.risks.forms.filters import ledger_filter, page_request
from webapp.risks.pdf.ledger import LedgerPaper, ledger_pdf
from webapp.risks.pdf.workbook import ledger_csv, ledger_workbook
from webapp.risks.queries.export import sheet_rows
from webapp.risks.queries.ledger import ledger, summary
from webapp.risks.queries.rest_file import SPREADSHEET
from webapp.risks.queries.rows import LedgerSummary
from webapp.risks.rules.filters import LedgerFilter, Sort, View
from webapp.risks.rules.ledger_sheet import screen_headings
from webapp.risks.views.blueprint import bp, download
from webapp.risks.views.choices import department_choices
from webapp.standards.accident_types import accident_types
from webapp.standards.risk_methods import ControlLevel, RiskLevel
from webapp.ui.paging import url_with


@bp.get("/risks", endpoint="ledger")
@bp.get("/enterprises/<uuid:enterprise_id>/risks", endpoint="ledger")
@allow("risks.see")
def ledger_list(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The ledger, narrowed by what the address says."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    wanted = ledger_filter(request.args, viewer().person_id)
    head, kept = summary(scope(), found.id, viewer().person_id), _kept(wanted)
    return page(
        "risks/ledger/list.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        rows=ledger(scope(), found.id, wanted, page_request(request.args)),
        head=head,
        wanted=wanted,
        tabs_shown=_tabs(head, wanted),
        kept=kept,
        kept_view={name: kept[name] for name in ("view", "sort") if name in kept},
        sorts=_sorts(wanted),
        headings=screen_headings(),
        chosen=_chosen(wanted, found.id),
        confirming=wanted.view is View.PROPOSED
        and enterprise_id is None
        and viewer().may("risks.edit"),
        department_choices=department_choices(found.id),
        accident_choices=[(t.code, t.name) for t in accident_types()],
        control_choices=[(c.value, c.words) for c in ControlLevel],
        level_choices=[(c.value, c.full_words) for c in RiskLevel],
        now=now(),
    )


@bp.get("/risks/ledger.xlsx", endpoint="ledger_workbook")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/ledger.xlsx", endpoint="ledger_workbook")
@allow("risks.see")
def workbook(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The rows in view as a workbook that can be changed and sent in again."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    rows = sheet_rows(scope(), found.id, ledger_filter(request.args, viewer().person_id))
    name = f"{found.name}风险分级管控清单{local_date(now()):%Y%m%d}.xlsx"
    return download(ledger_workbook(rows, found.id, at=now()), name, SPREADSHEET)


@bp.get("/risks/ledger.csv", endpoint="ledger_text")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/ledger.csv", endpoint="ledger_text")
@allow("risks.see")
def text(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The rows in view as text, for other programs."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    rows = sheet_rows(scope(), found.id, ledger_filter(request.args, viewer().person_id))
    name = f"{found.name}风险分级管控清单{local_date(now()):%Y%m%d}.csv"
    return download(ledger_csv(rows), name, "text/csv")


@bp.get("/risks/ledger.pdf", endpoint="ledger_paper")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/ledger.pdf", endpoint="ledger_paper")
@allow("risks.see")
def paper(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The rows in view on A3."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    wanted = ledger_filter(request.args, viewer().person_id)
    position, head = chain_head(scope(), found.id)
    content = LedgerPaper(
        enterprise=found.name,
        rows=sheet_rows(scope(), found.id, wanted),
        filtered_by="" if wanted.is_empty else "按条件筛选的",
        chain_position=position,
        chain_head=head,
        printed_by=viewer().name,
        printed_at=now(),
    )
    name = f"{found.name}风险分级管控清单{local_date(now()):%Y%m%d}.pdf"
    return download(ledger_pdf(content), name, "application/pdf")


def _kept(wanted: LedgerFilter) -> dict[str, str]:
    """The filter as it stands in an address."""
    found = {
        "q": wanted.text,
        "view": wanted.view.value,
        "level": wanted.level or "",
        "department": str(wanted.department_id or ""),
        "accident": wanted.accident_type,
        "control": wanted.control_level or "",
        "sort": wanted.sort.value,
    }
    return {name: value for name, value in found.items() if value}


def _tabs(head: LedgerSummary, wanted: LedgerFilter) -> list[dict[str, Any]]:
    shown = [view for view in View if _is_offered(view, head, wanted)]
    return [
        {
            "label": view.words,
            "href": url_with(view=view.value or None, page=None),
            "current": view is wanted.view,
            "count": head.count(view),
        }
        for view in shown
    ]


def _is_offered(view: View, head: LedgerSummary, wanted: LedgerFilter) -> bool:
    """Whether a tab can hold anything for who looks; proposals are shown while there are any."""
    match view:
        case View.MINE:
            return wanted.person_id is not None
        case View.PROPOSED:
            return head.proposed > 0 or wanted.view is View.PROPOSED
        case _:
            return True


def _sorts(wanted: LedgerFilter) -> dict[str, dict[str, Any]]:
    """How a heading sorts: its address, and which way the list is sorted by it now."""
    ways = {Sort.GRAVITY: "descending", Sort.NUMBER: "ascending", Sort.POINT: "ascending"}
    return {
        sort.name.lower(): {
            "href": url_with(sort=sort.value or None, page=None),
            "sorted": way if sort is wanted.sort else None,
        }
        for sort, way in ways.items()
    }


def _chosen(wanted: LedgerFilter, enterprise_id: UUID) -> list[dict[str, str]]:
    """What narrows the list, each with the address without it."""
    departments = dict(department_choices(enterprise_id)) if wanted.department_id else {}
    accidents = {t.code: t.name for t in accident_types()}
    words = {
        "q": f"“{wanted.text}”" if wanted.text else "",
        "level": wanted.level.full_words if wanted.level else "",
        "department": departments.get(str(wanted.department_id), ""),
        "accident": accidents.get(wanted.accident_type, ""),
        "control": wanted.control_level.words if wanted.control_level else "",
    }
    return [
        {"label": label, "href": url_with(**{name: None, "page": None})}
        for name, label in words.items()
        if label
    ]
