"""A ledger out to Excel and back, while somebody else works in it."""

from io import BytesIO

import openpyxl
import pytest

from tests.factories.accounts import PASSWORD
from tests.fixtures.actors import World, make_world
from tests.fixtures.browser import Person
from tests.journeys.cast import City
from tests.journeys.pages.changes import ChangesPage
from tests.journeys.pages.login import LoginPage
from tests.risks.drafts import draft
from tests.risks.round_trips import rows_of, with_cells
from webapp.platform import clock
from webapp.risks.service.ledger import add_event

SOURCES = ("炉料潮湿", "炉衬侵蚀", "冷却水断流", "行车脱钩")


@pytest.fixture
def world(city: City) -> World:
    """An enterprise with four risks."""
    world = make_world()
    for name in SOURCES:
        risk = draft(hazard_source=name, department_id=world.department_id)
        add_event(world["safety_officer"].actor, risk, at=clock.now())
    return world


def at_a_desk(city: City, world: World, role: str, name: str) -> Person:
    person = city.stranger(name, on_phone=False)
    LoginPage(person).open().sign_in(world[role].login, PASSWORD)
    return person


def test_a_ledger_is_changed_in_excel_while_another_changes_it_on_the_page(
    city: City, world: World
) -> None:
    zhao = at_a_desk(city, world, "safety_officer", "赵建民")
    head = at_a_desk(city, world, "department_head", "孙立军")

    zhao.open("/risks")
    _, workbook = zhao.fetch("/risks/ledger.xlsx")
    changed = with_cells(
        workbook,
        {
            2: {"备注": "文件里的话"},
            3: {"备注": "文件里的话", "残余C": 7},
            4: {"事故后果": "烫伤", "管理措施": "班前确认炉料干燥；\n每班记录水压"},
            5: {"残余L": 4},
        },
    )
    for row in rows_of(world["safety_officer"].actor)[:2]:
        head.open(f"/risks/events/{row.id}/edit")
        head.fill({"备注": "车间主任写的话"})
        head.press("保存")
        head.sees("车间主任写的话")

    page = ChangesPage(zhao).send("改过的清单.xlsx", changed)
    zhao.look_on("changes-preview", 390, 1440)
    assert world["department_head"].name in page.line("R-0001")
    assert "烫伤" in page.line("R-0003")
    assert "不能采用" in page.line("R-0004")
    page.take_the_file("R-0001")
    page.keep_ours("R-0002")
    page.confirm()
    zhao.look_on("changes-done", 390, 1440)

    first, second, third, fourth = rows_of(world["safety_officer"].actor)
    assert (first.remark, second.remark) == ("文件里的话", "车间主任写的话")
    assert second.residual.value == 270
    assert third.consequence == "烫伤"
    assert "每班记录水压" in [text for texts in third.measures.values() for text in texts]
    assert fourth.residual.value == 270
    sheet = openpyxl.load_workbook(BytesIO(page.rest())).worksheets[0]
    assert [line[0] for line in sheet.iter_rows(min_row=2, values_only=True)] == ["R-0004"]
