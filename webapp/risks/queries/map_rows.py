"""What the screens and papers of four-colour maps show, as values."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from webapp.risks.rules.map_colours import LegendEntry, legend
from webapp.risks.rules.map_drafts import ShapeDraft
from webapp.risks.rules.map_outlines import ShapeKind, Vertex, label_anchor
from webapp.standards.risk_methods import RiskLevel

DRAWN_WIDTH = 1000
"""Plans are drawn this wide whatever their pixels, so that words and lines are one size."""


@dataclass(frozen=True, slots=True)
class LinkedPoint:
    """A risk point that lies in a shape."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """A shape with the level it has now: the gravest of the points linked to it."""

    id: UUID
    name: str
    kind: ShapeKind
    vertices: tuple[Vertex, ...]
    drawn_height: float
    unit_id: UUID | None
    unit_name: str
    is_confidential: bool
    level: RiskLevel | None
    events: int
    points: tuple[LinkedPoint, ...] = ()

    @property
    def outline(self) -> str:
        """The corners as a drawing has them: ``120.5,80 300,80 …``."""
        corners = ((x * DRAWN_WIDTH, y * self.drawn_height) for x, y in self.vertices)
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)

    @property
    def anchor(self) -> tuple[float, float]:
        """Where its name stands in the drawing; that of a spot below it."""
        below = 0 if self.kind is ShapeKind.POLYGON else 34
        x, y = label_anchor(self.vertices)
        return round(x * DRAWN_WIDTH, 1), round(y * self.drawn_height + below, 1)

    @property
    def draft(self) -> ShapeDraft:
        """The shape as the page edits it."""
        points = tuple(point.id for point in self.points)
        return ShapeDraft(
            self.id, self.name, self.kind, self.vertices, self.unit_id, points, self.is_confidential
        )


@dataclass(frozen=True, slots=True)
class MapRow:
    """A map without its shapes."""

    id: UUID
    name: str
    ordinal: int
    file_id: UUID
    width: int
    height: int
    published_at: datetime | None
    drawn_at: datetime | None
    version: int

    @property
    def drawn_height(self) -> float:
        """How high the plan is when it is drawn ``DRAWN_WIDTH`` wide."""
        return round(DRAWN_WIDTH * self.height / self.width, 1)


@dataclass(frozen=True, slots=True)
class MapDetail:
    """A map with its shapes in their order."""

    map: MapRow
    shapes: tuple[ShapeRow, ...]

    @property
    def legend(self) -> tuple[LegendEntry, ...]:
        """How many shapes have which level."""
        return legend(shape.level for shape in self.shapes)
