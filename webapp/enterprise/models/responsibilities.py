"""Responsibility lists of posts (Work Safety Law 2021, Art. 22): duties, versions, signatures."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference


class ResponsibilityList(Base):
    """One version of what a post owes; a published one is never changed."""

    __tablename__ = "responsibility_list"
    __table_args__ = (
        tenant_reference("post_id", "post"),
        CheckConstraint("state in ('draft', 'published', 'replaced')", name="state"),
        Index("uq_responsibility_list_edition", "enterprise_id", "post_id", "edition", unique=True),
        Index(
            "uq_responsibility_list_published",
            "enterprise_id",
            "post_id",
            unique=True,
            postgresql_where="state = 'published'",
        ),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    post_id: Mapped[UUID]
    edition: Mapped[int]
    state: Mapped[str]
    created_at: Mapped[datetime]
    approved_by: Mapped[UUID | None]
    published_at: Mapped[datetime | None]
    review_by: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class ResponsibilityDuty(Base):
    """One duty: what, how often, to which standard, how it is assessed."""

    __tablename__ = "responsibility_duty"
    __table_args__ = (
        tenant_reference("list_id", "responsibility_list"),
        Index("uq_responsibility_duty_ordinal", "enterprise_id", "list_id", "ordinal", unique=True),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    list_id: Mapped[UUID]
    ordinal: Mapped[int]
    duty: Mapped[str]
    frequency: Mapped[str] = mapped_column(default="")
    work_standard: Mapped[str] = mapped_column(default="")
    assessment: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")


class ResponsibilitySignature(Base):
    """A holder has read a version of the list and signed it."""

    __tablename__ = "responsibility_signature"
    __table_args__ = (
        tenant_reference("list_id", "responsibility_list"),
        tenant_reference("person_id", "person"),
        tenant_reference("file_id", "stored_file"),
        Index("uq_responsibility_signature", "enterprise_id", "list_id", "person_id", unique=True),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    list_id: Mapped[UUID]
    person_id: Mapped[UUID]
    file_id: Mapped[UUID]
    signed_at: Mapped[datetime]
