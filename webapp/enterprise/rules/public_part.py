"""What a stranger may know of an enterprise after its code, as plain values."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


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
class PublicArea:
    """An area on a plan as it is drawn 1000 wide: its corners, where its name stands, its level."""

    name: str
    kind: str
    outline: str
    anchor: tuple[float, float]
    level: str | None


@dataclass(frozen=True, slots=True)
class PublicLevel:
    """A level of a legend and how many areas have it; no level where nothing is assessed."""

    level: str | None
    words: str
    shapes: int


@dataclass(frozen=True, slots=True)
class PublicMap:
    """A four-colour map that the enterprise publishes."""

    id: UUID
    name: str
    endpoint: str
    """Where its plan is fetched, by the code's ``token`` and the ``map_id``."""
    drawn_height: float
    areas: tuple[PublicArea, ...]
    legend: tuple[PublicLevel, ...]


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
    maps: tuple[PublicMap, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicPage:
    """What all rooms tell together."""

    level: str | None
    grade: str
    graded_on: date | None
    risks: tuple[PublicRisk, ...]
    rows: tuple[tuple[PublicFigure, ...], ...]
    """The figures, a row a room."""
    maps: tuple[PublicMap, ...] = ()
