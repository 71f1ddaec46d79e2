"""The city's map coloured by a measure; colours say how much, never a risk level."""

from dataclasses import dataclass
from decimal import Decimal

from webapp.inspection.queries.overview import Overview
from webapp.inspection.rules.measures import Measure, words_of
from webapp.standards.boundaries import CityMap, city_map


@dataclass(frozen=True, slots=True)
class MapArea:
    """A county on the map; `band` is its colour, `inset` its place in the inner city."""

    code: str
    name: str
    words: str
    band: int
    path: str
    x: float
    y: float
    inset_path: str
    inset_x: float
    inset_y: float


@dataclass(frozen=True, slots=True)
class CityPicture:
    """The city's map, coloured by a measure."""

    shape: CityMap
    areas: tuple[MapArea, ...]

    @property
    def leads(self) -> str:
        """Two lines from the window in the large map to the box of the inner city."""
        left, top, width, height = self.shape.inset_window
        foot = top + height
        return f"M{left} {foot}L10 448M{left + width} {foot}L314 448"

    @property
    def inner(self) -> tuple[MapArea, ...]:
        """The districts that are too small for their words on the large map."""
        return tuple(area for area in self.areas if area.inset_path)

    @property
    def outer(self) -> tuple[MapArea, ...]:
        """The others."""
        return tuple(area for area in self.areas if not area.inset_path)


def city_picture(found: Overview, measure: Measure) -> CityPicture:
    """The map for an overview of the whole city."""
    lines, shape = found.by_code(), city_map()
    areas = []
    for county in shape.shapes:
        line = lines.get(county.code)
        value = line.value if line else None
        areas.append(
            MapArea(
                code=county.code,
                name=county.name,
                words=words_of(measure, value),
                band=_band(measure, value),
                path=county.path,
                x=county.label_x,
                y=county.label_y,
                inset_path=county.inset.path if county.inset else "",
                inset_x=county.inset.label_x if county.inset else 0,
                inset_y=county.inset.label_y if county.inset else 0,
            )
        )
    return CityPicture(shape, tuple(areas))


def _band(measure: Measure, value: Decimal | None) -> int:
    return 0 if value is None else 1 + sum(value >= Decimal(str(n)) for n in measure.limits)
