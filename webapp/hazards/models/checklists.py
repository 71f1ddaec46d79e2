"""Checklists: what a post looks at, each item knowing its measure."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference


class Checklist(Base):
    """One edition of a list; a filled check keeps the edition it was filled on."""

    __tablename__ = "checklist"
    __table_args__ = (
        tenant_reference("point_id", "risk_point"),
        CheckConstraint("state in ('active', 'replaced')", name="state"),
        Index("ix_checklist_point_id", "enterprise_id", "point_id"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    point_id: Mapped[UUID]
    name: Mapped[str]
    edition: Mapped[int]
    state: Mapped[str] = mapped_column(default="active")
    created_at: Mapped[datetime]


class ChecklistItem(Base):
    """One thing to look at: it comes from one control measure of one risk event."""

    __tablename__ = "checklist_item"
    __table_args__ = (
        tenant_reference("checklist_id", "checklist"),
        tenant_reference("measure_id", "control_measure"),
        tenant_reference("event_id", "risk_event"),
        Index("uq_checklist_item_ordinal", "enterprise_id", "checklist_id", "ordinal", unique=True),
        Index("ix_checklist_item_measure_id", "enterprise_id", "measure_id"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    checklist_id: Mapped[UUID]
    ordinal: Mapped[int]
    measure_id: Mapped[UUID]
    event_id: Mapped[UUID]
    content: Mapped[str]
    must_see: Mapped[bool] = mapped_column(default=False)
    """Not covered by 'all others normal'."""
