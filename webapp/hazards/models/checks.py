"""Filled checks."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference


class SelfCheck(Base):
    """A submitted check of a task; its id was made on the phone before the first try."""

    __tablename__ = "self_check"
    __table_args__ = (
        tenant_reference("task_id", "check_task"),
        tenant_reference("checklist_id", "checklist"),
        tenant_reference("person_id", "person"),
        tenant_reference("signature_file_id", "stored_file"),
        Index("uq_self_check_task_id", "enterprise_id", "task_id", unique=True),
        Index("ix_self_check_submitted_at", "enterprise_id", "submitted_at"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    task_id: Mapped[UUID]
    checklist_id: Mapped[UUID]
    person_id: Mapped[UUID | None]
    submitted_by: Mapped[UUID | None]
    submitted_by_name: Mapped[str]
    submitted_at: Mapped[datetime]
    """The server's clock; it holds the order of steps."""
    started_at: Mapped[datetime | None]
    device_at: Mapped[datetime | None]
    """The phone's clock, kept beside it."""
    is_mobile: Mapped[bool] = mapped_column(default=False)
    is_late: Mapped[bool] = mapped_column(default=False)
    normal_count: Mapped[int]
    abnormal_count: Mapped[int]
    unchecked_count: Mapped[int]
    signature_file_id: Mapped[UUID | None]


class CheckAnswer(Base):
    """One answered item; partitioned by the month of its day."""

    __tablename__ = "check_answer"
    __table_args__ = (
        tenant_reference("check_id", "self_check"),
        tenant_reference("item_id", "checklist_item"),
        CheckConstraint("result in ('normal', 'abnormal', 'unchecked')", name="result"),
        {"postgresql_partition_by": "RANGE (answered_on)"},
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    check_id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    answered_on: Mapped[date] = mapped_column(primary_key=True)
    result: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
