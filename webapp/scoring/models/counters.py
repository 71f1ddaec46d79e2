"""Counters: one row an enterprise, facts by day, and regional sums kept exact at every commit."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, tenant_reference

STANDING = date(1970, 1, 1)
"""The day of measures that stand now and belong to no day."""


class EnterpriseCounter(Base):
    """What is counted of one enterprise now; a recount of its records gives the same."""

    __tablename__ = "enterprise_counter"

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    region_code: Mapped[str] = mapped_column(String(collation="C"))
    industry_code: Mapped[str]
    points: Mapped[int] = mapped_column(default=0)
    points_assessed: Mapped[int] = mapped_column(default=0)
    departments: Mapped[int] = mapped_column(default=0)
    departments_covered: Mapped[int] = mapped_column(default=0)
    risks: Mapped[int] = mapped_column(default=0)
    risks_major: Mapped[int] = mapped_column(default=0)
    risks_significant: Mapped[int] = mapped_column(default=0)
    risks_moderate: Mapped[int] = mapped_column(default=0)
    risks_low: Mapped[int] = mapped_column(default=0)
    risks_accurate: Mapped[int] = mapped_column(default=0)
    risks_measured: Mapped[int] = mapped_column(default=0)
    duties_required: Mapped[int] = mapped_column(default=0)
    duties_held: Mapped[int] = mapped_column(default=0)
    measures_checkable: Mapped[int] = mapped_column(default=0)
    measures_planned: Mapped[int] = mapped_column(default=0)
    posts: Mapped[int] = mapped_column(default=0)
    posts_signed: Mapped[int] = mapped_column(default=0)
    points_activity: Mapped[int] = mapped_column(default=0)
    points_physical: Mapped[int] = mapped_column(default=0)
    plans: Mapped[int] = mapped_column(default=0)
    misjudged: Mapped[int] = mapped_column(default=0)
    """Risks that a rule of direct judgement makes major and the ledger does not."""
    hazards: Mapped[int] = mapped_column(default=0)
    hazards_open: Mapped[int] = mapped_column(default=0)
    hazards_open_major: Mapped[int] = mapped_column(default=0)
    hazards_closed: Mapped[int] = mapped_column(default=0)
    checks: Mapped[int] = mapped_column(default=0)
    last_check_at: Mapped[datetime | None]
    last_activity_at: Mapped[datetime | None]


class EnterpriseDay(Base):
    """A measure of one enterprise that belongs to a day: tasks due then, hazards due then, …"""

    __tablename__ = "enterprise_day"

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)


class PersonActivity(Base):
    """The last day on which a person checked, reported or signed something."""

    __tablename__ = "person_activity"
    __table_args__ = (tenant_reference("person_id", "person"),)

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    seen_on: Mapped[date]


class RegionDelta(Base):
    """A move that has not been folded into its region's cells yet."""

    __tablename__ = "region_delta"
    __table_args__ = (Index("ix_region_delta_region_code", "region_code"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    region_code: Mapped[str] = mapped_column(String(collation="C"))
    """The township."""
    industry_code: Mapped[str]
    measure: Mapped[str]
    day: Mapped[date]
    amount: Mapped[int] = mapped_column(BigInteger)


class RegionCell(Base):
    """A region's sum of one measure, for one industry or all ('')."""

    __tablename__ = "region_cell"
    __table_args__ = (
        Index(
            "ix_region_cell_parent_code",
            "parent_code",
            "industry_code",
            "measure",
            "day",
            postgresql_include=["region_code", "amount"],
        ),
    )

    region_code: Mapped[str] = mapped_column(String(collation="C"), primary_key=True)
    industry_code: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    parent_code: Mapped[str] = mapped_column(String(collation="C"))
    amount: Mapped[int] = mapped_column(BigInteger)


class RegionNow(Base):
    """A region's sums as of one day, for one industry or all (''); the folder keeps them."""

    __tablename__ = "region_now"

    parent_code: Mapped[str] = mapped_column(String(collation="C"), primary_key=True)
    industry_code: Mapped[str] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(String(collation="C"), primary_key=True)
    as_of: Mapped[date]
    """The day whose windows the sums follow; another day reads the cells."""
    enterprises: Mapped[int] = mapped_column(BigInteger)
    points: Mapped[int] = mapped_column(BigInteger)
    risks: Mapped[int] = mapped_column(BigInteger)
    risks_major: Mapped[int] = mapped_column(BigInteger)
    risks_significant: Mapped[int] = mapped_column(BigInteger)
    risks_moderate: Mapped[int] = mapped_column(BigInteger)
    risks_low: Mapped[int] = mapped_column(BigInteger)
    hazards: Mapped[int] = mapped_column(BigInteger)
    hazards_open: Mapped[int] = mapped_column(BigInteger)
    hazards_open_major: Mapped[int] = mapped_column(BigInteger)
    hazards_closed: Mapped[int] = mapped_column(BigInteger)
    overdue: Mapped[int] = mapped_column(BigInteger)
    hazards_due: Mapped[int] = mapped_column(BigInteger)
    hazards_on_time: Mapped[int] = mapped_column(BigInteger)
    tasks_due: Mapped[int] = mapped_column(BigInteger)
    tasks_on_time: Mapped[int] = mapped_column(BigInteger)
    score_tenths: Mapped[int] = mapped_column(BigInteger)
    score_moved_tenths: Mapped[int] = mapped_column(BigInteger)
