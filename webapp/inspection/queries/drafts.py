"""What a paper of a case would say now: the draft that is read out, signed and then issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from webapp.accounts.queries.members import AgencyRow, agency
from webapp.enterprise.queries.profile import ProfileRow, profile
from webapp.inspection.queries.cases import CaseDetail, FindingRow
from webapp.inspection.rules.cases import Outcome
from webapp.inspection.rules.contents import (
    Content,
    PaperFacts,
    PaperFinding,
    PaperOfficer,
    PaperOutcome,
    PaperPhoto,
    opinion_draft,
    order_draft,
    record_draft,
)
from webapp.inspection.rules.enforcement import DocumentKind, content_sha256
from webapp.inspection.rules.wording import item_text
from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.database import reading
from webapp.platform.storage import StoredFile
from webapp.platform.tenancy import Scope


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper before its number: its content and the digest that the hands stand for."""

    kind: DocumentKind
    content: Content
    agency: AgencyRow
    findings: tuple[FindingRow, ...]
    """The findings it names, in its order: an order's item 1 is the first."""

    @property
    def sha256(self) -> str:
        """The digest of what is signed."""
        return content_sha256(self.content)


def draft(scope: Scope, case: CaseDetail, kind: DocumentKind) -> Draft:
    """The draft of a paper of this case; what the rules forbid is not asked here.

    Raises ValueError for what cannot be worded, such as an order without any deadline.
    """
    its_agency = agency(scope, case.agency_id)
    facts = _facts(case, its_agency, profile(scope, case.enterprise_id))
    match kind:
        case DocumentKind.INSPECTION_RECORD:
            photos = _photos(scope, case)
            content = record_draft(facts, _findings(case.findings), photos)
            return Draft(kind, content, its_agency, case.findings)
        case DocumentKind.RECTIFICATION_ORDER:
            references = [f"《{d.kind.words}》{d.number}" for d in case.in_force]
            content = order_draft(facts, _findings(case.findings), references)
            return Draft(kind, content, its_agency, case.ordered)
        case DocumentKind.REINSPECTION_OPINION:
            items = case.open_items
            content = _opinion(facts, case, items)
            return Draft(kind, content, its_agency, tuple(finding for _, finding in items))


def _opinion(
    facts: PaperFacts, case: CaseDetail, items: Sequence[tuple[int, FindingRow]]
) -> Content:
    order = case.order
    if order is None:
        raise ValueError("an opinion answers an order")
    outcomes = [
        PaperOutcome(
            number,
            item_text(finding.description, basis=finding.grounds, is_major=finding.is_major),
            finding.outcome or Outcome.NOT_RECTIFIED,
            finding.outcome_words,
            str(finding.id),
        )
        for number, finding in items
    ]
    decided_on = local_date(order.issued_at)
    return opinion_draft(facts, outcomes, decided_on=decided_on, number=order.number)


def _facts(case: CaseDetail, its_agency: AgencyRow, enterprise: ProfileRow) -> PaperFacts:
    return PaperFacts(
        agency=its_agency.name,
        reconsideration_organ=its_agency.reconsideration_organ,
        court=its_agency.court,
        enterprise=enterprise.name,
        uscc=enterprise.uscc,
        address=enterprise.address,
        principal=enterprise.principal_name,
        contact_name=case.contact_name,
        contact_position=case.contact_position,
        phone=case.contact_phone or enterprise.principal_phone,
        officers=tuple(PaperOfficer(o.name, o.certificate_number) for o in case.officers),
        places=case.places,
        started_at=case.started_at.astimezone(SHANGHAI),
        ended_at=case.ended_at.astimezone(SHANGHAI) if case.ended_at else None,
        situation=case.situation,
    )


def _findings(findings: Sequence[FindingRow]) -> list[PaperFinding]:
    return [PaperFinding(each.rule, each.grounds, str(each.id)) for each in findings]


def _photos(scope: Scope, case: CaseDetail) -> list[PaperPhoto]:
    wanted: dict[UUID, FindingRow] = {f.photo_file_id: f for f in case.findings if f.photo_file_id}
    if not wanted:
        return []
    with reading(scope) as session:
        rows = session.execute(
            select(StoredFile.id, StoredFile.sha256, StoredFile.added_at)
            .where(StoredFile.enterprise_id == case.enterprise_id, StoredFile.id.in_(list(wanted)))
            .order_by(StoredFile.added_at, StoredFile.id)
        ).all()
    stored = {row.id: row for row in rows}
    return [
        PaperPhoto(
            finding.number,
            finding.description.strip()[:40],
            _taken(stored[file_id].added_at),
            stored[file_id].sha256,
        )
        for file_id, finding in wanted.items()
        if file_id in stored
    ]


def _taken(at: datetime) -> str:
    """When a photo reached the record: our own clock, which no phone can set."""
    local = at.astimezone(SHANGHAI)
    return f"{local.hour}时{local.minute:02d}分"
