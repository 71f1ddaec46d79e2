"""What a stranger may know of an enterprise after its code, as plain values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PublicRisk:
    """A major or significant risk with the post that answers for it, never a telephone."""

    level: str
    title: str
    responsible: str = ""
    checked: str = ""
    """When it was last checked, in words."""


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """A number with its name and a small remark."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublicPart:
    """What one room tells; what it does not know it leaves empty."""

    level: str | None = None
    """The enterprise's risk level: its highest present one."""
    grade: str = ""
    """The five-have grade in words, with the score."""
    graded_on: date | None = None
    risks: tuple[PublicRisk, ...] = ()
    figures: tuple[PublicFigure, ...] = ()
    """What is shown side by side, three or four at most."""


@dataclass(frozen=True, slots=True)
class PublicPage:
    """What all rooms tell together."""

    level: str | None
    grade: str
    graded_on: date | None
    risks: tuple[PublicRisk, ...]
    rows: tuple[tuple[PublicFigure, ...], ...]
    """The figures, a row a room."""
