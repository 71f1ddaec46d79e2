from datetime import timedelta

import pytest

from tests.factories.hazards import (
    make_hazard,
    make_planned,
)
from tests.fixtures.actors import World
from webapp.hazards.rules.lifecycle import HazardState
from webapp.platform.clock import now

pytestmark = pytest.mark.usefixtures("db")
S = HazardState


@pytest.mark.parametrize(
    ("role", "endpoint", "words"),
    [
        ("worker", "hazards.today", "今天没有要查的"),
        ("team_leader", "hazards.today", "今天没有要查的"),
        ("safety_officer", "hazards.home", "今天没有应查的任务"),
        ("department_head", "hazards.home", "还没有自查和隐患记录"),
        ("principal", "hazards.home", "没有逾期或今天到期的隐患"),
        ("safety_officer", "hazards.plan_list", "还没有排查计划"),
        ("worker", "hazards.hazard_list", "还没有隐患"),
        ("worker", "hazards.report", "三步：拍照、选地点、说一句"),
    ],
)
def test_an_empty_page_says_what_to_do(client_of, world: World, role, endpoint, words):
    page = client_of(role).get(endpoint)

    assert page.status == 200
    assert words in page.text


def test_a_worker_begins_with_the_walk_and_an_officer_of_the_agency_elsewhere(client_of):
    assert client_of("worker").get("hazards.home").location.endswith("/today")
    assert client_of("inspector").get("hazards.home").status == 303


def test_the_desk_puts_one_thing_first(client_of, plant):
    make_hazard(plant, S.ASSIGNED, words="气瓶混放", at=now() - timedelta(days=60))

    page = client_of("safety_officer").get("hazards.home")

    assert page.one(".focus h2").text == "气瓶混放"
    assert page.texts(".stat__value") == ["0 / 0 处", "1 条", "0 条", "0 条"]


def test_what_is_still_to_be_rectified_comes_before_what_waits_for_its_verification(
    client_of, plant
):
    make_hazard(plant, S.RECTIFIED, words="铁水坑积水", at=now() - timedelta(days=70))
    desk = client_of("safety_officer")

    assert desk.get("hazards.home").one(".focus .btn").text == "去验收"
    make_hazard(plant, S.ASSIGNED, words="气瓶混放", at=now() - timedelta(days=60))
    assert desk.get("hazards.home").one(".focus h2").text == "气瓶混放"


def test_the_enterprise_file_shows_plans_checks_and_hazards(client_of, plant):
    make_planned(plant, now())
    make_hazard(plant, S.ASSIGNED, words="气瓶混放", at=now())

    page = client_of("safety_officer").get("enterprise.file_show", part="hazards")

    [listed] = [table for table in page.select("table") if "未销号隐患" in table.text]
    assert "气瓶混放" in listed.text
    assert "气瓶混放" in page.text
