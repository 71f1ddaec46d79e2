"""The record of an enterprise, now and as of a date."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.enterprise.models.profile import Enterprise, EnterpriseHistory
from webapp.enterprise.rules.registration import Application, RegistrationState
from webapp.platform.audit import AuditEvent
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope
from webapp.standards import industries, regions


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """An enterprise's record with its codes in words."""

    id: UUID
    uscc: str
    name: str
    region_code: str
    industry_code: str
    supervision_categories: tuple[str, ...]
    scale: str
    employees: int
    address: str
    legal_representative: str
    principal_name: str
    principal_phone: str
    safety_officer_name: str
    safety_officer_phone: str
    state: RegistrationState
    decision_remark: str
    applied_at: datetime
    decided_at: datetime | None
    version: int

    @property
    def region_name(self) -> str:
        """County and township: 殷都区曲沟镇."""
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

    @property
    def scale_words(self) -> str:
        """The size in words."""
        return industries.Scale(self.scale).words

    @property
    def application(self) -> Application:
        """The record in the shape of an application, for rules and forms."""
        return Application(
            uscc=self.uscc,
            name=self.name,
            region_code=self.region_code,
            industry_code=self.industry_code,
            scale=self.scale,
            employees=self.employees,
            address=self.address,
            legal_representative=self.legal_representative,
            principal_name=self.principal_name,
            principal_phone=self.principal_phone,
            safety_officer_name=self.safety_officer_name,
            safety_officer_phone=self.safety_officer_phone,
            supervision_categories=self.supervision_categories,
        )


def region_words(code: str) -> str:
    """The names from the county down, as people say them."""
    county_length = 6
    return "".join(r.name for r in regions.path(code) if len(r.code) >= county_length)


def profile(scope: Scope, enterprise_id: UUID) -> ProfileRow:
    """The record of an enterprise that the scope may see. Raises NotFound."""
    with reading(scope) as session:
        found = session.execute(
            select(Enterprise).where(Enterprise.id == enterprise_id)
        ).scalar_one_or_none()
        if found is None:
            raise NotFound
        return profile_row(found)


def profile_row(found: Enterprise) -> ProfileRow:
    """An enterprise's row as a frozen value."""
    return ProfileRow(
        id=found.id,
        uscc=found.uscc,
        name=found.name,
        region_code=found.region_code,
        industry_code=found.industry_code,
        supervision_categories=tuple(found.supervision_categories),
        scale=found.scale,
        employees=found.employees,
        address=found.address,
        legal_representative=found.legal_representative,
        principal_name=found.principal_name,
        principal_phone=found.principal_phone,
        safety_officer_name=found.safety_officer_name,
        safety_officer_phone=found.safety_officer_phone,
        state=RegistrationState(found.state),
        decision_remark=found.decision_remark,
        applied_at=found.applied_at,
        decided_at=found.decided_at,
        version=found.version,
    )


@dataclass(frozen=True, slots=True)
class FormerProfile:
    """What the record said until an instant."""

    profile: dict[str, Any]
    changed_at: datetime


MOST_FORMER = 200


def former_profiles(scope: Scope, enterprise_id: UUID) -> tuple[FormerProfile, ...]:
    """What the record said before each change, newest first."""
    with reading(scope) as session:
        rows = session.execute(
            select(EnterpriseHistory.profile, EnterpriseHistory.changed_at)
            .where(EnterpriseHistory.enterprise_id == enterprise_id)
            .order_by(EnterpriseHistory.changed_at.desc(), EnterpriseHistory.id.desc())
            .limit(MOST_FORMER)
        )
        return tuple(FormerProfile(profile, changed_at) for profile, changed_at in rows)


@dataclass(frozen=True, slots=True)
class LastAmendment:
    """Who changed the record last, for the person whose change came too late."""

    name: str
    at: datetime


def last_amendment(scope: Scope, enterprise_id: UUID) -> LastAmendment | None:
    """The newest change of the record on the audit chain."""
    with reading(scope) as session:
        row = session.execute(
            select(AuditEvent.actor_name, AuditEvent.at)
            .where(AuditEvent.chain == enterprise_id, AuditEvent.action == "enterprise.amended")
            .order_by(AuditEvent.at.desc(), AuditEvent.position.desc())
            .limit(1)
        ).one_or_none()
    return None if row is None else LastAmendment(row.actor_name, row.at)
