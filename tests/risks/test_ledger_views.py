from collections.abc import Callable

import pytest

from tests.dom import Page
from tests.factories import enterprise as tenant
from tests.factories.risks import make_event, make_point
from tests.fixtures.actors import Account, Browser, World
from tests.risks.drafts import draft
from webapp.platform.clock import now
from webapp.risks.service.ledger import add_event

Open = Callable[[str], Browser]


@pytest.fixture
def officer(world: World) -> Account:
    return world["safety_officer"]


@pytest.fixture
def event_id(officer: Account):
    return add_event(officer.actor, draft(), at=now())


def rows(page: Page) -> list[str]:
    return page.texts("tbody tr:not(.row-detail) th")


def test_an_empty_ledger_says_what_to_do(client_of: Open):
    page = client_of("safety_officer").get("risks.ledger")

    assert page.one(".empty h3").text == "还没有风险清单"
    assert page.one(".empty a").text == "导入 Excel 台账"


def test_an_empty_ledger_offers_nothing_to_those_who_may_not_write(client_of: Open):
    page = client_of("worker").get("risks.ledger")

    assert not page.select(".empty a")


def test_the_ledger_lists_the_gravest_first_with_its_words(client_of: Open, world: World):
    for name, level, value in (("成品库", "low", 42), ("熔炼炉", "major", 720)):
        point_id = make_point(world.enterprise_id, name)
        make_event(world.enterprise_id, point_id, level=level, value=value)

    page = client_of("worker").get("risks.ledger")

    assert rows(page) == ["熔炼炉", "成品库"]
    assert page.texts("tbody .risk") == ["重大", "低"]
    assert page.texts(".stat .risk") == ["重大风险", "较大风险", "一般风险", "低风险"]


def test_filters_live_in_the_address_and_can_be_taken_away(client_of: Open, world: World):
    for name, level in (("成品库", "low"), ("熔炼炉", "major")):
        make_event(world.enterprise_id, make_point(world.enterprise_id, name), level=level)

    page = client_of("worker").get("risks.ledger", level="low", q="成品")

    assert rows(page) == ["成品库"]
    assert page.texts(".filters__on .chip") == ["“成品”", "低风险"]
    assert page.select(".filters__on .chip")[1]["href"].endswith("?q=%E6%88%90%E5%93%81")


def test_a_filter_that_finds_nothing_says_so(client_of: Open, event_id):
    page = client_of("worker").get("risks.ledger", q="没有这个词")

    assert page.one(".empty h3").text == "没有符合条件的风险"


def test_nonsense_in_the_address_is_no_filter(client_of: Open, event_id):
    page = client_of("worker").get(
        "risks.ledger", level="purple", department="x", accident="99", page="-3", sort="drop table"
    )

    assert rows(page) == ["1 号中频炉"]


def test_tabs_count_what_they_hold(client_of: Open, event_id):
    page = client_of("safety_officer").get("risks.ledger")

    assert page.texts(".tabs a") == [
        "全部 1",
        "重大与较大 1",
        "措施不足 1",
        "待指定责任人 1",
        "我负责的 0",
    ]


def test_an_officer_of_the_region_reads_the_ledger_and_changes_nothing(
    client_of: Open, world: World, event_id
):
    inspector = client_of("inspector")

    page = inspector.get("risks.ledger", enterprise_id=world.enterprise_id)
    detail = inspector.get("risks.event_show", event_id=event_id, enterprise_id=world.enterprise_id)

    assert rows(page) == ["1 号中频炉"]
    assert not page.select("a.btn--primary")
    assert not detail.select("form[method=post]:not(.inline):not([action*=logout])")


def test_a_point_shows_its_risks(client_of: Open, world: World, event_id):
    browser = client_of("worker")
    address = browser.get("risks.point_list").one("tbody th a")["href"]

    page = browser.get(address)

    assert page.one("h1").text.startswith("1 号中频炉")
    assert page.texts("tbody th") == ["R-0001"]


def test_an_empty_point_can_be_stopped_and_one_with_risks_cannot(client_of: Open, world: World):
    browser = client_of("safety_officer")
    empty = make_point(world.enterprise_id, "旧锅炉")
    used = make_point(world.enterprise_id, "新锅炉")
    make_event(world.enterprise_id, used)

    done = browser.follow(browser.post("risks.point_stop", point_id=empty))
    refused = browser.post("risks.point_stop", point_id=used)

    assert "风险点已停用" in done.one(".alert--ok").text
    assert refused.errors == ["“新锅炉”下还有 1 条风险，请先删除或移到其他风险点。"]


def test_another_enterprises_event_is_not_found(as_, world: World, event_id):
    other = tenant.enterprise()
    browser = as_(world["inspector"])

    page = browser.get("risks.event_show", event_id=event_id, enterprise_id=other)

    assert page.status == 404
