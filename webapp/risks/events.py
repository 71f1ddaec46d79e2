"""What happens in this room, told to the rooms above inside the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LedgerChanged:
    """Points, events, assessments or measures of an enterprise are not what they were."""

    enterprise_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class MeasuresChanged:
    """Control measures of these points changed; checks derive from them."""

    enterprise_id: UUID
    point_ids: tuple[UUID, ...]
    at: datetime
