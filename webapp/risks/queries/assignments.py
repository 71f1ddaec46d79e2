"""The names in the ledger that nobody bears."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent

MOST = 200


@dataclass(frozen=True, slots=True)
class UnassignedWords:
    """A name as a file had it, and how many risks wait for it."""

    kind: str
    words: str
    events: int


def unassigned_words(scope: Scope, enterprise_id: UUID) -> tuple[UnassignedWords, ...]:
    """People first, then departments; of each the names with the most risks first; bounded."""
    kinds = {
        "owner": (RiskEvent.owner_words, RiskEvent.owner_id),
        "department": (RiskEvent.department_words, RiskEvent.department_id),
    }
    found: list[UnassignedWords] = []
    with reading(scope) as session:
        for kind, (words, target) in kinds.items():
            rows = session.execute(
                select(words, func.count().label("events"))
                .where(
                    RiskEvent.enterprise_id == enterprise_id,
                    RiskEvent.removed_at.is_(None),
                    target.is_(None),
                    words != "",
                )
                .group_by(words)
                .order_by(func.count().desc(), words)
                .limit(MOST)
            )
            found += [UnassignedWords(kind, said, events) for said, events in rows]
    return tuple(found)
