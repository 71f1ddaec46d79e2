"""Lists of enterprises for the agencies: those that applied, those that moved in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from webapp.enterprise.models.code import EnterpriseCode
from webapp.enterprise.models.profile import Enterprise
from webapp.enterprise.queries.profile import region_words
from webapp.enterprise.rules.code import CodeState
from webapp.enterprise.rules.filters import EnterpriseFilter as EnterpriseFilter
from webapp.enterprise.rules.registration import RegistrationState
from webapp.enterprise.rules.search import search_pattern
from webapp.platform.database import reading
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.standards import industries


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """One enterprise of a list."""

    id: UUID
    name: str
    uscc: str
    region_code: str
    industry_code: str
    supervision_categories: tuple[str, ...]
    employees: int
    principal_name: str
    state: RegistrationState
    applied_at: datetime
    decided_at: datetime | None

    @property
    def region_name(self) -> str:
        """County and township."""
        return region_words(self.region_code)

    @property
    def industry_name(self) -> str:
        """The division of GB/T 4754."""
        return industries.industry(self.industry_code).name

    @property
    def category_names(self) -> tuple[str, ...]:
        """The supervision categories in words."""
        return tuple(
            industries.supervision_category(code).name for code in self.supervision_categories
        )


def enterprises(scope: Scope, filter_: EnterpriseFilter, page: PageRequest) -> Page[EnterpriseRow]:
    """One page of the region's enterprises by name; applications oldest first."""
    wanted = _conditions(scope, filter_)
    order = (
        (Enterprise.applied_at, Enterprise.id)
        if filter_.state is RegistrationState.APPLIED
        else (Enterprise.name, Enterprise.id)
    )
    with reading(scope) as session:
        total = session.execute(
            select(func.count()).select_from(Enterprise).where(*wanted)
        ).scalar_one()
        rows = session.execute(
            _rows().where(*wanted).order_by(*order).offset(page.offset).limit(page.size)
        )
        found = tuple(
            EnterpriseRow(*row[:5], tuple(row[5]), *row[6:8], RegistrationState(row[8]), *row[9:])
            for row in rows
        )
    return Page(found, total, page)


@dataclass(frozen=True, slots=True)
class CodeRow:
    """An enterprise with the token of its active code."""

    name: str
    uscc: str
    token: str


def codes_in_force(scope: Scope, filter_: EnterpriseFilter, most: int) -> tuple[CodeRow, ...]:
    """The active codes of the same list, by region and name; bounded."""
    with reading(scope) as session:
        rows = session.execute(
            select(Enterprise.name, Enterprise.uscc, EnterpriseCode.token)
            .join(EnterpriseCode, EnterpriseCode.enterprise_id == Enterprise.id)
            .where(*_conditions(scope, filter_), EnterpriseCode.state == CodeState.ACTIVE)
            .order_by(Enterprise.region_code, Enterprise.name, Enterprise.id)
            .limit(most)
        )
        return tuple(CodeRow(*row) for row in rows)


def count_applications(scope: Scope) -> int:
    """How many applications wait in the region."""
    wanted = _conditions(scope, EnterpriseFilter(state=RegistrationState.APPLIED))
    with reading(scope) as session:
        return session.execute(
            select(func.count()).select_from(Enterprise).where(*wanted)
        ).scalar_one()


def _rows() -> Select[
    UUID, str, str, str, str, list[str], int, str, str, datetime, datetime | None
]:
    return select(
        Enterprise.id,
        Enterprise.name,
        Enterprise.uscc,
        Enterprise.region_code,
        Enterprise.industry_code,
        Enterprise.supervision_categories,
        Enterprise.employees,
        Enterprise.principal_name,
        Enterprise.state,
        Enterprise.applied_at,
        Enterprise.decided_at,
    )


def _conditions(scope: Scope, filter_: EnterpriseFilter) -> tuple[ColumnElement[bool], ...]:
    # The narrower of the officer's region and the one asked for. Policies hide the rest anyway;
    # a range the planner knows lets it use the index before it looks at names.
    prefix = filter_.region if filter_.region.startswith(scope.region) else scope.region
    found = [
        Enterprise.region_code >= prefix,
        Enterprise.region_code < f"{prefix}:",
        Enterprise.state == filter_.state,
    ]
    if filter_.region and not filter_.region.startswith(scope.region):
        found.append(Enterprise.region_code.startswith(filter_.region))
    if filter_.text:
        found.append(Enterprise.search.like(search_pattern(filter_.text), escape="\\"))
    if filter_.category:
        found.append(Enterprise.supervision_categories.contains([filter_.category]))
    return tuple(found)
