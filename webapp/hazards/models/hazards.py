"""Hazards, their steps and their photos."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference


class Hazard(Base):
    """A hazard (事故隐患, Work Safety Law 2021 Art. 41) from report to closure."""

    __tablename__ = "hazard"
    __table_args__ = (
        tenant_reference("point_id", "risk_point"),
        tenant_reference("event_id", "risk_event"),
        tenant_reference("measure_id", "control_measure"),
        tenant_reference("item_id", "checklist_item"),
        tenant_reference("check_id", "self_check"),
        tenant_reference("department_id", "department"),
        tenant_reference("reported_by", "person"),
        tenant_reference("assigned_to", "person"),
        CheckConstraint("level in ('general', 'major')", name="level"),
        CheckConstraint(
            "state in ('reported', 'graded', 'assigned', 'rectified', 'verified', 'closed')",
            name="state",
        ),
        CheckConstraint("source in ('self_check', 'report', 'inspection')", name="source"),
        CheckConstraint("state <> 'closed' or closed_at is not null", name="closed_at"),
        CheckConstraint(
            "verified_by_user is null or verified_by_user <> rectified_by_user",
            name="verifier_is_another",
        ),
        Index("uq_hazard_number", "enterprise_id", "number", unique=True),
        Index("ix_hazard_reported_at", "enterprise_id", "reported_at", "id"),
        Index(
            "ix_hazard_open_due_on",
            "enterprise_id",
            "due_on",
            postgresql_where="state <> 'closed'",
        ),
        Index("ix_hazard_assigned_to", "enterprise_id", "assigned_to"),
        Index("ix_hazard_major", "enterprise_id", postgresql_where="level = 'major'"),
        Index(
            "ix_hazard_ordered_due_on",
            "enterprise_id",
            "due_on",
            postgresql_where="source = 'inspection'",
        ),
        Index(
            "ix_hazard_measure_id",
            "enterprise_id",
            "measure_id",
            "reported_at",
            postgresql_where="measure_id is not null",
        ),
        Index("ix_hazard_order_id", "enterprise_id", "order_id"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    source: Mapped[str]
    level: Mapped[str] = mapped_column(default="general")
    criterion_code: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="reported")
    point_id: Mapped[UUID | None]
    event_id: Mapped[UUID | None]
    measure_id: Mapped[UUID | None]
    item_id: Mapped[UUID | None]
    check_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    order_id: Mapped[UUID | None]
    """The enforcement document that ordered it, and its item number there."""
    order_item: Mapped[int | None]
    order_number: Mapped[str] = mapped_column(default="")
    reported_by: Mapped[UUID | None]
    reported_by_user: Mapped[UUID | None]
    reported_by_name: Mapped[str]
    is_frontline: Mapped[bool] = mapped_column(default=False)
    """Reported by someone who holds no management post."""
    is_repeated: Mapped[bool] = mapped_column(default=False)
    """Its measure had failed not long before already, as known when it was reported."""
    reported_at: Mapped[datetime]
    assigned_to: Mapped[UUID | None]
    assigned_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    extended_from: Mapped[date | None]
    rectification: Mapped[str] = mapped_column(default="")
    rectified_by_user: Mapped[UUID | None]
    rectified_by_name: Mapped[str] = mapped_column(default="")
    rectified_at: Mapped[datetime | None]
    verification: Mapped[str] = mapped_column(default="")
    verified_by_user: Mapped[UUID | None]
    verified_by_name: Mapped[str] = mapped_column(default="")
    verified_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    return_count: Mapped[int] = mapped_column(default=0)
    implementations: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The five implementations of a major hazard: responsibility, measures, funds, time_limit,
    plan (总局令第16号)."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class HazardStep(Base):
    """One step of a hazard's history; never changed."""

    __tablename__ = "hazard_step"
    __table_args__ = (
        tenant_reference("hazard_id", "hazard"),
        Index("uq_hazard_step_ordinal", "enterprise_id", "hazard_id", "ordinal", unique=True),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    hazard_id: Mapped[UUID]
    ordinal: Mapped[int]
    action: Mapped[str]
    state: Mapped[str]
    """The state after this step."""
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]


class HazardPhoto(Base):
    """A photo of a hazard, before or after."""

    __tablename__ = "hazard_photo"
    __table_args__ = (
        tenant_reference("hazard_id", "hazard"),
        tenant_reference("file_id", "stored_file"),
        CheckConstraint("moment in ('before', 'after')", name="moment"),
        Index("ix_hazard_photo_hazard_id", "enterprise_id", "hazard_id"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    hazard_id: Mapped[UUID]
    file_id: Mapped[UUID]
    moment: Mapped[str]
    added_at: Mapped[datetime]
