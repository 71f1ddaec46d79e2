"""What becomes of an issued paper: it is served, or revoked with a reason."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from webapp.enterprise.service.refusals import granted, refuse_if
from webapp.inspection.events import DocumentRevoked
from webapp.inspection.models.cases import InspectionCase
from webapp.inspection.models.enforcement import EnforcementDocument
from webapp.inspection.rules.cases import CaseState, state_of_papers
from webapp.inspection.rules.enforcement import (
    DocumentAction,
    DocumentKind,
    DocumentState,
    Service,
    next_state,
    opinion_revocation_refusal,
    revocation_refusal,
)
from webapp.inspection.service.access import act_on_case, own_case
from webapp.platform.errors import NotFound, RuleBroken
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work


def serve_document(
    actor: Actor, enterprise_id: UUID, document_id: UUID, *, how: Service, at: datetime
) -> None:
    """Note how an issued paper reached the unit, as when it was left there after a refusal.

    Raises RuleBroken for one that is served already or revoked.
    """
    with act_on_case(actor, "document.served", enterprise_id, document_id, at=at) as work:
        case_id = _case_of(work, enterprise_id, document_id)
        own_case(work, enterprise_id, case_id)
        document = work.locked(EnforcementDocument, enterprise_id, document_id)
        _serve(work, document, how)


def served(work: Work, document: EnforcementDocument, how: Service) -> None:
    """The same as an act of its own inside an issue: the unit signed and took its copy."""
    with act_on_case(
        work.actor, "document.served", document.enterprise_id, document.id, at=work.at
    ) as serving:
        _serve(serving, document, how)


def _serve(work: Work, document: EnforcementDocument, how: Service) -> None:
    after = granted(next_state(DocumentState(document.state), DocumentAction.SERVE))
    document.state, document.served_at = after.value, work.at
    document.served_how = how.value
    kind = DocumentKind(document.kind)
    work.note(kind=kind.value, title=kind.words, number=document.number, how=how.words)


def revoke_document(
    actor: Actor, enterprise_id: UUID, document_id: UUID, *, reason: str, at: datetime
) -> None:
    """Let a paper count no longer; its number stays taken, its verification page says so.

    The case goes back to where its remaining papers put it, so that a corrected one can be
    issued. Raises Invalid without a reason, RuleBroken while another paper rests on it.
    """
    with act_on_case(actor, "document.revoked", enterprise_id, document_id, at=at) as work:
        case_id = _case_of(work, enterprise_id, document_id)
        case = work.locked(InspectionCase, enterprise_id, case_id)
        document = work.locked(EnforcementDocument, enterprise_id, document_id)
        kind = DocumentKind(document.kind)
        others = _others_in_force(work, document)
        refuse_if(
            revocation_refusal(kind, DocumentState(document.state), reason=reason, later=others)
        )
        _check_case(case, document)
        document.state, document.revoked_at = DocumentState.REVOKED.value, at
        document.revoked_reason = reason.strip()
        case.state = state_of_papers([each.value for each in others]).value
        case.changed_by, case.changed_at = actor.user_id, at
        work.note(kind=kind.value, title=kind.words, number=document.number, reason=reason.strip())
        work.publish(
            DocumentRevoked(enterprise_id, case_id, document_id, document.agency_id, kind, at)
        )


def _check_case(case: InspectionCase, document: EnforcementDocument) -> None:
    if CaseState(case.state) is CaseState.CLOSED:
        raise RuleBroken("检查已办结，不能撤销其中的文书。")
    if DocumentKind(document.kind) is DocumentKind.REINSPECTION_OPINION:
        outcomes = [item["outcome"] for item in document.content["items"]]
        refuse_if(opinion_revocation_refusal(outcomes))


def _others_in_force(work: Work, document: EnforcementDocument) -> list[DocumentKind]:
    kinds = work.session.execute(
        select(EnforcementDocument.kind)
        .where(
            EnforcementDocument.enterprise_id == document.enterprise_id,
            EnforcementDocument.case_id == document.case_id,
            EnforcementDocument.id != document.id,
            EnforcementDocument.state != DocumentState.REVOKED.value,
        )
        .order_by(EnforcementDocument.issued_at)
    ).scalars()
    return [DocumentKind(kind) for kind in kinds]


def _case_of(work: Work, enterprise_id: UUID, document_id: UUID) -> UUID:
    found = work.session.execute(
        select(EnforcementDocument.case_id).where(
            EnforcementDocument.enterprise_id == enterprise_id,
            EnforcementDocument.id == document_id,
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found
