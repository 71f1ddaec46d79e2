from collections.abc import Callable

import pytest

from tests.documents.reading import flat, picture, texts
from tests.factories import enterprise as tenants
from tests.factories.risks import make_event, make_measure, make_point
from tests.fixtures.actors import Browser, World
from webapp.enterprise.rules.organisation import PostKind

Open = Callable[[str], Browser]


@pytest.fixture
def point_id(world: World):
    return make_point(world.enterprise_id, "1 号中频炉")


def test_the_board_holds_major_and_significant_risks_and_no_others(
    client_of: Open, world: World, point_id
):
    for level, words in (("significant", "加料喷溅"), ("major", "漏炉爆炸"), ("low", "滑倒")):
        event = make_event(world.enterprise_id, point_id, words, level=level)
        make_measure(world.enterprise_id, event, f"防{words}", category="management")

    content = client_of("worker").get("risks.notice_board").body

    words = flat(content)
    assert "重大风险1条" in words
    assert "较大风险1条" in words
    assert words.index("漏炉爆炸") < words.index("加料喷溅")
    assert "滑倒" not in words
    assert picture(content, dpi=72).size == (1191, 842)


def test_the_board_says_that_there_is_no_major_risk_only_when_risks_were_assessed(
    client_of: Open, world: World, point_id
):
    browser = client_of("worker")
    empty = flat(browser.get("risks.notice_board").body)
    make_event(world.enterprise_id, point_id, level="low")
    without = flat(browser.get("risks.notice_board").body)
    make_event(world.enterprise_id, point_id, level="significant")
    significant = flat(browser.get("risks.notice_board").body)

    assert "尚未登记安全风险" in empty
    assert "无重大风险" not in empty
    assert "无重大风险，无较大风险" in without
    assert "无重大风险" in significant
    assert "较大风险1条" in significant


def test_a_long_board_goes_on_over_pages_with_its_head(client_of: Open, world: World, point_id):
    for number in range(30):
        event = make_event(world.enterprise_id, point_id, f"风险{number}", level="major")
        for category in ("engineering", "management", "emergency"):
            make_measure(world.enterprise_id, event, "措施" * 20, category=category)

    pages = texts(client_of("worker").get("risks.notice_board").body)

    assert len(pages) > 1
    assert all(f"共 {len(pages)} 页" in page for page in pages)
    assert all("应急措施" in page for page in pages)


@pytest.fixture
def charged(world: World, point_id):
    """A major risk of the team, owned by the principal's name, with a measure of the worker."""
    owner = world["principal"].person_id
    event = make_event(
        world.enterprise_id,
        point_id,
        level="major",
        control_level="company",
        department_id=world.team_id,
        owner_id=owner,
    )
    make_measure(world.enterprise_id, event, post_id=world["worker"].post_id)
    return event


def test_the_matrix_names_somebody_on_each_level_below_the_one_that_answers(
    client_of: Open, charged
):
    page = client_of("safety_officer").get("risks.matrix")

    cells = page.texts("tbody tr td")[1:]
    assert cells == ["周洪涛 牵头管控", "车间主任 孙立军", "班长 马国强", "熔炼工 刘伟"]
    assert "上一级管控的风险，下一级同时管控" in page.text


def test_the_matrix_shows_where_nobody_is_charged(client_of: Open, world: World, point_id):
    elsewhere = tenants.department(world.enterprise_id, "仓储部")
    make_event(
        world.enterprise_id,
        point_id,
        level="significant",
        control_level="department",
        department_id=elsewhere,
    )

    page = client_of("safety_officer").get("risks.matrix")

    assert page.texts("tbody tr td")[1:] == ["—", "待指定 牵头管控", "待指定", "待指定"]
    assert (
        "1 条有层级待指定责任人"
        in texts(client_of("safety_officer").get("risks.matrix_paper").body)[0]
    )


def test_the_matrix_on_paper_says_the_rule_and_the_names(client_of: Open, charged):
    words = flat(client_of("worker").get("risks.matrix_paper").body)

    assert "上一级管控的风险，下一级同时管控" in words
    assert "●周洪涛" in words
    assert "班长马国强" in words


def test_officers_of_the_region_see_board_and_matrix(client_of: Open, world: World, charged):
    browser = client_of("inspector")
    where = {"enterprise_id": world.enterprise_id}

    assert browser.get("risks.notice_board", **where).status == 200
    assert browser.get("risks.matrix", **where).status == 200
    assert browser.get("risks.matrix_paper", **where).status == 200


def test_a_post_of_another_department_leads_nothing_here(client_of: Open, world: World, point_id):
    elsewhere = tenants.department(world.enterprise_id, "机加车间")
    post = tenants.post(
        world.enterprise_id, "机加主任", kind=PostKind.DEPARTMENT_HEAD, department_id=elsewhere
    )
    tenants.person(world.enterprise_id, "钱进", post_id=post, department_id=elsewhere)
    make_event(
        world.enterprise_id,
        point_id,
        level="significant",
        control_level="department",
        department_id=world.department_id,
    )

    page = client_of("safety_officer").get("risks.matrix")

    assert "钱进" not in page.text
    assert "车间主任 孙立军 牵头管控" in page.texts("tbody tr td")
