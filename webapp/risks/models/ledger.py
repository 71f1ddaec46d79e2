"""The ledger's tree: unit → point → hazard source → event."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference

LEVELS = "'major', 'significant', 'moderate', 'low'"


class RiskUnit(Base):
    """A part of the plant that is analysed as one."""

    __tablename__ = "risk_unit"
    __table_args__ = (
        Index("uq_risk_unit_name", "enterprise_id", "name", unique=True),
        tenant_reference("department_id", "department"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    department_id: Mapped[UUID | None]


class RiskPoint(Base):
    """A place, a piece of equipment or an activity that carries risk."""

    __tablename__ = "risk_point"
    __table_args__ = (
        tenant_reference("unit_id", "risk_unit"),
        tenant_reference("department_id", "department"),
        tenant_reference("owner_id", "person"),
        CheckConstraint("kind in ('place', 'equipment', 'activity')", name="kind"),
        Index("uq_risk_point_name", "enterprise_id", "name", unique=True),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    unit_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    owner_id: Mapped[UUID | None]
    place: Mapped[str] = mapped_column(default="")
    stopped_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class HazardSource(Base):
    """A step of an activity or an item of equipment, and what can do harm there."""

    __tablename__ = "hazard_source"
    __table_args__ = (
        tenant_reference("point_id", "risk_point"),
        Index("ix_hazard_source_point_id", "enterprise_id", "point_id"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    point_id: Mapped[UUID]
    activity: Mapped[str] = mapped_column(default="")
    step: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    factor_class: Mapped[str] = mapped_column(default="")
    """GB/T 13861 class, where known."""


class RiskEvent(Base):
    """What can happen, with its current assessment repeated for reading."""

    __tablename__ = "risk_event"
    __table_args__ = (
        tenant_reference("source_id", "hazard_source"),
        tenant_reference("point_id", "risk_point"),
        tenant_reference("department_id", "department"),
        tenant_reference("owner_id", "person"),
        CheckConstraint(f"level in ({LEVELS})", name="level"),
        CheckConstraint(f"inherent_level in ({LEVELS})", name="inherent_level"),
        CheckConstraint(
            "control_level in ('company', 'department', 'team', 'post')", name="control_level"
        ),
        # Only the key is led by the enterprise: while a table is small, PostgreSQL takes any index
        # so led for as good as the key, and goes on checking foreign keys by that plan.
        Index("ix_risk_event_point_id", "point_id", "enterprise_id"),
        Index("ix_risk_event_level", "level", "enterprise_id", "id"),
        Index("uq_risk_event_number", "number", "enterprise_id", unique=True),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    """Running number in the ledger, from 1, in reading order."""
    point_id: Mapped[UUID]
    source_id: Mapped[UUID]
    description: Mapped[str]
    accident_types: Mapped[list[str]]
    """GB 6441 codes."""
    consequence: Mapped[str] = mapped_column(default="")
    method: Mapped[str]
    value: Mapped[Decimal | None]
    level: Mapped[str]
    inherent_level: Mapped[str]
    control_level: Mapped[str]
    department_id: Mapped[UUID | None]
    owner_id: Mapped[UUID | None]
    department_words: Mapped[str] = mapped_column(default="")
    """The department as the imported file had it, when no department bears that name."""
    owner_words: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")
    is_proposed: Mapped[bool] = mapped_column(default=False)
    """Taken from an industry's template and not confirmed by a person yet."""
    origin: Mapped[str] = mapped_column(default="")
    """Template, version and process it was taken from: ``steel/2026.1/ironmaking``."""
    removed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it
