"""Inspections as a list: an officer's own, the agency's, those of the region."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select

from webapp.accounts.models.memberships import Agency
from webapp.enterprise.models.profile import Enterprise
from webapp.enterprise.queries.profile import region_words
from webapp.enterprise.rules.search import search_pattern
from webapp.inspection.models.cases import CaseOfficer, Finding, InspectionCase
from webapp.inspection.models.enforcement import EnforcementDocument
from webapp.inspection.rules.cases import CaseState, Visit
from webapp.inspection.rules.enforcement import DocumentKind
from webapp.inspection.rules.filters import CaseFilter, Whose
from webapp.inspection.rules.orders import reinspect_by
from webapp.platform.database import reading
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope

RUNNING = tuple(state.value for state in CaseState if state.is_running)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """An inspection in a list."""

    enterprise_id: UUID
    id: UUID
    enterprise: str
    region_code: str
    agency: str
    state: CaseState
    started_at: datetime
    officers: tuple[str, ...]
    findings: int
    deadline_on: date | None

    @property
    def region_name(self) -> str:
        """County and township."""
        return region_words(self.region_code)

    @property
    def reinspect_by(self) -> date | None:
        """The officers' own last day, while an order runs."""
        is_waiting = self.state in (CaseState.ORDERED, CaseState.REINSPECTED)
        return reinspect_by(self.deadline_on) if is_waiting and self.deadline_on else None


def cases(
    scope: Scope, wanted: CaseFilter, page: PageRequest, *, user_id: UUID | None
) -> Page[CaseRow]:
    """One page of inspections, the newest first."""
    conditions = _conditions(scope, wanted, user_id)
    with reading(scope) as session:
        total = session.execute(
            select(func.count())
            .select_from(InspectionCase)
            .join(Enterprise, Enterprise.id == InspectionCase.enterprise_id)
            .where(*conditions)
        ).scalar_one()
        rows = session.execute(
            select(
                InspectionCase.enterprise_id,
                InspectionCase.id,
                Enterprise.name,
                Enterprise.region_code,
                Agency.name,
                InspectionCase.state,
                InspectionCase.started_at,
                _OFFICERS,
                _FINDINGS,
                _DEADLINE,
            )
            .join(Enterprise, Enterprise.id == InspectionCase.enterprise_id)
            .join(Agency, Agency.id == InspectionCase.agency_id)
            .where(*conditions)
            .order_by(InspectionCase.started_at.desc(), InspectionCase.id.desc())
            .offset(page.offset)
            .limit(page.size)
        )
        found = tuple(_row(tuple(row)) for row in rows)
    return Page(found, total, page)


def _row(row: tuple[Any, ...]) -> CaseRow:
    values = list(row)
    values[5], values[7] = CaseState(values[5]), tuple(values[7] or ())
    return CaseRow(*values)


def running_count(scope: Scope, user_id: UUID) -> int:
    """How many of one's own inspections still want something done, for the menu."""
    conditions = _conditions(scope, CaseFilter(Whose.MINE, is_running=True), user_id)
    with reading(scope) as session:
        return session.execute(
            select(func.count())
            .select_from(InspectionCase)
            .join(Enterprise, Enterprise.id == InspectionCase.enterprise_id)
            .where(*conditions)
        ).scalar_one()


_OFFICERS = (
    select(func.array_agg(CaseOfficer.name))
    .where(
        CaseOfficer.enterprise_id == InspectionCase.enterprise_id,
        CaseOfficer.case_id == InspectionCase.id,
    )
    .correlate(InspectionCase)
    .scalar_subquery()
)
_FINDINGS = (
    select(func.count())
    .where(
        Finding.enterprise_id == InspectionCase.enterprise_id,
        Finding.case_id == InspectionCase.id,
        Finding.removed_at.is_(None),
    )
    .correlate(InspectionCase)
    .scalar_subquery()
)
_DEADLINE = (
    select(func.max(EnforcementDocument.deadline_on))
    .where(
        EnforcementDocument.enterprise_id == InspectionCase.enterprise_id,
        EnforcementDocument.case_id == InspectionCase.id,
        EnforcementDocument.kind == DocumentKind.RECTIFICATION_ORDER.value,
        EnforcementDocument.state != "revoked",
    )
    .correlate(InspectionCase)
    .scalar_subquery()
)


def _conditions(
    scope: Scope, wanted: CaseFilter, user_id: UUID | None
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.whose is not Whose.REGION:
        found.append(InspectionCase.agency_id == scope.agency_id)
    if wanted.whose is Whose.MINE:
        found.append(
            exists().where(
                CaseOfficer.enterprise_id == InspectionCase.enterprise_id,
                CaseOfficer.case_id == InspectionCase.id,
                CaseOfficer.user_id == user_id,
            )
        )
    if wanted.state is not None:
        found.append(InspectionCase.state == wanted.state.value)
    if wanted.is_running:
        found.append(InspectionCase.state.in_(RUNNING))
    if wanted.text:
        found.append(Enterprise.search.like(search_pattern(wanted.text), escape="\\"))
    return found


MOST_VISITS = 20


def overlapping_visits(
    scope: Scope,
    case_id: UUID,
    officers: Collection[UUID],
    started_at: datetime,
    ended_at: datetime,
) -> tuple[Visit, ...]:
    """Other visits of these officers that touch the same time, for a reviewer's question."""
    with reading(scope) as session:
        rows = session.execute(
            select(
                CaseOfficer.user_id,
                CaseOfficer.name,
                Enterprise.name,
                InspectionCase.started_at,
                InspectionCase.ended_at,
            )
            .join(
                InspectionCase,
                (InspectionCase.enterprise_id == CaseOfficer.enterprise_id)
                & (InspectionCase.id == CaseOfficer.case_id),
            )
            .join(Enterprise, Enterprise.id == InspectionCase.enterprise_id)
            .where(
                CaseOfficer.user_id.in_(officers),
                InspectionCase.id != case_id,
                InspectionCase.state != CaseState.ABANDONED.value,
                InspectionCase.started_at < ended_at,
                InspectionCase.ended_at > started_at,
            )
            .order_by(InspectionCase.started_at.desc(), InspectionCase.id)
            .limit(MOST_VISITS)
        )
        return tuple(Visit(*row) for row in rows)
