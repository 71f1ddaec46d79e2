"""Enforcement documents: numbered without a gap, content frozen at issue."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference

KINDS = "'inspection_record', 'rectification_order', 'reinspection_opinion'"
SERVICES = "'direct', 'left', 'posted', 'electronic'"


class EnforcementDocument(Base):
    """A paper with legal effect. An issued one never changes; a correction is a new one.

    The application's roles may update the columns of its later life only (state, service,
    closing, revocation): what it says is frozen by the database itself.
    """

    __tablename__ = "enforcement_document"
    __table_args__ = (
        tenant_reference("case_id", "inspection_case"),
        tenant_reference("file_id", "stored_file"),
        tenant_reference("order_id", "enforcement_document"),
        tenant_reference("replaces_id", "enforcement_document"),
        CheckConstraint(f"kind in ({KINDS})", name="kind"),
        CheckConstraint("state in ('issued', 'served', 'closed', 'revoked')", name="state"),
        CheckConstraint(f"served_how in ('', {SERVICES})", name="served_how"),
        Index(
            "uq_enforcement_document_number",
            "agency_id",
            "kind",
            "year",
            "sequence",
            unique=True,
        ),
        Index("uq_enforcement_document_verification_token", "verification_token", unique=True),
        Index("ix_enforcement_document_case_id", "enterprise_id", "case_id"),
        Index("ix_enforcement_document_agency_id", "agency_id", "issued_at"),
        Index("ix_enforcement_document_file_sha256", "file_sha256"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    kind: Mapped[str]
    year: Mapped[int]
    sequence: Mapped[int]
    number: Mapped[str]
    """As printed: （安）应急责改〔2026〕12号."""
    state: Mapped[str] = mapped_column(default="issued")
    content: Mapped[dict[str, Any]]
    """Everything the paper says; frozen."""
    content_sha256: Mapped[str]
    file_sha256: Mapped[str]
    file_id: Mapped[UUID]
    verification_token: Mapped[str]
    order_id: Mapped[UUID | None]
    """The order that a re-inspection opinion answers."""
    replaces_id: Mapped[UUID | None]
    """The revoked paper that this one corrects."""
    deadline_on: Mapped[date | None]
    issued_at: Mapped[datetime]
    issued_by: Mapped[UUID | None]
    served_at: Mapped[datetime | None]
    served_how: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str] = mapped_column(default="")


class DocumentSignature(Base):
    """A signature drawn on the screen, or the recorded refusal to sign (Art. 68, Law 2021)."""

    __tablename__ = "document_signature"
    __table_args__ = (
        tenant_reference("document_id", "enforcement_document"),
        tenant_reference("file_id", "stored_file"),
        CheckConstraint("party in ('officer', 'unit')", name="party"),
        CheckConstraint("(file_id is null) = (refusal <> '')", name="signed_or_refused"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID]
    party: Mapped[str]
    ordinal: Mapped[int]
    name: Mapped[str]
    user_id: Mapped[UUID | None]
    """The officer's account."""
    file_id: Mapped[UUID | None]
    refusal: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime]
