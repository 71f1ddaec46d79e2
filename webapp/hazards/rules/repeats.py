"""Whether a hazard is an old one come back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

REPEAT_WITHIN_DAYS = 90


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A hazard found on a day where a control measure was checked.

    The measure stands for the item: it outlives the editions of a checklist.
    """

    hazard_id: UUID
    measure_id: UUID
    found_on: date


def earlier_occurrences(found: Occurrence, others: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """The hazards at the same measure in the 90 days before, newest first."""
    same = (
        other
        for other in others
        if other.measure_id == found.measure_id
        and other.hazard_id != found.hazard_id
        and 0 <= (found.found_on - other.found_on).days <= REPEAT_WITHIN_DAYS
    )
    return tuple(sorted(same, key=lambda other: (other.found_on, other.hazard_id), reverse=True))


def is_repeat(found: Occurrence, others: Iterable[Occurrence]) -> bool:
    """Whether the same measure failed within the 90 days before: it does not hold."""
    return bool(earlier_occurrences(found, others))
