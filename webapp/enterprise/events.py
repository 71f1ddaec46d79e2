"""What happened to an enterprise, its organisation and its code."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EnterpriseApproved:
    """An application was approved: from now on the enterprise is a tenant."""

    enterprise_id: UUID
    region_code: str
    industry_code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EnterpriseMoved:
    """The region or the industry of an enterprise changed."""

    enterprise_id: UUID
    old_region: str
    new_region: str
    old_industry: str
    new_industry: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationChanged:
    """Departments, posts, people, responsibility lists or their signatures changed."""

    enterprise_id: UUID
    at: datetime
    signed_by: UUID | None = None
    """Who signed a list, where that is what changed."""
