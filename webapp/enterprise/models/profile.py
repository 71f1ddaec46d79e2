"""The enterprise itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base


class Enterprise(Base):
    """A production and operation entity; the tenant of all that hangs on it."""

    __tablename__ = "enterprise"
    __table_args__ = (
        CheckConstraint("state in ('applied', 'approved', 'rejected', 'closed')", name="state"),
        CheckConstraint("scale in ('large', 'medium', 'small', 'micro')", name="scale"),
        CheckConstraint("length(uscc) = 18", name="uscc"),
        CheckConstraint("region_code ~ '^[0-9]{9}$'", name="region_code"),
        CheckConstraint(
            "applicant_role in ('', 'principal', 'safety_officer')", name="applicant_role"
        ),
        Index("uq_enterprise_uscc", "uscc", unique=True),
        Index("ix_enterprise_region_code", "region_code", "id"),
        Index(
            "ix_enterprise_search",
            "search",
            postgresql_using="gin",
            postgresql_ops={"search": "gin_trgm_ops"},
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    uscc: Mapped[str]
    name: Mapped[str]
    search: Mapped[str]
    """Name, code, pinyin and initials in lower case, for one search box."""
    region_code: Mapped[str] = mapped_column(String(collation="C"))
    industry_code: Mapped[str]
    supervision_categories: Mapped[list[str]]
    scale: Mapped[str]
    employees: Mapped[int]
    address: Mapped[str]
    legal_representative: Mapped[str]
    principal_name: Mapped[str]
    principal_phone: Mapped[str]
    safety_officer_name: Mapped[str]
    safety_officer_phone: Mapped[str]
    state: Mapped[str]
    applicant_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    """The account that applied; it becomes a member when the application is approved."""
    applicant_role: Mapped[str] = mapped_column(default="")
    decision_remark: Mapped[str] = mapped_column(default="")
    applied_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class EnterpriseHistory(Base):
    """What the profile said before each change: the record as of a date."""

    __tablename__ = "enterprise_history"

    enterprise_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    profile: Mapped[dict[str, Any]]
    changed_by: Mapped[UUID | None]
    changed_at: Mapped[datetime]
