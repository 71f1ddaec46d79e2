"""A ledger from the industry's template to a signed version, a map in colours and cards."""

import pytest

from tests.factories.accounts import PASSWORD
from tests.fixtures.actors import World, make_counted_world
from tests.fixtures.browser import Person
from tests.journeys.cast import City
from tests.journeys.pages.login import LoginPage
from webapp.standards.ledger_templates import ledger_template

STARTER = ledger_template("machinery")
PROCESS = STARTER.processes[0]


@pytest.fixture
def world(city: City) -> World:
    """An enterprise that has no ledger yet."""
    return make_counted_world()


def at_work(city: City, world: World, role: str, name: str, *, on_phone: bool = False) -> Person:
    person = city.stranger(name, on_phone=on_phone)
    LoginPage(person).open().sign_in(world[role].login, PASSWORD)
    person.page.wait_for_url(lambda address: "/login" not in address)
    return person


def test_a_first_ledger_is_taken_confirmed_checked_and_signed(city: City, world: World) -> None:
    zhao = at_work(city, world, "safety_officer", "赵建民")
    zhao.open("/risks")
    zhao.follow("没有台账？从行业模板开始")
    zhao.look_on("templates", 390, 1440)
    zhao.follow(STARTER.name)
    zhao.tick(PROCESS.name)
    zhao.look("template")
    zhao.press("加入清单")
    zhao.sees(f"已加入 {PROCESS.risks} 条风险")

    _gives_the_first_risk_to_a_department(zhao, world)
    _confirms_the_rest(zhao)
    zhao.open("/risks/logic")
    zhao.look_on("logic-check", 390, 1440)
    assert zhao.heading == "逻辑检查"

    zhao.open("/risks/versions")
    zhao.fill({"修订说明": "首次编制"})
    zhao.press("提交审核")
    zhao.sees("已提交审核")
    place = zhao.page.url
    head = at_work(city, world, "department_head", "马国强")
    head.open(place)
    head.tick("同意")
    head.press("提交意见")
    head.sees("审核意见已记录")

    li = at_work(city, world, "principal", "李国栋", on_phone=True)
    li.open(place)
    li.sign("主要负责人签名")
    li.press("签发")
    li.sees("第 1 版已签发")
    li.look("version-signed")
    zhao.open("/risks/versions")
    zhao.sees("现行清单与发布的版本相同。")
    zhao.look_on("versions", 390, 1440)


def _gives_the_first_risk_to_a_department(zhao: Person, world: World) -> None:
    first = zhao.page.locator("tbody tr th a").first
    zhao.open(f"{first.get_attribute('href')}/edit")
    zhao.field("责任部门").select_option(value=str(world.department_id))
    zhao.press("保存")


def _confirms_the_rest(zhao: Person) -> None:
    zhao.open("/risks?view=proposed")
    for box in zhao.page.locator("input[name=events]").all():
        box.check(force=True)
    zhao.look("proposals")
    zhao.press("确认勾选的风险")
    zhao.sees(f"已确认 {PROCESS.risks - 1} 条风险")
