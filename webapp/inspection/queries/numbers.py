"""Which number comes next, as far as one can say without taking it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.platform.numbering import NumberSequence


def expected_number(session: Session, owner: UUID, kind: str, year: int) -> int:
    """The number that an issue would get now if nobody else issues before it."""
    last = session.execute(
        select(NumberSequence.last).where(
            NumberSequence.owner == owner,
            NumberSequence.kind == kind,
            NumberSequence.year == year,
        )
    ).scalar_one_or_none()
    return (last or 0) + 1
