"""A person's credentials; what they may do lies in their memberships."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base


class UserAccount(Base):
    """Someone who can sign in."""

    __tablename__ = "user_account"
    __table_args__ = (Index("uq_user_account_login", "login", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    login: Mapped[str]
    """Lower case; a mobile number or a short name."""
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    password_changed_at: Mapped[datetime]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    totp_secret: Mapped[str] = mapped_column(default="")
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int] = mapped_column(default=0)
    """The time step of the last accepted code, so that no code opens twice."""
    suspended_at: Mapped[datetime | None]
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The last drawn signature (PNG), offered for reuse to its owner only."""
    created_at: Mapped[datetime]


class LoginGuard(Base):
    """Failed sign-ins of one login name, whether anyone has that name or not.

    Kept apart from the accounts, so that a lock tells nobody that an account exists.
    """

    __tablename__ = "login_guard"
    __table_args__ = (Index("ix_login_guard_failed_at", "failed_at"),)

    login_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    failed_at: Mapped[datetime]
