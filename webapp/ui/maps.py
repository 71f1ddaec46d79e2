"""Outlines of districts as SVG: longitude and latitude in, path data out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Outline:
    """A district and its rings of (longitude, latitude) in degrees."""

    code: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A district drawn: path data and the place of its words."""

    code: str
    name: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All districts in one box."""

    view_box: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A district as the map component shows it."""

    name: str
    path: str
    x: float
    y: float
    words: str
    band: int
    href: str


def draw(outlines: Sequence[Outline], width: float = 720.0) -> Drawing:
    """Fit the outlines into a box `width` wide; a city is small enough for straight meridians."""
    points = [point for outline in outlines for ring in outline.rings for point in ring]
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    narrowing = cos(radians((south + north) / 2))
    scale = width / ((east - west) * narrowing)
    height = (north - south) * scale

    def place(point: tuple[float, float]) -> tuple[float, float]:
        lon, lat = point
        return round((lon - west) * narrowing * scale, 1), round((north - lat) * scale, 1)

    shapes = tuple(_shape(outline, place) for outline in outlines)
    return Drawing(f"0 0 {width:g} {height:.0f}", shapes)


def _shape(outline: Outline, place: Callable[[tuple[float, float]], tuple[float, float]]) -> Shape:
    rings = [[place(point) for point in ring] for ring in outline.rings]
    path = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in rings)
    x, y = _middle(max(rings, key=lambda ring: abs(_doubled_area(ring))))
    return Shape(outline.code, outline.name, path, round(x, 1), round(y, 1))


def _doubled_area(ring: Ring) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]))


def _middle(ring: Ring) -> tuple[float, float]:
    """Centre of gravity of a ring (Bourke 1988); of its corners where it has no area."""
    doubled = _doubled_area(ring)
    if not doubled:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    edges = [
        (x0 + x1, y0 + y1, x0 * y1 - x1 * y0) for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]])
    ]
    return (
        sum(x * cross for x, _, cross in edges) / (3 * doubled),
        sum(y * cross for _, y, cross in edges) / (3 * doubled),
    )


def band(value: float | None, limits: Sequence[float]) -> int:
    """Which of the map's colours: 0 without a value, else 1 plus the limits reached."""
    return 0 if value is None else 1 + sum(value >= limit for limit in limits)


def coloured(
    drawing: Drawing,
    values: Mapping[str, float | None],
    *,
    limits: Sequence[float],
    words: Callable[[float], str],
    href: Callable[[str], str],
) -> list[Area]:
    """Areas for `choropleth`: at most four limits make five colours, as the scale has."""
    return [
        Area(
            name=shape.name,
            path=shape.path,
            x=shape.x,
            y=shape.y,
            words="没有数据" if (value := values.get(shape.code)) is None else words(value),
            band=band(value, limits),
            href=href(shape.code),
        )
        for shape in drawing.shapes
    ]
