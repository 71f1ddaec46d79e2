"""What makes assessments out of date before their year is over."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference

KINDS = "'equipment', 'process', 'accident', 'law', 'organisation'"


class ReviewTrigger(Base):
    """Something that happened and demands new assessments, at one point or everywhere."""

    __tablename__ = "review_trigger"
    __table_args__ = (
        tenant_reference("point_id", "risk_point"),
        CheckConstraint(f"kind in ({KINDS})", name="kind"),
        Index("ix_review_trigger_declared_at", "enterprise_id", "declared_at"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    words: Mapped[str]
    happened_on: Mapped[date]
    point_id: Mapped[UUID | None]
    declared_by_name: Mapped[str]
    declared_at: Mapped[datetime]
