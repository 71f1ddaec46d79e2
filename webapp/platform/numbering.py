"""Numbers without a gap, for each owner, kind and year."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.platform.database import Base


class NumberSequence(Base):
    """The last number given; locked until the transaction that took it ends."""

    __tablename__ = "number_sequence"

    owner: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


def next_number(session: Session, owner: UUID, kind: str, year: int) -> int:
    """The next number of an owner's kind and year, from 1.

    The row stays locked until the transaction ends, so a number that is rolled back is given
    again: no gap, no double.
    """
    number: int = session.execute(
        text(
            "insert into number_sequence (owner, kind, year, last) values (:owner, :kind, :year, 1)"
            " on conflict (owner, kind, year) do update set last = number_sequence.last + 1"
            " returning last"
        ),
        {"owner": owner, "kind": kind, "year": year},
    ).scalar_one()
    return number
