"""Scores: the present one of each enterprise, and each day's last."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base


class EnterpriseScore(Base):
    """The five-have score as of the last thing that moved it, with its inputs."""

    __tablename__ = "enterprise_score"
    __table_args__ = (
        CheckConstraint("grade in ('A', 'B', 'C', 'D')", name="grade"),
        Index("ix_enterprise_score_total", "total", "enterprise_id"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    standard_version: Mapped[str]
    total: Mapped[Decimal]
    grade: Mapped[str]
    haves: Mapped[dict[str, Any]]
    """Have code → score and weight; the tree itself is computed from the counters."""
    vetoes: Mapped[list[str]]
    computed_at: Mapped[datetime]


class ScoreDay(Base):
    """The last score of a day: the history a chart shows."""

    __tablename__ = "score_day"

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    total: Mapped[Decimal]
    grade: Mapped[str]
    haves: Mapped[dict[str, Any]]
