"""Assessments: versioned, never changed."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference
from webapp.risks.models.ledger import LEVELS


class RiskAssessment(Base):
    """One assessment of an event; a newer one of the same kind takes its place, not its row."""

    __tablename__ = "risk_assessment"
    __table_args__ = (
        tenant_reference("event_id", "risk_event"),
        CheckConstraint("kind in ('inherent', 'residual')", name="kind"),
        CheckConstraint(f"level in ({LEVELS})", name="level"),
        Index("ix_risk_assessment_event_id", "enterprise_id", "event_id", "assessed_at"),
        Index(
            "uq_risk_assessment_current",
            "enterprise_id",
            "event_id",
            "kind",
            unique=True,
            postgresql_where="replaced_at is null",
        ),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID]
    kind: Mapped[str]
    method: Mapped[str]
    method_version: Mapped[str]
    factors: Mapped[dict[str, Any]]
    value: Mapped[Decimal | None]
    level: Mapped[str]
    direct_rule: Mapped[str] = mapped_column(default="")
    """The rule that raised the level directly, if one did."""
    assessed_by: Mapped[UUID | None]
    assessed_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
