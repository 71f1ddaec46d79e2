"""How an inspection ends: with its last item put right, or with nothing ordered at all."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from webapp.enterprise.service.refusals import granted, refuse_if
from webapp.inspection.events import CaseClosed
from webapp.inspection.models.cases import InspectionCase
from webapp.inspection.models.enforcement import EnforcementDocument
from webapp.inspection.queries.cases import case_detail
from webapp.inspection.rules.cases import (
    CaseAction,
    CaseState,
    Outcome,
    closing_refusal,
    next_state,
)
from webapp.inspection.rules.enforcement import DocumentKind, DocumentState
from webapp.inspection.service.access import act_on_case, own_case
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work


def close_case(actor: Actor, enterprise_id: UUID, case_id: UUID, *, at: datetime) -> None:
    """Close an inspection that ordered nothing. Raises RuleBroken with what is still open."""
    with act_on_case(actor, "case.closed", enterprise_id, case_id, at=at) as work:
        case = own_case(work, enterprise_id, case_id)
        detail = case_detail(actor.scope, enterprise_id, case_id)
        outcomes = [
            None if finding.hazard_state is None or finding.hazard_state.is_open
            else Outcome.RECTIFIED
            for finding in detail.ordered
        ]  # fmt: skip
        findings = [finding.rule for finding in detail.findings]
        refuse_if(closing_refusal(detail.state, findings, outcomes))
        _close(work, case)


def close_settled(work: Work, enterprise_id: UUID, case_id: UUID) -> None:
    """Close order and case as an act of its own inside the opinion that settled them."""
    with act_on_case(work.actor, "case.closed", enterprise_id, case_id, at=work.at) as closing:
        orders = closing.session.execute(
            select(EnforcementDocument)
            .where(
                EnforcementDocument.enterprise_id == enterprise_id,
                EnforcementDocument.case_id == case_id,
                EnforcementDocument.kind == DocumentKind.RECTIFICATION_ORDER.value,
                EnforcementDocument.state == DocumentState.SERVED.value,
            )
            .order_by(EnforcementDocument.id)
            .with_for_update()
        ).scalars()
        for order in orders:
            order.state, order.closed_at = DocumentState.CLOSED.value, work.at
        _close(closing, closing.locked(InspectionCase, enterprise_id, case_id))


def _close(work: Work, case: InspectionCase) -> None:
    case.state = granted(next_state(CaseState(case.state), CaseAction.CLOSE)).value
    case.closed_at, case.changed_at = work.at, work.at
    case.changed_by = work.actor.user_id
    work.note(case=case.id)
    work.publish(CaseClosed(case.enterprise_id, case.id, case.agency_id, work.at))
