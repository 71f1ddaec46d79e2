"""The staff."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference


class Person(Base):
    """Someone who works here, with or without an account."""

    __tablename__ = "person"
    __table_args__ = (
        tenant_reference("post_id", "post"),
        tenant_reference("department_id", "department"),
        Index("ix_person_post_id", "enterprise_id", "post_id"),
        Index("ix_person_user_id", "user_id"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    post_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it
