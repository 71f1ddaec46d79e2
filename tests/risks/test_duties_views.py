"""Levels that have nobody for a risk: seen and given where the advice leads."""

import pytest

from tests.factories import risks
from tests.factories.hazards import plant_of
from tests.fixtures.actors import make_world
from webapp.accounts.rules.roles import Role
from webapp.platform.clock import now
from webapp.platform.unit_of_work import unit_of_work
from webapp.risks.events import LedgerChanged
from webapp.risks.queries.duties import missing_counts
from webapp.scoring.queries.explained import explained
from webapp.standards.risk_methods import ControlLevel


@pytest.fixture
def event(world):
    """A significant risk that department, team and post must control; the post does."""
    plant = plant_of(world)
    point = risks.make_point(plant.id, "配电室", department_id=plant.workshop)
    event = risks.make_event(plant.id, point, level="significant", control_level="department")
    risks.make_measure(
        plant.id, event, "绝缘完好", post_id=plant.posts[Role.WORKER], control_level="post"
    )
    risks.make_measure(plant.id, event, "班前会提示", post_id=None, control_level="team")
    with unit_of_work(plant.officer, "ledger.event_changed", at=now()) as work:
        work.publish(LedgerChanged(plant.id, work.at))
    return event


def duties(world):
    at = now()
    tree = explained(world["principal"].actor.scope, world.enterprise_id, at)
    found = next(i for i in tree.indicators if i.code == "H2.5")
    return int(found.numerator), int(found.denominator)


def given(browser, event, level, post_id, **form):
    return browser.post(
        "risks.duty_give", events=[str(event)], level=level, post_id=post_id, **form
    )


def test_the_levels_that_miss_somebody_are_shown_with_their_measures(client_of, world, event):
    scope = world["principal"].actor.scope
    browser = client_of("safety_officer")

    assert missing_counts(scope, world.enterprise_id) == {
        ControlLevel.DEPARTMENT: 1,
        ControlLevel.TEAM: 1,
    }
    first = browser.get("risks.duty_list")
    assert first.one(".tabs [aria-current=page]").text.startswith("部门级")
    assert "还没有" in first.one("tbody tr").text
    team = browser.get("risks.duty_list", level="team")
    assert "班前会提示" in team.one("tbody tr").text


def test_a_level_is_given_its_post_and_the_score_counts_it(client_of, world, event):
    browser, leader = client_of("safety_officer"), world["team_leader"]
    assert duties(world) == (1, 3)

    answer = given(browser, event, "team", str(leader.post_id), words="")

    assert answer.location == "/risks/duties?level=team"
    assert duties(world) == (2, 3)
    shown = browser.follow(answer)
    assert "1 条风险的班组级责任岗位已指定。" in shown.text
    assert not shown.select("tbody tr")


def test_a_level_without_a_measure_gets_one_in_the_given_words(client_of, world, event):
    browser, head = client_of("safety_officer"), world["department_head"]

    refused = given(browser, event, "department", str(head.post_id), words="")
    given(browser, event, "department", str(head.post_id), words="每月检查措施落实")

    assert refused.status == 422
    assert refused.errors == ["这一层级还没有措施的，增加一条：请填写这一层级做什么。"]
    assert duties(world) == (2, 3)
    assert "每月检查措施落实" in browser.get("risks.event_show", event_id=event).text


def test_what_is_missing_is_said_at_its_field(client_of, world, event):
    browser = client_of("safety_officer")

    answer = browser.post("risks.duty_give", level="team", post_id="")

    assert answer.status == 422
    assert {"风险：请先勾选风险。", "责任岗位：请选择责任岗位。"} <= set(answer.errors)


def test_the_advice_leads_to_the_page(client_of, event):
    page = client_of("safety_officer").get("scoring.score")

    link = next(a for a in page.select(".advice a") if "管控层级指定责任人" in a.text)
    assert link["href"] == "/risks/duties"


def test_another_enterprise_gives_nothing_here(as_, world, event):
    other = make_world()
    answer = given(
        as_(other["safety_officer"]), event, "team", str(other["team_leader"].post_id), words=""
    )

    assert answer.status == 422
    assert duties(world) == (1, 3)
