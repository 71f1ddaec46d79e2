"""Control measures of an event."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference

CATEGORIES = "'engineering', 'management', 'training', 'personal_protection', 'emergency'"
FREQUENCIES = "'each_shift', 'daily', 'weekly', 'monthly', 'quarterly', 'half_yearly', 'yearly'"

CHECK_METHODS = "'visual', 'measurement', 'record', 'interview', 'test'"


class ControlMeasure(Base):
    """What keeps an event from happening or limits it; each can be a check item."""

    __tablename__ = "control_measure"
    __table_args__ = (
        tenant_reference("event_id", "risk_event"),
        tenant_reference("post_id", "post"),
        CheckConstraint(f"category in ({CATEGORIES})", name="category"),
        CheckConstraint(
            "control_level in ('company', 'department', 'team', 'post')", name="control_level"
        ),
        CheckConstraint(f"frequency in ({FREQUENCIES})", name="frequency"),
        CheckConstraint(f"check_method in ({CHECK_METHODS})", name="check_method"),
        # Not led by the enterprise, for the reason given at the indexes of risk_event.
        Index("ix_control_measure_event_id", "event_id", "enterprise_id", "ordinal"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID]
    ordinal: Mapped[int]
    category: Mapped[str]
    description: Mapped[str]
    control_level: Mapped[str]
    item: Mapped[str] = mapped_column(default="")
    """What a checker looks for; empty: the measure itself is asked."""
    check_method: Mapped[str] = mapped_column(default="visual")
    post_id: Mapped[UUID | None]
    """Whose post carries it out and checks it."""
    is_checkable: Mapped[bool] = mapped_column(default=True)
    frequency: Mapped[str]
    removed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
