"""Uploads of ledgers and the mappings that an enterprise has corrected."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference


class LedgerImport(Base):
    """One uploaded file on its way from preview to confirmation."""

    __tablename__ = "ledger_import"
    __table_args__ = (
        tenant_reference("file_id", "stored_file"),
        tenant_reference("rest_file_id", "stored_file"),
        CheckConstraint(
            "state in ('previewed', 'importing', 'imported', 'abandoned')", name="state"
        ),
        Index("ix_ledger_import_created_at", "enterprise_id", "created_at"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    file_id: Mapped[UUID]
    file_name: Mapped[str]
    state: Mapped[str]
    mapping: Mapped[dict[str, Any]]
    """Sheet name → heading text → field, as corrected by the user; empty means as recognised."""
    row_count: Mapped[int]
    ready_count: Mapped[int]
    imported_count: Mapped[int] = mapped_column(default=0)
    rest_file_id: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class ImportMapping(Base):
    """A corrected mapping, remembered by the fingerprint of the headings."""

    __tablename__ = "import_mapping"
    __table_args__ = (
        Index("uq_import_mapping_fingerprint", "enterprise_id", "fingerprint", unique=True),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    columns: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
