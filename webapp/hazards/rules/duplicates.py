"""Whether two people saw the same thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

LIKE = 0.3
"""From this share of common pairs of characters on, two descriptions may mean the same."""


@dataclass(frozen=True, slots=True)
class Described:
    """An open hazard in words."""

    hazard_id: UUID
    words: str


def likeness(one: str, other: str) -> float:
    """The share of the shorter text's pairs of neighbouring characters that the other has too."""
    pairs, others = _pairs(one), _pairs(other)
    fewer = min(len(pairs), len(others))
    return len(pairs & others) / fewer if fewer else 0.0


def alike(words: str, present: Iterable[Described]) -> tuple[UUID, ...]:
    """The hazards that may have been reported already, the likest first."""
    rated = [(likeness(words, each.words), each.hazard_id) for each in present]
    found = sorted((pair for pair in rated if pair[0] >= LIKE), key=lambda pair: -pair[0])
    return tuple(hazard_id for _, hazard_id in found)


def _pairs(text: str) -> frozenset[str]:
    plain = "".join(character for character in text if character.isalnum())
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
