"""The records that cost points: under their indicator, in words, leading to themselves."""

from datetime import timedelta

import pytest

from tests.factories.hazards import make_planned, plant_of
from tests.scoring.test_counters_service import open_hazard
from webapp.platform.clock import local_date, now
from webapp.platform.paging import PageRequest
from webapp.platform.tenancy import SYSTEM
from webapp.scoring.queries.costing import costing_page
from webapp.scoring.queries.explained import explained

YESTERDAY = local_date(now()) - timedelta(days=1)


def overdue(world, count):
    for _ in range(count):
        open_hazard(world.enterprise_id, at=now() - timedelta(days=9), due_on=YESTERDAY)


def lines(page, code):
    """The lines of records under an indicator."""
    proof = next(p for p in page.select("details details") if code in p.one("summary").text)
    return proof.select(".list .row")


def test_every_indicator_that_records_fill_has_a_list_that_the_database_understands(world):
    listed = {"H2.1", "H2.3", "H2.4", "H2.5", "H3.1", "H3.2", "H3.3", "H3.4", "H3.5", "H3.6"}
    listed |= {"H3.8", "H4.1", "H4.2", "H4.5", "H5.4"}

    for code in sorted(listed):
        found = costing_page(SYSTEM, world.enterprise_id, code, now(), PageRequest())
        assert found.total >= len(found.rows), code


def test_people_who_do_nothing_and_posts_without_a_signed_list_are_named(client_of, world):
    page = client_of("safety_officer").get("scoring.score")

    people = [line.text for line in lines(page, "H4.1")]
    posts = [line.text for line in lines(page, "H4.5")]
    assert any("何" in line or "熔炼工" in line for line in people)
    assert all("责任清单未公示或未签收" in line or "岗位没有人" in line for line in posts)
    assert lines(page, "H4.1")[0].one("a")["href"].startswith("/people/")


def test_a_full_indicator_lists_no_record(world):
    open_hazard(world.enterprise_id, at=now(), due_on=local_date(now()) + timedelta(days=9))

    tree = explained(SYSTEM, world.enterprise_id, now())

    full = [i for i in tree.indicators if i.assessable and i.score == i.weight]
    assert full
    assert not any(i.records for i in full)


def test_more_records_than_the_page_shows_lead_to_a_list_of_all(client_of, world):
    overdue(world, 51)
    browser = client_of("safety_officer")

    page = browser.get("scoring.score")

    assert len(lines(page, "H3.4")) == 50
    link = page.one("a[href='/score/H3.4/records']")
    shown = browser.get(link["href"])
    assert "共 51 条" in shown.one(".pager").text
    assert len(browser.get(link["href"], page=2).select(".list .row")) > 0


def test_an_officer_reads_the_list_of_the_region_and_of_no_other(as_, world):
    overdue(world, 1)
    address = {"code": "H3.4", "enterprise_id": world.enterprise_id}

    page = as_(world["regulator"]).get("scoring.score_records", **address)

    assert page.one(".list a")["href"].startswith(f"/enterprises/{world.enterprise_id}/hazards/")


@pytest.mark.parametrize("code", ["H9.9", "H1.1", "x"])
def test_an_indicator_without_records_has_no_list(client_of, code):
    assert client_of("safety_officer").get("scoring.score_records", code=code).status == 404


def test_a_task_says_in_words_what_became_of_it_and_leads_to_it(client_of, world):
    month_ago = now() - timedelta(days=40)
    make_planned(plant_of(world), at=month_ago, name="喷漆室", measures=("通风正常",))

    page = client_of("safety_officer").get("scoring.score")

    line = next(line for line in lines(page, "H3.2") if "喷漆室" in line.text)
    assert "排查，没有查" in line.text
    assert "-W" not in line.text
    assert line.one("a")["href"].startswith("/tasks/")
