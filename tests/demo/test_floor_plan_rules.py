"""The drawn plan of the main plant: its areas can be kept, and name points that it has."""

import pytest

from webapp.demo.rules.floor_plan import AREAS, Area
from webapp.demo.rules.plants import MAIN, plants
from webapp.risks.rules.map_outlines import ShapeKind, outline_fault


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.name)
def test_an_area_can_be_drawn(area: Area):
    kind = ShapeKind.POLYGON if len(area.corners) > 1 else ShapeKind.POINT

    assert outline_fault(kind, area.vertices) == ""


def test_every_area_stands_for_points_of_the_plant_and_no_two_for_the_same():
    (plant,) = (plant for plant in plants() if plant.key == MAIN)
    known = {place.name for place in plant.places}
    named = [name for area in AREAS for name in area.points]

    assert set(named) <= known
    assert len(set(named)) == len(named)
