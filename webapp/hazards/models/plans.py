"""Check plans and the tasks made from them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference
from webapp.risks.models.measures import FREQUENCIES


class CheckPlan(Base):
    """Who looks at which checklist how often; work belongs to the post, not to its holder."""

    __tablename__ = "check_plan"
    __table_args__ = (
        tenant_reference("checklist_id", "checklist"),
        tenant_reference("point_id", "risk_point"),
        tenant_reference("post_id", "post"),
        tenant_reference("origin_post_id", "post"),
        CheckConstraint(f"frequency in ({FREQUENCIES})", name="frequency"),
        CheckConstraint(f"origin_frequency in ({FREQUENCIES})", name="origin_frequency"),
        Index(
            "uq_check_plan_active",
            "enterprise_id",
            "point_id",
            "origin_post_id",
            "origin_frequency",
            unique=True,
            postgresql_where="ended_on is null",
        ),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    point_id: Mapped[UUID]
    checklist_id: Mapped[UUID]
    post_id: Mapped[UUID]
    frequency: Mapped[str]
    origin_post_id: Mapped[UUID]
    """The post and frequency that the measures name: what deriving again knows the plan by, even
    after someone has given it to another post or set another frequency."""
    origin_frequency: Mapped[str]
    starts_on: Mapped[date]
    ended_on: Mapped[date | None]
    paused_at: Mapped[datetime | None]
    """Since when nothing is owed: the equipment stands still, the place is closed."""
    generated_until: Mapped[date | None]
    """The last day of the last period that has been dealt with."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class CheckTask(Base):
    """One check to be done in one period; the period key makes generation exactly-once."""

    __tablename__ = "check_task"
    __table_args__ = (
        tenant_reference("plan_id", "check_plan"),
        tenant_reference("checklist_id", "checklist"),
        tenant_reference("point_id", "risk_point"),
        tenant_reference("post_id", "post"),
        CheckConstraint("state in ('open', 'done', 'waived')", name="state"),
        Index("uq_check_task_period", "enterprise_id", "plan_id", "period", unique=True),
        Index("ix_check_task_post_id", "enterprise_id", "post_id", "due_at"),
        Index("ix_check_task_due_at", "enterprise_id", "due_at"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID]
    checklist_id: Mapped[UUID]
    point_id: Mapped[UUID]
    post_id: Mapped[UUID]
    period: Mapped[str]
    """Key of the period: 2026-11-24, 2026-W48, 2026-11, 2026-Q4."""
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")
    done_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it
