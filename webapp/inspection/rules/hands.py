"""Signatures as a page sends them, before anything is decoded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentHand:
    """A drawn signature: PNG data address and the pen's way as JSON; both may be empty."""

    image: str
    points: str


@dataclass(frozen=True, slots=True)
class SentHands:
    """The officers' hands in the case's order, and the unit's hand or its reason."""

    officers: tuple[SentHand, ...]
    unit_name: str
    unit: SentHand
    refusal: str
    is_refused: bool
