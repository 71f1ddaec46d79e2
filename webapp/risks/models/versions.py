"""Published versions of a ledger, and the departments' decisions on their way."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference

STATES = "'submitted', 'reviewed', 'published', 'returned', 'withdrawn'"


class LedgerVersion(Base):
    """A ledger as it was submitted; its rows can be read and never written again."""

    __tablename__ = "ledger_version"
    __table_args__ = (
        tenant_reference("signature_file_id", "stored_file"),
        CheckConstraint(f"state in ({STATES})", name="state"),
        CheckConstraint(
            "(state = 'published') = (number is not null)"
            " and (state = 'published') = (published_at is not null)",
            name="published",
        ),
        Index("uq_ledger_version_number", "enterprise_id", "number", unique=True),
        Index(
            "uq_ledger_version_open",
            "enterprise_id",
            unique=True,
            postgresql_where="state in ('submitted', 'reviewed')",
        ),
        Index("ix_ledger_version_submitted_at", "enterprise_id", "submitted_at"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int | None]
    """From 1 without a gap, given with the publication."""
    state: Mapped[str]
    note: Mapped[str]
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    rows_sha256: Mapped[str]
    row_count: Mapped[int]
    levels: Mapped[dict[str, Any]]
    """Level → how many risks."""
    submitted_by: Mapped[UUID | None]
    submitted_by_name: Mapped[str]
    submitted_at: Mapped[datetime]
    ended_by_name: Mapped[str] = mapped_column(default="")
    """Who returned or withdrew it, when and why."""
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(default="")
    published_by_name: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    signature_file_id: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class LedgerReview(Base):
    """One department's decision on a submitted version; None while it is awaited."""

    __tablename__ = "ledger_review"
    __table_args__ = (
        tenant_reference("version_id", "ledger_version"),
        tenant_reference("department_id", "department"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    department_id: Mapped[UUID] = mapped_column(primary_key=True)
    department_name: Mapped[str]
    row_count: Mapped[int]
    agreed: Mapped[bool | None]
    words: Mapped[str] = mapped_column(default="")
    decided_by_name: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
