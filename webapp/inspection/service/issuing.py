"""How any paper is issued: signed draft, number, PDF, record, all in one transaction.

The PDF is set with the number that is expected before the number is taken, because the taken
number stays locked until the end; only when another issue came between is it set again.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import date

from webapp.enterprise.service.refusals import refuse_if
from webapp.inspection.models.enforcement import DocumentSignature, EnforcementDocument
from webapp.inspection.pdf.papers import pdf_of
from webapp.inspection.pdf.parts import Paper
from webapp.inspection.queries.cases import CaseDetail
from webapp.inspection.queries.documents import DocumentRow
from webapp.inspection.queries.drafts import Draft
from webapp.inspection.queries.numbers import expected_number
from webapp.inspection.rules import tokens
from webapp.inspection.rules.contents import Content, Issue, issued_content
from webapp.inspection.rules.enforcement import (
    DocumentKind,
    DocumentState,
    Party,
    content_sha256,
    document_number,
    order_refusal,
    remedy_refusal,
    signing_refusal,
)
from webapp.inspection.service.signatures import Signings, keep
from webapp.platform import storage
from webapp.platform.audit import chain_head
from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.identifiers import new_id
from webapp.platform.numbering import next_number
from webapp.platform.unit_of_work import Work

CODE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Signed:
    """A paper that is to be issued: what is signed, by whom, and where it can be checked."""

    draft: Draft
    signings: Signings
    base_address: str
    replaces: DocumentRow | None = None
    deadline_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Set:
    content: Content
    pdf: bytes
    sha256: str


def check_issue(kind: DocumentKind, case: CaseDetail, draft: Draft, signings: Signings) -> None:
    """Raise what stands against any paper: its place in the procedure, remedies, hands."""
    refuse_if(order_refusal(kind, case.kinds_in_force))
    refuse_if(
        remedy_refusal(
            kind,
            reconsideration_organ=draft.agency.reconsideration_organ,
            court=draft.agency.court,
        )
    )
    refuse_if(signing_refusal(signings.rule(case), case.officer_ids))


def issue(work: Work, case: CaseDetail, signed: Signed) -> EnforcementDocument:
    """Give the paper its number and keep it; the transaction's end makes it count."""
    at, kind, agency = work.at, signed.draft.kind, signed.draft.agency
    year = local_date(at).year
    expected = expected_number(work.session, agency.id, kind.value, year)
    code = tokens.token(secrets.token_bytes(CODE_BYTES))
    terms = Issue(
        number=document_number(kind, place=agency.document_prefix, year=year, sequence=expected),
        code=code,
        issued_at=at.astimezone(SHANGHAI),
        chain_position=0,
        chain_head="",
        replaces=signed.replaces.number if signed.replaces else "",
    )
    position, head = chain_head(work.actor.scope, case.enterprise_id)
    terms = replace(terms, chain_position=position, chain_head=head)
    made = _set(case, signed, terms)
    sequence = next_number(work.session, agency.id, kind.value, year)
    if sequence != expected:
        number = document_number(kind, place=agency.document_prefix, year=year, sequence=sequence)
        made = _set(case, signed, replace(terms, number=number))
    document = _document(work, case, signed, made, year=year, sequence=sequence)
    work.add(document)
    work.add(*_signatures(work, case, document, signed.signings))
    return document


def _set(case: CaseDetail, signed: Signed, terms: Issue) -> _Set:
    content = issued_content(signed.draft.content, terms, signed.signings.hands(case))
    hands = signed.signings.drawn(case, content["dated"])
    pdf = pdf_of(Paper(content, hands, signed.base_address))
    return _Set(content, pdf, storage.put(pdf))


def _document(
    work: Work, case: CaseDetail, signed: Signed, made: _Set, *, year: int, sequence: int
) -> EnforcementDocument:
    kind, content = signed.draft.kind, made.content
    file_id = storage.add_file(
        work.session,
        case.enterprise_id,
        made.pdf,
        name=f"{kind.words}{content['number']}.pdf",
        media_type="application/pdf",
        added_by=work.actor.user_id,
        at=work.at,
    )
    return EnforcementDocument(
        enterprise_id=case.enterprise_id,
        id=new_id(work.at),
        case_id=case.id,
        agency_id=signed.draft.agency.id,
        kind=kind.value,
        year=year,
        sequence=sequence,
        number=content["number"],
        state=DocumentState.ISSUED.value,
        content=content,
        content_sha256=content_sha256(content),
        file_sha256=made.sha256,
        file_id=file_id,
        verification_token=content["code"],
        order_id=case.order.id if _answers(kind) and case.order else None,
        replaces_id=signed.replaces.id if signed.replaces else None,
        deadline_on=signed.deadline_on,
        issued_at=work.at,
        issued_by=work.actor.user_id,
    )


def _answers(kind: DocumentKind) -> bool:
    return kind is DocumentKind.REINSPECTION_OPINION


def _signatures(
    work: Work, case: CaseDetail, document: EnforcementDocument, signings: Signings
) -> list[DocumentSignature]:
    place = case.enterprise_id
    rows = [
        DocumentSignature(
            enterprise_id=place,
            id=new_id(work.at),
            document_id=document.id,
            party=Party.OFFICER.value,
            ordinal=ordinal,
            name=officer.name,
            user_id=officer.user_id,
            file_id=keep(work, place, signings.officers[officer.user_id], officer.name),
            signed_at=work.at,
        )
        for ordinal, officer in enumerate(case.officers, 1)
    ]
    unit = signings.unit
    return [
        *rows,
        DocumentSignature(
            enterprise_id=place,
            id=new_id(work.at),
            document_id=document.id,
            party=Party.UNIT.value,
            ordinal=len(rows) + 1,
            name=signings.unit_name,
            file_id=keep(work, place, unit, signings.unit_name) if unit else None,
            refusal=signings.refusal,
            signed_at=work.at,
        ),
    ]
