"""Agencies, and who belongs where in which role."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base

ENTERPRISE_ROLES = "'principal', 'safety_officer', 'department_head', 'team_leader', 'worker'"
AGENCY_ROLES = "'agency_leader', 'regulator', 'inspector', 'legal_reviewer'"


class Agency(Base):
    """An emergency management bureau or a township's office; its region prefix is its scope."""

    __tablename__ = "agency"
    __table_args__ = (Index("uq_agency_name", "name", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    region_code: Mapped[str] = mapped_column(String(collation="C"))
    document_prefix: Mapped[str]
    """The short place name in document numbers: 安, 文, 林."""
    reconsideration_organ: Mapped[str]
    court: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class Membership(Base):
    """One person in one organisation in one role; one person can have several."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("num_nonnulls(enterprise_id, agency_id) <= 1", name="one_organisation"),
        CheckConstraint(
            f"(enterprise_id is not null and role in ({ENTERPRISE_ROLES}, 'expert'))"
            f" or (agency_id is not null and role in ({AGENCY_ROLES}))"
            " or (enterprise_id is null and agency_id is null and role = 'operator')",
            name="role",
        ),
        # One role an organisation; who leaves and comes back gets a new row.
        Index(
            "uq_membership_present",
            "user_id",
            "enterprise_id",
            "agency_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where="ends_on is null",
        ),
        Index("ix_membership_user_id", "user_id"),
        Index("ix_membership_enterprise_id", "enterprise_id"),
        Index("ix_membership_agency_id", "agency_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprise.id"))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    role: Mapped[str]
    person_id: Mapped[UUID | None]
    """The staff record of an enterprise's member; its post and department are there."""
    certificate_number: Mapped[str] = mapped_column(default="")
    """The enforcement certificate of an officer (Administrative Penalty Law 2021, Art. 42)."""
    created_at: Mapped[datetime]
    ends_on: Mapped[date | None]
    suspended_at: Mapped[datetime | None]


class Invitation(Base):
    """A link that makes its holder a member, once, until a day."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("num_nonnulls(enterprise_id, agency_id) = 1", name="one_organisation"),
        Index("uq_invitation_token_hash", "token_hash", unique=True),
        Index("ix_invitation_enterprise_id", "enterprise_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprise.id"))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    role: Mapped[str]
    name: Mapped[str]
    phone: Mapped[str]
    person_id: Mapped[UUID | None]
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
