"""Drawing a four-colour map with mouse and keys; two who draw at once."""

import pytest

from tests.factories.accounts import PASSWORD
from tests.factories.risks import make_event, make_point, plan_picture
from tests.fixtures.actors import World, make_world
from tests.fixtures.browser import Person
from tests.journeys.cast import City
from tests.journeys.pages.login import LoginPage
from tests.journeys.pages.maps import MapPage

NAME = "厂区总平面"


@pytest.fixture
def world(city: City) -> World:
    """An enterprise with a red and a blue point."""
    world = make_world()
    city.is_filled_by_hand = True
    for name, level in (("熔炼炉", "major"), ("成品库", "low")):
        make_event(world.enterprise_id, make_point(world.enterprise_id, name), level=level)
    return world


def at_a_desk(city: City, world: World, name: str) -> Person:
    person = city.stranger(name, on_phone=False)
    LoginPage(person).open().sign_in(world["safety_officer"].login, PASSWORD)
    return person


def test_an_area_is_drawn_linked_corrected_with_keys_and_saved(city: City, world: World):
    zhao = at_a_desk(city, world, "赵建民")
    drawing = MapPage(zhao).upload(NAME, plan_picture())

    drawing.draw("熔炼跨", (0.1, 0.1), (0.4, 0.1), (0.4, 0.5), (0.1, 0.5)).link("熔炼炉")
    assert drawing.areas() == ["熔炼跨（重大）"]
    drawing.push(1, "Delete")
    assert drawing.corners() == 3
    drawing.undo()
    assert drawing.corners() == 4
    drawing.push(2, "ArrowRight", "Shift+ArrowDown")
    zhao.press("放点位")
    drawing.click_at((0.7, 0.7)).name("成品库").link("成品库")
    zhao.look("map-drawing")
    drawing.save()

    assert zhao.heading.startswith(NAME)
    cells = zhao.page.locator("tbody tr").all_inner_texts()
    assert [row.split() for row in cells] == [
        ["熔炼跨", "熔炼炉", "重大", "1"],
        ["成品库", "成品库", "低", "1"],
    ]
    zhao.look_on("map", 390, 1440)


def test_who_saves_second_is_shown_what_the_other_has_drawn(city: City, world: World):
    zhao = at_a_desk(city, world, "赵建民")
    mine = MapPage(zhao).upload(NAME, plan_picture())
    sun = at_a_desk(city, world, "孙立军")
    sun.open(zhao.page.url)
    theirs = MapPage(sun)
    theirs.draw("孙画的", (0.1, 0.1), (0.4, 0.1), (0.4, 0.5)).save()

    mine.draw("赵画的", (0.5, 0.5), (0.9, 0.5), (0.9, 0.9)).save()

    zhao.sees("没有保存")
    assert mine.areas() == ["赵画的（未评价）"]
    assert "孙画的" in zhao.page.get_by_role("region", name="已保存的图").first.inner_html()
    sun.open(sun.page.url)
    assert "孙画的" in sun.words
    assert "赵画的" not in sun.words
