"""The map of Anyang's nine counties and districts as ready paths, and where a point lies on it.

The outlines are schematic. They predate transfers of townships between the inner districts, so
a place's county is what the enterprise registered, never what the outline suggests.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from webapp.standards.loader import table

_GEOJSON = Path(__file__).parent / "data" / "boundaries_anyang" / "2022.geojson"


@dataclass(frozen=True, slots=True)
class Inset:
    """A district once more in the enlarged map of the inner city."""

    path: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A county's outline as SVG path data, with the place for its label."""

    code: str
    name: str
    path: str
    label_x: float
    label_y: float
    inset: Inset | None


@dataclass(frozen=True, slots=True)
class CityMap:
    """The whole map; ``inset_window`` is x, y, width, height of the inner city on it."""

    view_box: str
    inset_view_box: str
    inset_window: tuple[float, float, float, float]
    shapes: tuple[Shape, ...]
    margin: float
    west: float
    north: float
    x_scale: float
    y_scale: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point (degrees) lies in the map's view box."""
        x = self.margin + (longitude - self.west) * self.x_scale
        y = self.margin + (self.north - latitude) * self.y_scale
        return round(x, 1), round(y, 1)


@cache
def city_map() -> CityMap:
    """The map of Anyang."""
    content = table("boundaries_anyang").content
    shapes = tuple(
        Shape(
            row["code"],
            row["name"],
            row["path"],
            row["label_x"],
            row["label_y"],
            Inset(row["inset_path"], row["inset_label_x"], row["inset_label_y"])
            if "inset_path" in row
            else None,
        )
        for row in content["shape"]
    )
    x, y, width, height = content["inset_window"]
    return CityMap(
        content["view_box"],
        content["inset_view_box"],
        (x, y, width, height),
        shapes,
        *(float(content[k]) for k in ("margin", "west", "north", "x_scale", "y_scale")),
    )


@cache
def geojson() -> str:
    """The same outlines as GeoJSON text, county codes as feature ids."""
    return _GEOJSON.read_text(encoding="utf-8")
