"""A thousand rows on a page's list, and whoever has no mouse."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import insert

from tests.factories.accounts import PASSWORD
from tests.fixtures.actors import World, make_world
from tests.fixtures.browser import Person
from tests.journeys.cast import City
from tests.journeys.ledgers import large_ledger
from tests.journeys.pages.login import LoginPage
from webapp.hazards.models.hazards import Hazard
from webapp.platform import clock
from webapp.platform.database import transaction
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import SYSTEM
from webapp.risks.service.imports import import_rows, preview_upload

MANY = 1000


@pytest.fixture
def world(city: City) -> World:
    """An enterprise with a thousand risks and a thousand reported hazards."""
    world = make_world()
    city.is_filled_by_hand = True
    actor, now = world["safety_officer"].actor, clock.now()
    import_id = preview_upload(actor, large_ledger(MANY), "机加工.xlsx", at=now)
    import_rows(actor, import_id, version=1, at=now)
    with transaction(SYSTEM) as session:
        session.execute(insert(Hazard), [_hazard(world, number) for number in range(MANY)])
    return world


def _hazard(world: World, number: int) -> dict[str, object]:
    at = clock.now() - timedelta(minutes=number)
    words = f"第 {number + 1} 台机床防护罩松动"
    return {
        "enterprise_id": world.enterprise_id,
        "id": new_id(at),
        "number": f"YH-2025-{number + 1:04}",
        "title": words,
        "description": words,
        "source": "report",
        "state": "reported",
        "reported_by_name": "刘伟",
        "reported_at": at,
    }


@pytest.fixture
def zhao(city: City, world: World) -> Person:
    """The safety officer at a desk without a mouse."""
    person = city.stranger("赵建民", on_phone=False)
    LoginPage(person).open().sign_in(world["safety_officer"].login, PASSWORD)
    return person


def test_a_thousand_rows_are_read_and_worked_on_with_the_keyboard_alone(zhao: Person) -> None:
    zhao.open("/risks")
    zhao.look_on("ledger-thousand", 390, 1440)
    zhao.key_to("关键词").keys("第 77 处", "Enter")
    zhao.sees("第 77 处旋转部件外露")
    zhao.key_to("机加工011号机床").keys("Enter")
    expect(zhao.control("收起")).to_be_visible()
    zhao.key_to("收起").keys("Enter")
    expect(zhao.control("收起")).to_be_hidden()

    zhao.open("/hazards")
    zhao.look_on("hazards-thousand", 390, 1440)
    zhao.key_to("下一页").keys("Enter")
    zhao.sees("第 21 台机床防护罩松动")
    zhao.key_to("第 21 台机床防护罩松动").keys("Enter")
    zhao.sees("评估分级")
    zhao.key_to("确定级别").keys("Enter")
    zhao.sees("已评估分级，请下达整改。")
