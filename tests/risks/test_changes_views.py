from collections.abc import Callable
from io import BytesIO
from uuid import UUID

import openpyxl
import pytest

from tests.dom import Page
from tests.fixtures.actors import Account, Browser, World, make_world
from tests.risks.drafts import draft
from tests.risks.importing import actions
from tests.risks.ledgers import HEAD, row, xlsx
from tests.risks.ledgers import Page as SheetPage
from tests.risks.round_trips import rows_of, with_cells
from webapp.platform import jobs
from webapp.platform.clock import now
from webapp.risks.service import imports
from webapp.risks.service.imports import AT_ONCE
from webapp.risks.service.ledger import add_event, change_event

Open = Callable[[str], Browser]


@pytest.fixture
def officer(world: World) -> Account:
    return world["safety_officer"]


@pytest.fixture
def events(officer: Account) -> list[UUID]:
    names = ("炉料潮湿", "炉衬侵蚀", "冷却水断流")
    return [add_event(officer.actor, draft(hazard_source=name), at=now()) for name in names]


@pytest.fixture
def browser(client_of: Open, events: list[UUID]) -> Browser:
    return client_of("safety_officer")


def exported(browser: Browser) -> bytes:
    return browser.get("risks.ledger_workbook").body


def sent(browser: Browser, data: bytes) -> Page:
    answer = browser.post("risks.import_upload", file=(BytesIO(data), "清单.xlsx"))
    return browser.follow(browser.follow(answer))


def press(browser: Browser, page: Page, label: str) -> Page:
    named = f"[aria-label='{label}']"
    form = next(f for f in page.select("form") if label in f.text or f.select(named))
    values = {i["name"]: i["value"] for i in form.select("input[type=hidden][name]")}
    return browser.post(form["action"], **values)


def test_the_comparison_shows_each_cell_and_the_confirmation_writes_it(
    browser: Browser, officer: Account
):
    data = with_cells(exported(browser), {2: {"备注": "季度复评"}, 3: {"残余L": 4}})

    page = sent(browser, data)
    assert page.texts(".stat__value") == ["1 条", "0 条", "0 条", "1 条"]
    first, second = page.select("#rows tbody tr")
    assert (first.one("ins").text, first.one(".tag").text) == ("季度复评", "将修改")
    assert "L（事故发生的可能性）应为" in second.text
    assert page.texts(".confirm-bar h2") == ["采用 1 行，不采用 1 行"]

    done = browser.follow(press(browser, page, "写入 1 行"))

    assert done.texts(".stat__value") == ["1 行", "1 行"]
    assert rows_of(officer.actor)[0].remark == "季度复评"
    assert actions(officer.actor)[-1] == "ledger.changed_by_file"


def test_a_conflict_names_who_and_is_decided_with_a_button(
    browser: Browser, world: World, events: list[UUID], officer: Account
):
    data = with_cells(exported(browser), {2: {"备注": "文件说的"}})
    change = draft(hazard_source="炉料潮湿", remark="台账说的")
    change_event(world["principal"].actor, events[0], change, version=1, at=now())

    page = sent(browser, data)
    (line,) = page.select("#rows tbody tr")
    assert world["principal"].name in line.text
    assert (line.one("del").text, line.one("ins").text) == ("台账说的", "文件说的")
    assert line.one(".tag").text == "有冲突，待决定"

    decided = browser.follow(press(browser, page, "R-0001 采用文件的"))
    assert decided.one("#rows .tag").text == "采用文件的"
    browser.follow(press(browser, decided, "写入 1 行"))

    assert rows_of(officer.actor)[0].remark == "文件说的"


def test_an_old_page_cannot_decide_or_confirm(
    browser: Browser, world: World, events: list[UUID], officer: Account
):
    data = with_cells(exported(browser), {2: {"备注": "文件"}, 3: {"备注": "文件"}})
    change = draft(hazard_source="炉料潮湿", remark="台账")
    change_event(world["principal"].actor, events[0], change, version=1, at=now())
    page = sent(browser, data)
    press(browser, page, "R-0001 保留台账的")

    again = press(browser, page, "R-0001 采用文件的")
    late = press(browser, page, "写入 1 行")

    assert (again.status, late.status) == (409, 409)
    assert "对照结果刚有变化" in again.one(".error-summary").text
    assert [row.remark for row in rows_of(officer.actor)] == ["台账", "", ""]


def test_the_file_is_compared_again_on_demand(browser: Browser, world: World, events: list[UUID]):
    page = sent(browser, with_cells(exported(browser), {2: {"备注": "文件说的"}}))
    change = draft(hazard_source="炉料潮湿", remark="台账说的")
    change_event(world["principal"].actor, events[0], change, version=1, at=now())

    again = browser.follow(press(browser, page, "重新对照"))

    assert again.texts(".stat__value") == ["0 条", "0 条", "1 条", "0 条"]


def test_refused_rows_can_be_fetched_before_and_after(browser: Browser, officer: Account):
    data = with_cells(exported(browser), {2: {"备注": "好"}, 3: {"残余L": 4}})
    page = sent(browser, data)
    address = page.select("a[href$='rest.xlsx']")[0]["href"]

    before = browser.get(address)
    press(browser, page, "写入 1 行")
    after = browser.get(address)

    for answer in (before, after):
        sheet = openpyxl.load_workbook(BytesIO(answer.body)).worksheets[0]
        assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["R-0002"]
        assert sheet.column_dimensions[sheet.cell(1, sheet.max_column).column_letter].hidden


def test_a_file_can_be_left_aside(browser: Browser, officer: Account):
    page = sent(browser, with_cells(exported(browser), {2: {"备注": "好"}}))

    left = browser.follow(press(browser, page, "放弃"))

    assert left.status == 200
    assert rows_of(officer.actor)[0].remark == ""


def test_many_rows_are_written_in_the_background(client_of: Open, own_database: str):
    world = make_world()
    officer = world["safety_officer"]
    lines = [row(at, point=f"风险点{at % 40}") for at in range(AT_ONCE + 1)]
    ledger = xlsx(SheetPage([HEAD, *lines]))
    imports.import_rows(
        officer.actor,
        imports.preview_upload(officer.actor, ledger, "台账.xlsx", at=now()),
        at=now(),
    )
    browser = Browser(client_of("public").app, officer.token)
    rows = range(2, AT_ONCE + 3)
    page = sent(browser, with_cells(exported(browser), {at: {"备注": "复评"} for at in rows}))

    waiting = browser.follow(press(browser, page, f"写入 {AT_ONCE + 1} 行"))
    assert waiting.one("h1").text == "正在按文件修改风险清单"
    while jobs.run_one():
        pass
    done = browser.get(waiting.response.request.path)

    assert done.texts(".stat__value") == [f"{AT_ONCE + 1} 行", "0 行"]
    assert {each.remark for each in rows_of(officer.actor)} == {"复评"}


def test_a_worker_may_not_send_changes(client_of: Open, browser: Browser):
    page = sent(browser, with_cells(exported(browser), {2: {"备注": "好"}}))

    assert client_of("worker").get(page.response.request.path).status == 403
