"""What an enforcement document hands over to this room."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One item of a rectification order; its number is the one printed there."""

    number: int
    description: str
    due_on: date
    is_major: bool = False
    criterion_code: str = ""
    point_id: UUID | None = None
    event_id: UUID | None = None
    measure_id: UUID | None = None
    photo_file_id: UUID | None = None
