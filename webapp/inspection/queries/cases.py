"""One inspection with its officers, its findings on the enterprise's ledger, and its papers."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.accounts.models.memberships import Agency
from webapp.hazards.models.hazards import Hazard
from webapp.hazards.rules.lifecycle import HazardState
from webapp.inspection.models.cases import CaseOfficer, Finding, InspectionCase
from webapp.inspection.queries.documents import DocumentRow, documents_of
from webapp.inspection.rules import cases as rules
from webapp.inspection.rules.cases import Basis, CaseState, Disposition, Outcome
from webapp.inspection.rules.enforcement import DocumentKind
from webapp.inspection.rules.steps import PaperDates
from webapp.platform.clock import local_date
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent, RiskPoint
from webapp.risks.models.measures import ControlMeasure
from webapp.standards.hazard_criteria import Criterion, criterion


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer on the case."""

    user_id: UUID
    name: str
    certificate_number: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with the names of what it was found on; ``number`` is its place in the list."""

    id: UUID
    number: int
    basis: Basis
    point_id: UUID | None
    event_id: UUID | None
    measure_id: UUID | None
    criterion_code: str
    law_basis: str
    description: str
    is_major: bool
    disposition: Disposition
    due_on: date | None
    photo_file_id: UUID | None
    hazard_id: UUID | None
    outcome: Outcome | None
    outcome_words: str
    added_at: datetime
    version: int
    point: str
    event: str
    measure: str
    level: str | None
    value: Decimal | None
    hazard_state: HazardState | None
    hazard_rectified_at: datetime | None

    @property
    def place(self) -> str:
        """Where on the ledger: point › measure or event; the basis in words elsewhere."""
        parts = [part for part in (self.point, self.measure or self.event) if part]
        return " › ".join(parts) or self.basis.words

    @property
    def criterion(self) -> Criterion | None:
        """The criterion by which it is a major one."""
        return criterion(self.criterion_code) if self.criterion_code else None

    @property
    def grounds(self) -> str:
        """What papers cite: the criterion before the law."""
        found = self.criterion
        return found.citation if found else self.law_basis

    @property
    def rule(self) -> rules.Finding:
        """The finding as the rules look at it."""
        return rules.Finding(
            self.number, self.description, self.disposition, self.due_on, self.is_major
        )

    @property
    def is_reported_done(self) -> bool:
        """Whether the enterprise has reported it as put right, or it is closed."""
        is_closed = self.hazard_state is HazardState.CLOSED
        return is_closed or self.hazard_rectified_at is not None

    @property
    def hazard_words(self) -> str:
        """Where the hazard that it became stands."""
        return self.hazard_state.words if self.hazard_state else ""


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A whole inspection."""

    enterprise_id: UUID
    id: UUID
    agency_id: UUID
    agency: str
    state: CaseState
    places: str
    contact_name: str
    contact_position: str
    contact_phone: str
    situation: str
    started_at: datetime
    ended_at: datetime | None
    closed_at: datetime | None
    changed_by: UUID | None
    changed_at: datetime
    version: int
    officers: tuple[OfficerRow, ...]
    findings: tuple[FindingRow, ...]
    documents: tuple[DocumentRow, ...]

    @property
    def officer_ids(self) -> frozenset[UUID]:
        """Who may write and sign here."""
        return frozenset(officer.user_id for officer in self.officers)

    @property
    def changer(self) -> str:
        """Who saved last."""
        return next((o.name for o in self.officers if o.user_id == self.changed_by), "系统")

    @property
    def in_force(self) -> tuple[DocumentRow, ...]:
        """The papers that count."""
        return tuple(document for document in self.documents if document.state.is_in_force)

    @property
    def kinds_in_force(self) -> frozenset[DocumentKind]:
        """The kinds of papers that count."""
        return frozenset(document.kind for document in self.in_force)

    @property
    def order(self) -> DocumentRow | None:
        """The order that counts."""
        return self.paper(DocumentKind.RECTIFICATION_ORDER)

    @property
    def ordered(self) -> tuple[FindingRow, ...]:
        """The findings that an order names."""
        return tuple(f for f in self.findings if f.disposition is Disposition.ORDER)

    @property
    def open_items(self) -> tuple[tuple[int, FindingRow], ...]:
        """The ordered items that no re-inspection has found right, with the order's numbers."""
        return tuple(
            (number, finding)
            for number, finding in enumerate(self.ordered, 1)
            if finding.hazard_state is not HazardState.CLOSED
        )

    @property
    def inspected_on(self) -> date:
        """The day of the inspection."""
        return local_date(self.started_at)

    @property
    def paper_dates(self) -> dict[DocumentKind, PaperDates]:
        """When the papers in force were issued, the newest of each kind."""
        return {d.kind: PaperDates(local_date(d.issued_at), d.deadline_on) for d in self.in_force}

    def paper(self, kind: DocumentKind) -> DocumentRow | None:
        """The newest paper of a kind that counts."""
        return next((d for d in reversed(self.in_force) if d.kind is kind), None)

    def finding(self, finding_id: UUID) -> FindingRow:
        """One of the findings. Raises NotFound."""
        for found in self.findings:
            if found.id == finding_id:
                return found
        raise NotFound("这条问题已被删除，请返回检查页查看。")


def case_detail(scope: Scope, enterprise_id: UUID, case_id: UUID) -> CaseDetail:
    """An inspection that the scope may see. Raises NotFound."""
    with reading(scope) as session:
        found = session.execute(
            select(InspectionCase, Agency.name)
            .join(Agency, Agency.id == InspectionCase.agency_id)
            .where(InspectionCase.enterprise_id == enterprise_id, InspectionCase.id == case_id)
            .execution_options(populate_existing=True)
        ).one_or_none()
        if found is None:
            raise NotFound
        case, agency = found
        return CaseDetail(
            enterprise_id=case.enterprise_id,
            id=case.id,
            agency_id=case.agency_id,
            agency=agency,
            state=CaseState(case.state),
            places=case.places,
            contact_name=case.contact_name,
            contact_position=case.contact_position,
            contact_phone=case.contact_phone,
            situation=case.situation,
            started_at=case.started_at,
            ended_at=case.ended_at,
            closed_at=case.closed_at,
            changed_by=case.changed_by,
            changed_at=case.changed_at,
            version=case.version,
            officers=_officers(session, enterprise_id, case_id),
            findings=_findings(session, enterprise_id, case_id),
            documents=documents_of(session, enterprise_id, case_id),
        )


def _officers(session: Session, enterprise_id: UUID, case_id: UUID) -> tuple[OfficerRow, ...]:
    rows = session.execute(
        select(CaseOfficer.user_id, CaseOfficer.name, CaseOfficer.certificate_number)
        .where(CaseOfficer.enterprise_id == enterprise_id, CaseOfficer.case_id == case_id)
        .order_by(CaseOfficer.ordinal)
    )
    return tuple(OfficerRow(*row) for row in rows)


def _findings(session: Session, enterprise_id: UUID, case_id: UUID) -> tuple[FindingRow, ...]:
    rows = session.execute(
        select(
            Finding,
            RiskPoint.name,
            RiskEvent.description,
            ControlMeasure.description,
            RiskEvent.level,
            RiskEvent.value,
            Hazard.state,
            Hazard.rectified_at,
        )
        .outerjoin(
            RiskPoint,
            (RiskPoint.enterprise_id == Finding.enterprise_id) & (RiskPoint.id == Finding.point_id),
        )
        .outerjoin(
            RiskEvent,
            (RiskEvent.enterprise_id == Finding.enterprise_id) & (RiskEvent.id == Finding.event_id),
        )
        .outerjoin(
            ControlMeasure,
            (ControlMeasure.enterprise_id == Finding.enterprise_id)
            & (ControlMeasure.id == Finding.measure_id),
        )
        .outerjoin(
            Hazard,
            (Hazard.enterprise_id == Finding.enterprise_id) & (Hazard.id == Finding.hazard_id),
        )
        .where(
            Finding.enterprise_id == enterprise_id,
            Finding.case_id == case_id,
            Finding.removed_at.is_(None),
        )
        .order_by(Finding.ordinal)
        .execution_options(populate_existing=True)
    ).all()
    return tuple(_finding(number, tuple(row)) for number, row in enumerate(rows, 1))


def _finding(number: int, row: tuple[Any, ...]) -> FindingRow:
    finding, point, event, measure, level, value, state, rectified_at = row
    return FindingRow(
        id=finding.id,
        number=number,
        basis=Basis(finding.basis),
        point_id=finding.point_id,
        event_id=finding.event_id,
        measure_id=finding.measure_id,
        criterion_code=finding.criterion_code,
        law_basis=finding.law_basis,
        description=finding.description,
        is_major=finding.is_major,
        disposition=Disposition(finding.disposition),
        due_on=finding.due_on,
        photo_file_id=finding.photo_file_id,
        hazard_id=finding.hazard_id,
        outcome=Outcome(finding.outcome) if finding.outcome else None,
        outcome_words=finding.outcome_words,
        added_at=finding.added_at,
        version=finding.version,
        point=point or "",
        event=event or "",
        measure=measure or "",
        level=level,
        value=value,
        hazard_state=HazardState(state) if state else None,
        hazard_rectified_at=rectified_at,
    )
