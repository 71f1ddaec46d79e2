"""Four-colour maps: a floor plan, the shapes on it and the risk points they stand for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference


class FourColourMap(Base):
    """A floor plan of the enterprise; its shapes are saved together, under its version."""

    __tablename__ = "four_colour_map"
    __table_args__ = (
        tenant_reference("file_id", "stored_file"),
        CheckConstraint("width > 0 and height > 0", name="size"),
        Index(
            "uq_four_colour_map_name",
            "enterprise_id",
            "name",
            unique=True,
            postgresql_where="removed_at is null",
        ),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    ordinal: Mapped[int]
    file_id: Mapped[UUID]
    width: Mapped[int]
    """Of the picture, in pixels."""
    height: Mapped[int]
    published_at: Mapped[datetime | None]
    """Since when strangers with the enterprise code see it; None while they do not."""
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class MapShape(Base):
    """An area or a spot on a plan; its colour is never stored."""

    __tablename__ = "map_shape"
    __table_args__ = (
        tenant_reference("map_id", "four_colour_map"),
        tenant_reference("unit_id", "risk_unit"),
        CheckConstraint("kind in ('polygon', 'point')", name="kind"),
        CheckConstraint(
            "jsonb_array_length(vertices) = 1 and kind = 'point'"
            " or jsonb_array_length(vertices) between 3 and 60 and kind = 'polygon'",
            name="vertices",
        ),
        Index("ix_map_shape_map_id", "enterprise_id", "map_id", "ordinal"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    map_id: Mapped[UUID]
    ordinal: Mapped[int]
    name: Mapped[str]
    kind: Mapped[str]
    vertices: Mapped[list[Any]] = mapped_column(JSONB)
    """Pairs of fractions of the plan's width and height, from its upper left corner."""
    unit_id: Mapped[UUID | None]
    is_confidential: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class MapShapePoint(Base):
    """A risk point that lies in a shape."""

    __tablename__ = "map_shape_point"
    __table_args__ = (
        tenant_reference("shape_id", "map_shape"),
        tenant_reference("point_id", "risk_point"),
        Index("ix_map_shape_point_point_id", "point_id", "enterprise_id"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    shape_id: Mapped[UUID] = mapped_column(primary_key=True)
    point_id: Mapped[UUID] = mapped_column(primary_key=True)
