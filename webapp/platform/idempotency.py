"""Same key, same answer: a repeated submission gets the first one's receipt."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.platform.database import Base


class Receipt(Base):
    """What was answered to a key of an owner (an audit chain)."""

    __tablename__ = "receipt"

    owner: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    action: Mapped[str]
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    at: Mapped[datetime]


def claim(
    session: Session, owner: UUID, key: UUID, action: str, at: datetime
) -> dict[str, Any] | None:
    """Take the key, or give the answer of who took it first.

    Of two at the same moment the second waits here until the first has committed.
    """
    taken = session.execute(
        insert(Receipt)
        .values(owner=owner, key=key, action=action, at=at)
        .on_conflict_do_nothing()
        .returning(Receipt.key)
    ).one_or_none()
    if taken is not None:
        return None
    answer = session.execute(
        select(Receipt.answer).where(Receipt.owner == owner, Receipt.key == key)
    ).scalar_one()
    return answer or {}


def seal(session: Session, owner: UUID, key: UUID, answer: dict[str, Any]) -> None:
    """Keep what the claimed key was answered with."""
    session.execute(
        update(Receipt).where(Receipt.owner == owner, Receipt.key == key).values(answer=answer)
    )
