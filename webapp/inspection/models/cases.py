"""An inspection from its start to its closing."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference


class InspectionCase(Base):
    """One inspection of one enterprise by one agency."""

    __tablename__ = "inspection_case"
    __table_args__ = (
        CheckConstraint(
            "state in ('open', 'recorded', 'ordered', 'reinspected', 'closed', 'abandoned')",
            name="state",
        ),
        CheckConstraint("ended_at is null or ended_at > started_at", name="time_order"),
        Index("ix_inspection_case_agency_id", "agency_id", "started_at"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    state: Mapped[str] = mapped_column(default="open")
    places: Mapped[str] = mapped_column(default="")
    """What was inspected: 检查场所."""
    contact_name: Mapped[str] = mapped_column(default="")
    contact_position: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    situation: Mapped[str] = mapped_column(default="")
    """检查情况 in the officers' words, before the findings."""
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_by: Mapped[UUID | None]
    changed_by: Mapped[UUID | None]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class CaseOfficer(Base):
    """An officer on a case; never fewer than two (Administrative Penalty Law 2021, Art. 42)."""

    __tablename__ = "case_officer"
    __table_args__ = (
        tenant_reference("case_id", "inspection_case"),
        Index("uq_case_officer_ordinal", "enterprise_id", "case_id", "ordinal", unique=True),
        Index("ix_case_officer_user_id", "user_id"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    ordinal: Mapped[int]
    name: Mapped[str]
    certificate_number: Mapped[str]


class Finding(Base):
    """Something found on the spot, on the enterprise's own ledger or on a criterion."""

    __tablename__ = "finding"
    __table_args__ = (
        tenant_reference("case_id", "inspection_case"),
        tenant_reference("point_id", "risk_point"),
        tenant_reference("event_id", "risk_event"),
        tenant_reference("measure_id", "control_measure"),
        tenant_reference("photo_file_id", "stored_file"),
        CheckConstraint("basis in ('ledger', 'criterion', 'other')", name="basis"),
        CheckConstraint("disposition in ('on_the_spot', 'order')", name="disposition"),
        CheckConstraint("outcome in ('', 'rectified', 'not_rectified')", name="outcome"),
        Index("uq_finding_ordinal", "enterprise_id", "case_id", "ordinal", unique=True),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID]
    ordinal: Mapped[int]
    basis: Mapped[str]
    point_id: Mapped[UUID | None]
    event_id: Mapped[UUID | None]
    measure_id: Mapped[UUID | None]
    criterion_code: Mapped[str] = mapped_column(default="")
    law_basis: Mapped[str] = mapped_column(default="")
    description: Mapped[str]
    is_major: Mapped[bool] = mapped_column(default=False)
    disposition: Mapped[str] = mapped_column(default="order")
    due_on: Mapped[date | None]
    photo_file_id: Mapped[UUID | None]
    hazard_id: Mapped[UUID | None]
    """The hazard that the order opened."""
    outcome: Mapped[str] = mapped_column(default="")
    outcome_words: Mapped[str] = mapped_column(default="")
    added_by: Mapped[UUID | None]
    added_at: Mapped[datetime]
    changed_by: Mapped[UUID | None]
    changed_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it
