"""The score page: number, tree, advice, history, and who may see whose."""

import json
from datetime import timedelta

from tests.fixtures.actors import make_world
from tests.scoring.test_counters_service import open_hazard
from webapp.enterprise.queries.profile import profile
from webapp.platform.clock import local_date, now
from webapp.platform.tenancy import SYSTEM


def test_the_score_says_its_total_its_grade_and_the_veto_that_caps_it(client_of):
    page = client_of("safety_officer").get("scoring.score")

    assert page.status == 200
    assert page.one("h1").text == "五有得分"
    assert "尚未建立风险清单" in page.one(".alert").text
    assert len(page.select("details[id^=H]")) == 5


def test_an_overdue_hazard_stands_under_its_indicator_and_leads_to_itself(client_of, world):
    yesterday = local_date(now()) - timedelta(days=1)
    open_hazard(world.enterprise_id, at=now() - timedelta(days=9), due_on=yesterday)

    page = client_of("safety_officer").get("scoring.score")

    records = [item.text for item in page.select(".tree__proof li") if "配电箱未上锁" in item.text]
    assert len(records) == 1
    assert yesterday.isoformat() in records[0]


def test_an_officer_sees_the_score_of_the_region_and_of_no_other(as_, world):
    elsewhere = make_world(county="410581", township="410581100")
    regulator = as_(world["regulator"])

    seen = regulator.get("scoring.score", enterprise_id=world.enterprise_id)
    hidden = regulator.get("scoring.score", enterprise_id=elsewhere.enterprise_id)

    assert (seen.status, hidden.status) == (200, 404)
    # An officer reads the advice without being led into the enterprise's own work.
    assert seen.select(".advice a") == []


def test_the_command_explains_a_score_as_its_contract_says(app, world):
    uscc = profile(SYSTEM, world.enterprise_id).uscc

    result = app.test_cli_runner().invoke(args=["score", "explain", uscc, "--json"])

    tree = json.loads(result.output)
    assert result.exit_code == 0
    assert {"total", "grade", "version", "at", "vetoes", "haves"} <= tree.keys()
    indicator = tree["haves"][0]["indicators"][0]
    assert {
        "code",
        "score",
        "weight",
        "numerator",
        "denominator",
        "assessable",
        "records",
    } <= indicator.keys()


def test_the_command_says_when_there_is_no_such_enterprise(app, db):
    result = app.test_cli_runner().invoke(args=["score", "explain", "91410500MA40AYM1XG"])

    assert result.exit_code == 1
    assert "没有这个统一社会信用代码的企业" in result.output


def test_the_recount_command_fails_when_a_number_differs(app, own_database):
    result = app.test_cli_runner().invoke(args=["stats", "recount", "--check", "--json"])

    assert result.exit_code == 0
    assert json.loads(result.output)["differences"] == []


def test_the_first_page_shows_the_score_and_what_raises_it(client_of, world):
    safety_officer = client_of("safety_officer")
    score = safety_officer.get("scoring.score").one(".score-now b").text

    page = safety_officer.get("hazards.home")

    assert page.one(".score-now b").text == score
    assert 0 < len(page.select(".advice li")) <= 3
