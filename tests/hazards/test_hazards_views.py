import pytest

from tests.factories.hazards import (
    make_hazard,
    make_planned,
    plans_of,
)
from tests.fixtures.actors import make_world
from webapp.platform.clock import now

pytestmark = pytest.mark.usefixtures("db")


def test_the_list_keeps_its_filters_in_the_address(client_of, plant):
    make_hazard(plant, words="油管渗漏", at=now())
    make_hazard(plant, words="木箱堵塞通道", at=now())

    page = client_of("safety_officer").get("hazards.hazard_list", q="渗漏", state="open")
    nothing = client_of("safety_officer").get("hazards.hazard_list", q="没有这样的")

    assert page.texts("tbody th a") == ["油管渗漏"]
    assert page.texts(".filters__on .chip") == ["未销号", "“渗漏”"]
    assert "没有符合条件的隐患" in nothing.text


def test_an_officer_of_the_region_sees_hazards_checks_plans_and_photos(client_of, world, plant):
    make_planned(plant, now())
    hazard = make_hazard(plant, at=now())
    officer, here = client_of("inspector"), {"enterprise_id": plant.id}

    listed = officer.get("hazards.hazard_list", **here)
    page = officer.get("hazards.hazard_show", hazard_id=hazard, **here)

    assert listed.texts("tbody th a") == ["干砂箱盖板变形"]
    assert page.select("#step") == []
    assert officer.get(page.one(".photo img")["src"]).status == 200
    assert officer.get("hazards.plan_list", **here).status == 200
    assert officer.get("hazards.plan_detail", plan_id=plans_of(plant)[0].id, **here).status == 200


def test_neighbours_find_neither_hazard_nor_photo(as_, client_of, plant):
    hazard = make_hazard(plant, at=now())
    source = client_of("worker").get("hazards.hazard_show", hazard_id=hazard)
    photo = source.one(".photo img")["src"]
    abroad = make_world(county="410503", township="410503001")

    for account in (abroad["safety_officer"], abroad["inspector"]):
        browser = as_(account)
        asked = {"hazard_id": hazard, "enterprise_id": plant.id}
        assert browser.get("hazards.hazard_show", **asked).status == 404
        assert browser.get(f"/enterprises/{plant.id}{photo}").status == 404
    assert as_(abroad["safety_officer"]).get(photo).status == 404
