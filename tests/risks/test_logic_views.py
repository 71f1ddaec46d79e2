"""The page of the logic check, as those see it who can mend a row and those who cannot."""

from collections.abc import Callable
from datetime import UTC, datetime

from tests.factories.risks import make_event, make_measure, make_point
from tests.fixtures.actors import Browser, World
from webapp.enterprise.models.people import Person
from webapp.platform.database import transaction
from webapp.platform.tenancy import SYSTEM

Open = Callable[[str], Browser]


def test_a_finding_leads_the_officer_to_the_row(client_of: Open, world: World):
    point_id = make_point(world.enterprise_id, "熔炼炉")
    event_id = make_event(world.enterprise_id, point_id, level="major", value=720)

    page = client_of("safety_officer").get("risks.logic_list", check="major_unguarded")

    assert f"/risks/events/{event_id}/edit" in [link["href"] for link in page.select("tbody a")]
    assert "五类措施里没有应急处置" in page.text


def test_a_worker_reads_the_finding_and_changes_nothing(client_of: Open, world: World):
    point_id = make_point(world.enterprise_id, "熔炼炉")
    make_event(world.enterprise_id, point_id, level="major", value=720)

    page = client_of("worker").get("risks.logic_list", check="major_unguarded")

    assert not [link for link in page.select("tbody a") if link["href"].endswith("/edit")]


def test_an_owner_who_left_is_named(client_of: Open, world: World):
    point_id = make_point(world.enterprise_id, "熔炼炉")
    owner = world["worker"].person_id
    make_event(world.enterprise_id, point_id, level="low", value=20, owner_id=owner)
    with transaction(SYSTEM) as session:
        session.get(Person, (world.enterprise_id, owner)).left_on = datetime(
            2026, 3, 1, tzinfo=UTC
        ).date()

    page = client_of("safety_officer").get("risks.logic_list", check="owner_left")

    assert "2026 年 3 月 1 日离职" in page.text


def test_measures_that_nobody_checks_are_found(client_of: Open, world: World):
    point_id = make_point(world.enterprise_id, "熔炼炉")
    event_id = make_event(world.enterprise_id, point_id, level="low", value=20)
    for words in ("炉坑干燥无积水", "班前确认炉料干燥"):
        make_measure(world.enterprise_id, event_id, words)

    page = client_of("safety_officer").get("risks.logic_list", check="unchecked")

    assert len(page.select("tbody tr")) == 1
    assert "2 条措施没有排查计划" in page.text
