"""Sign-ins that the server can end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base


class LoginSession(Base):
    """One sign-in of one person on one device, working for one membership at a time."""

    __tablename__ = "login_session"
    __table_args__ = (Index("ix_login_session_user_id", "user_id"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    second_factor_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    device: Mapped[str]
    address: Mapped[str]
