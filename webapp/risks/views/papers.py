"""The papers of the whole ledger: the board of grave risks, the matrix of who controls what."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from webapp.accounts.access import allow, enterprise_in_view, page, scope, viewer
from webapp.enterprise.queries.profile import profile
from webapp.platform.clock import local_date, now
from webapp.platform.paging import PageRequest
from webapp.risks.forms.filters import ledger_filter, page_request
from webapp.risks.pdf.control_matrix import RULE, MatrixPaper, control_matrix_pdf
from webapp.risks.pdf.notice_board import BoardPaper, notice_board_pdf
from webapp.risks.queries.control_matrix import MOST, control_matrix
from webapp.risks.queries.ledger import summary
from webapp.risks.queries.notice_board import announced_rows
from webapp.risks.views.blueprint import bp, shown
from webapp.risks.views.choices import department_choices
from webapp.standards.risk_methods import ControlLevel, RiskLevel


@bp.get("/risks/board.pdf", endpoint="notice_board")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/board.pdf", endpoint="notice_board")
@allow("risks.see")
def board(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The major and significant risks, as they hang where everybody passes."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    head = summary(scope(), found.id)
    paper = BoardPaper(
        enterprise=found.name,
        rows=announced_rows(scope(), found.id),
        registered=head.events - head.proposed,
        principal=found.principal_name,
        safety_phone=found.safety_officer_phone,
        printed_on=local_date(now()),
    )
    return shown(notice_board_pdf(paper), f"{found.name}重大较大安全风险公告栏.pdf")


@bp.get("/risks/matrix", endpoint="matrix")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/matrix", endpoint="matrix")
@allow("risks.see")
def matrix_show(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """Who controls each risk on each level, narrowed by what the address says."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    wanted = ledger_filter(request.args, viewer().person_id)
    return page(
        "risks/matrix/show.html",
        enterprise=found,
        enterprise_id=enterprise_id,
        lines=control_matrix(scope(), found.id, wanted, page_request(request.args, 50)),
        rule=RULE,
        levels=tuple(ControlLevel),
        wanted=wanted,
        department_choices=department_choices(found.id),
        level_choices=[(c.value, c.full_words) for c in RiskLevel],
        kept={name: request.args[name] for name in _KEPT if request.args.get(name)},
    )


@bp.get("/risks/matrix.pdf", endpoint="matrix_paper")
@bp.get("/enterprises/<uuid:enterprise_id>/risks/matrix.pdf", endpoint="matrix_paper")
@allow("risks.see")
def matrix_paper(enterprise_id: UUID | None = None) -> ResponseReturnValue:
    """The matrix on A3."""
    found = profile(scope(), enterprise_in_view(enterprise_id))
    wanted = ledger_filter(request.args, viewer().person_id)
    content = MatrixPaper(
        enterprise=found.name,
        lines=control_matrix(scope(), found.id, wanted, PageRequest(size=MOST)).rows,
        filtered_by="" if wanted.is_empty else "按条件筛选的",
        printed_by=viewer().name,
        printed_at=now(),
    )
    return shown(control_matrix_pdf(content), f"{found.name}安全风险管控责任矩阵.pdf")


_KEPT = ("q", "department", "level")
