"""The three papers: the record, the order that makes hazards, the opinion that closes them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from webapp.enterprise.service.refusals import granted, refuse_if
from webapp.hazards.rules.lifecycle import Outcome as HazardOutcome
from webapp.hazards.rules.orders import OrderItem
from webapp.hazards.service.lifecycle import close_by_reinspection, open_from_order
from webapp.hazards.service.orders import correct_order
from webapp.inspection.events import DocumentIssued
from webapp.inspection.models.cases import Finding
from webapp.inspection.models.enforcement import EnforcementDocument
from webapp.inspection.queries.cases import CaseDetail, case_detail
from webapp.inspection.queries.drafts import Draft, draft
from webapp.inspection.rules.cases import CaseAction, Outcome, next_state
from webapp.inspection.rules.enforcement import (
    DocumentKind,
    DocumentState,
    Service,
    date_refusal,
)
from webapp.inspection.rules.orders import (
    deadline_on,
    is_settled,
    items_refusal,
    opinion_refusal,
)
from webapp.inspection.service.access import act_on_case, own_case
from webapp.inspection.service.closing import close_settled
from webapp.inspection.service.issuing import Signed, check_issue, issue
from webapp.inspection.service.serving import served
from webapp.inspection.service.signatures import Signings
from webapp.platform.clock import local_date
from webapp.platform.errors import Conflict, Invalid, RuleBroken
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Submission:
    """A signed paper as the page sends it: `seen_sha256` is of the draft that was read out."""

    signings: Signings
    seen_sha256: str
    key: UUID
    base_address: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is particular to a kind of paper."""

    kind: DocumentKind
    action: CaseAction
    check: Callable[[CaseDetail, datetime], None]
    follow: Callable[[Work, CaseDetail, Draft, EnforcementDocument], None]
    is_served: bool = True


def issue_record(
    actor: Actor, enterprise_id: UUID, case_id: UUID, sent: Submission, *, at: datetime
) -> UUID:
    """Issue the on-site inspection record; the document's id.

    The same key issues once. Raises Conflict when the draft is not what was signed, Invalid at a
    signature, RuleBroken when the procedure does not allow it.
    """
    kind = _Kind(
        DocumentKind.INSPECTION_RECORD,
        CaseAction.RECORD,
        _check_record,
        _nothing_follows,
        is_served=False,
    )
    return _issue(actor, enterprise_id, case_id, kind, sent, at=at)


def issue_order(
    actor: Actor, enterprise_id: UUID, case_id: UUID, sent: Submission, *, at: datetime
) -> UUID:
    """Issue the rectification order; its items become hazards with its dates; the document's id.

    Once for each key; refuses like `issue_record`.
    """
    kind = _Kind(DocumentKind.RECTIFICATION_ORDER, CaseAction.ORDER, _check_order, _open_hazards)
    return _issue(actor, enterprise_id, case_id, kind, sent, at=at)


def issue_opinion(
    actor: Actor, enterprise_id: UUID, case_id: UUID, sent: Submission, *, at: datetime
) -> UUID:
    """Issue the re-inspection opinion; what is rectified is closed; the document's id.

    When nothing is left, the order and the case are closed with it. Once for each key; refuses
    like `issue_record`.
    """
    kind = _Kind(DocumentKind.REINSPECTION_OPINION, CaseAction.REINSPECT, _check_opinion, _settle)
    return _issue(actor, enterprise_id, case_id, kind, sent, at=at)


ISSUES = {
    DocumentKind.INSPECTION_RECORD: issue_record,
    DocumentKind.RECTIFICATION_ORDER: issue_order,
    DocumentKind.REINSPECTION_OPINION: issue_opinion,
}


def _issue(
    actor: Actor,
    enterprise_id: UUID,
    case_id: UUID,
    particular: _Kind,
    sent: Submission,
    *,
    at: datetime,
) -> UUID:
    with act_on_case(actor, "document.issued", enterprise_id, case_id, at=at) as work:
        answer = work.claim(sent.key, f"document.issued:{particular.kind.value}")
        if answer is not None:
            return UUID(answer["document_id"])
        row = own_case(work, enterprise_id, case_id)
        case = case_detail(actor.scope, enterprise_id, case_id)
        after = granted(next_state(case.state, particular.action))
        particular.check(case, at)
        made = _draft_as_signed(actor, case, particular.kind, sent)
        check_issue(particular.kind, case, made, sent.signings)
        document = issue(work, case, _signed(case, made, sent))
        row.state, row.changed_by, row.changed_at = after.value, actor.user_id, at
        _tell(work, case, document)
        if particular.is_served and sent.signings.unit is not None:
            served(work, document, Service.DIRECT)
        particular.follow(work, case, made, document)
        work.seal(sent.key, {"document_id": str(document.id)})
        return document.id


def _draft_as_signed(actor: Actor, case: CaseDetail, kind: DocumentKind, sent: Submission) -> Draft:
    made = draft(actor.scope, case, kind)
    if made.sha256 != sent.seen_sha256:
        raise Conflict("签字期间文书内容有改动，签的不是现在这一份。请重新核对全文，各方重新签字。")
    return made


def _signed(case: CaseDetail, made: Draft, sent: Submission) -> Signed:
    former = [d for d in case.documents if d.kind is made.kind and not d.state.is_in_force]
    is_order = made.kind is DocumentKind.RECTIFICATION_ORDER
    return Signed(
        made,
        sent.signings,
        sent.base_address,
        replaces=former[-1] if former else None,
        deadline_on=deadline_on([f.rule for f in case.findings]) if is_order else None,
    )


def _tell(work: Work, case: CaseDetail, document: EnforcementDocument) -> None:
    kind = DocumentKind(document.kind)
    work.subject = document.id
    work.note(
        case=case.id,
        kind=kind.value,
        title=kind.words,
        number=document.number,
        agency=case.agency,
        content_sha256=document.content_sha256,
        file_sha256=document.file_sha256,
    )
    work.publish(
        DocumentIssued(
            enterprise_id=document.enterprise_id,
            case_id=document.case_id,
            document_id=document.id,
            agency_id=document.agency_id,
            kind=kind,
            number=document.number,
            at=work.at,
        )
    )


def _check_record(case: CaseDetail, at: datetime) -> None:
    if case.ended_at is None:
        raise RuleBroken("请先结束检查，再出具检查记录。")
    if not case.places.strip():
        raise Invalid("places", "请写明检查场所。")
    if not case.situation.strip() and not case.findings:
        raise Invalid("situation", "请写明检查情况，或者记下发现的问题。")
    refuse_if(date_refusal(local_date(at), inspected_on=case.inspected_on))


def _check_order(case: CaseDetail, at: datetime) -> None:
    today = local_date(at)
    refuse_if(items_refusal([f.rule for f in case.findings], issued_on=today))
    refuse_if(date_refusal(today, inspected_on=case.inspected_on))


def _check_opinion(case: CaseDetail, at: datetime) -> None:
    order = case.order
    if order is not None and order.state is DocumentState.ISSUED:
        raise RuleBroken(f"《{order.kind.words}》尚未送达，请先登记送达。")
    refuse_if(opinion_refusal([(n, f.outcome, f.outcome_words) for n, f in case.open_items]))
    refuse_if(date_refusal(local_date(at), inspected_on=case.inspected_on))


def _nothing_follows(
    work: Work, case: CaseDetail, made: Draft, document: EnforcementDocument
) -> None:
    """A record changes nothing outside the case."""


def _open_hazards(work: Work, case: CaseDetail, made: Draft, document: EnforcementDocument) -> None:
    """Make the items hazards; those of a revoked order that this one corrects get its number."""
    correct_order(
        work.actor,
        case.enterprise_id,
        order_id=document.id,
        order_number=document.number,
        items={
            number: found.hazard_id
            for number, found in enumerate(made.findings, 1)
            if found.hazard_id is not None
        },
        at=work.at,
    )
    items = {
        number: found
        for number, found in enumerate(made.findings, 1)
        if found.hazard_id is None and found.due_on is not None
    }
    hazards = open_from_order(
        work.actor,
        case.enterprise_id,
        order_id=document.id,
        order_number=document.number,
        items=tuple(
            OrderItem(
                number=number,
                description=found.description,
                due_on=found.due_on,  # type: ignore[arg-type]  # those without a date are left out
                is_major=found.is_major,
                criterion_code=found.criterion_code,
                point_id=found.point_id,
                event_id=found.event_id,
                measure_id=found.measure_id,
                photo_file_id=found.photo_file_id,
            )
            for number, found in items.items()
        ),
        at=work.at,
    )
    for number, found in items.items():
        row = work.locked(Finding, case.enterprise_id, found.id)
        row.hazard_id = hazards[number]
    work.note(items=len(made.findings), deadline_on=document.deadline_on)


def _settle(work: Work, case: CaseDetail, made: Draft, document: EnforcementDocument) -> None:
    """Close what is rectified; with the last item the order and the case are closed too."""
    for found in made.findings:
        if found.hazard_id is None:
            continue
        is_done = found.outcome is Outcome.RECTIFIED
        close_by_reinspection(
            work.actor,
            case.enterprise_id,
            found.hazard_id,
            outcome=HazardOutcome.ACCEPTED if is_done else HazardOutcome.RETURNED,
            words=found.outcome_words or ("现场复查，已整改到位" if is_done else "未整改到位"),
            at=work.at,
        )
        if not is_done:
            # The next re-inspection looks afresh; what this one saw stands in its opinion.
            row = work.locked(Finding, case.enterprise_id, found.id)
            row.outcome, row.outcome_words = "", ""
    outcomes = [found.outcome for found in made.findings]
    work.note(
        rectified=sum(outcome is Outcome.RECTIFIED for outcome in outcomes), items=len(outcomes)
    )
    if is_settled(outcomes):
        close_settled(work, case.enterprise_id, case.id)
