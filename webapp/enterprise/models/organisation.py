"""Departments and posts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference

POST_KINDS = (
    "'principal', 'deputy', 'safety_director', 'safety_officer', 'department_head',"
    " 'team_leader', 'worker', 'special_operator', 'contractor_manager'"
)


class Department(Base):
    """A department, workshop or team; teams lie below a department."""

    __tablename__ = "department"
    __table_args__ = (
        tenant_reference("parent_id", "department"),
        CheckConstraint("kind in ('department', 'team')", name="kind"),
        Index(
            "uq_department_name",
            "enterprise_id",
            "parent_id",
            "name",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where="closed_at is null",
        ),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="department")
    parent_id: Mapped[UUID | None]
    is_production: Mapped[bool] = mapped_column(default=True)
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class Post(Base):
    """A post; duties, tasks and measures belong to it, whoever holds it."""

    __tablename__ = "post"
    __table_args__ = (
        tenant_reference("department_id", "department"),
        CheckConstraint(f"kind in ({POST_KINDS})", name="kind"),
        Index(
            "uq_post_name",
            "enterprise_id",
            "department_id",
            "name",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where="closed_at is null",
        ),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    department_id: Mapped[UUID | None]
    """None for posts of the whole enterprise, such as the principal."""
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it
