"""Enterprise codes as printed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base


class EnterpriseCode(Base):
    """A token that opens the enterprise's address; revoked ones stay, to say so.

    The token itself is kept, not its hash: printing again must give the same code.
    """

    __tablename__ = "enterprise_code"
    __table_args__ = (
        CheckConstraint("state in ('active', 'revoked')", name="state"),
        Index("uq_enterprise_code_token", "token", unique=True),
        Index(
            "uq_enterprise_code_active",
            "enterprise_id",
            unique=True,
            postgresql_where="state = 'active'",
        ),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    token: Mapped[str]
    state: Mapped[str] = mapped_column(default="active")
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str] = mapped_column(default="")
