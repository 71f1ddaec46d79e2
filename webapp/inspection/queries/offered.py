"""What this room puts into the enterprise's one file: its inspections and the papers."""

from uuid import UUID

from sqlalchemy import select

from webapp.accounts.models.memberships import Agency
from webapp.enterprise.rules.file_part import FilePart, PartTable
from webapp.inspection.models.cases import InspectionCase
from webapp.inspection.models.enforcement import EnforcementDocument
from webapp.inspection.rules.cases import CaseState
from webapp.inspection.rules.enforcement import DocumentKind, DocumentState
from webapp.platform.clock import local_date
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope

MOST = 200


def file_part(scope: Scope, enterprise_id: UUID) -> FilePart:
    """Inspections and papers, the newest first; an inspection still going on is not shown."""
    with reading(scope) as session:
        cases = session.execute(
            select(
                InspectionCase.started_at,
                Agency.name,
                InspectionCase.places,
                InspectionCase.state,
            )
            .join(Agency, Agency.id == InspectionCase.agency_id)
            .where(
                InspectionCase.enterprise_id == enterprise_id,
                InspectionCase.state.not_in((CaseState.OPEN.value, CaseState.ABANDONED.value)),
            )
            .order_by(InspectionCase.started_at.desc(), InspectionCase.id.desc())
            .limit(MOST)
        ).all()
        papers = session.execute(
            select(
                EnforcementDocument.issued_at,
                EnforcementDocument.kind,
                EnforcementDocument.number,
                EnforcementDocument.deadline_on,
                EnforcementDocument.state,
            )
            .where(EnforcementDocument.enterprise_id == enterprise_id)
            .order_by(EnforcementDocument.issued_at.desc(), EnforcementDocument.id.desc())
            .limit(MOST)
        ).all()
    visits = tuple(
        (f"{local_date(at)}", agency, places, CaseState(state).words)
        for at, agency, places, state in cases
    )
    issued = tuple(
        (
            f"{local_date(at)}",
            DocumentKind(kind).words,
            number,
            f"{deadline or ''}",
            DocumentState(state).words,
        )
        for at, kind, number, deadline, state in papers
    )
    facts = (("执法检查", f"{len(visits)} 次"), ("执法文书", f"{len(issued)} 份"))
    tables = (
        PartTable("执法检查", ("日期", "检查机关", "检查场所", "状态"), visits, (14, 30, 40, 16)),
        PartTable(
            "执法文书", ("签发", "文书", "文号", "整改期限", "状态"), issued, (14, 24, 34, 14, 14)
        ),
    )  # fmt: skip
    return FilePart(facts, tuple(table for table in tables if table.rows))
