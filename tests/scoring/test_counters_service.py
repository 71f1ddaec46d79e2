"""Counters, day amounts, regional sums and score follow each event in its own transaction."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import enterprise as factory
from webapp.enterprise.events import EnterpriseMoved
from webapp.hazards.events import HazardClosed, HazardDueChanged, HazardOpened, HazardRectified
from webapp.hazards.models.hazards import Hazard
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardSource
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor, enterprise_scope, officer_scope, system_actor
from webapp.platform.unit_of_work import unit_of_work
from webapp.scoring.queries.rollup import rollup, trend
from webapp.scoring.queries.score import counters, stored_score
from webapp.scoring.service.folding import fold
from webapp.scoring.service.rebuild import rebuild
from webapp.scoring.service.recount import recount
from webapp.scoring.service.refresh import refresh_scores

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def actor_of(enterprise_id):
    return Actor(new_id(), "赵建民", "safety_officer", enterprise_scope(enterprise_id))


def open_hazard(enterprise_id, *, at=NOW, due_on=None, level=HazardLevel.GENERAL):
    hazard_id = new_id(at)
    with unit_of_work(actor_of(enterprise_id), "hazard.reported", at=at) as work:
        work.add(
            Hazard(
                enterprise_id=enterprise_id,
                id=hazard_id,
                number=f"YH-{hazard_id}",
                title="配电箱未上锁",
                description="配电箱未上锁",
                source="report",
                level=level,
                reported_by_name="张工",
                is_frontline=True,
                reported_at=at,
                due_on=due_on,
            )
        )
        work.publish(
            HazardOpened(
                enterprise_id,
                hazard_id,
                level,
                HazardSource.REPORT,
                due_on,
                is_frontline=True,
                is_repeated=False,
                reported_by=None,
                at=at,
            )
        )
    return hazard_id


def close_hazard(enterprise_id, hazard_id, *, at=NOW):
    with unit_of_work(actor_of(enterprise_id), "hazard.closed", at=at) as work:
        hazard = work.locked(Hazard, enterprise_id, hazard_id)
        hazard.state, hazard.closed_at, hazard.rectified_at = "closed", at, at
        on_time = hazard.due_on is None or at.date() <= hazard.due_on
        level = HazardLevel(hazard.level)
        work.publish(HazardRectified(enterprise_id, hazard_id, level, hazard.due_on, on_time, at))
        work.publish(
            HazardClosed(
                enterprise_id,
                hazard_id,
                level,
                hazard.reported_at,
                hazard.due_on,
                on_time=on_time,
                is_evidenced=False,
                source=HazardSource.REPORT,
                at=at,
            )
        )


def test_a_reported_hazard_is_counted_when_the_request_returns(db):
    enterprise_id = factory.enterprise()

    open_hazard(enterprise_id, due_on=TODAY - timedelta(days=1))

    row = counters(enterprise_scope(enterprise_id), enterprise_id)
    assert (row.hazards, row.hazards_open, row.hazards_closed) == (1, 1, 0)


def test_a_new_enterprise_has_a_score_and_the_reason_why_it_is_capped(db):
    enterprise_id = factory.enterprise()

    found = stored_score(enterprise_scope(enterprise_id), enterprise_id)

    assert found is not None
    assert (found.grade, found.vetoes) == ("D", ("V5",))


@pytest.mark.usefixtures("own_database")
def test_the_rollup_moves_with_the_hazard_whether_moves_are_folded_or_not():
    enterprise_id = factory.enterprise()
    city = officer_scope(new_id(), "4105")
    hazard_id = open_hazard(enterprise_id, due_on=TODAY - timedelta(days=1))
    unfolded = rollup(city, "4105", today=TODAY)
    fold(TODAY)
    folded = rollup(city, "4105", today=TODAY)

    close_hazard(enterprise_id, hazard_id)

    closed = rollup(city, "4105", today=TODAY).total
    assert unfolded == folded
    assert (folded.total.enterprises, folded.total.hazards_open, folded.total.overdue) == (1, 1, 1)
    assert (closed.hazards_open, closed.hazards_closed, closed.overdue) == (0, 1, 0)
    assert (closed.hazards_due, closed.hazards_on_time) == (1, 0)


@pytest.mark.usefixtures("own_database")
def test_overdue_is_a_fact_of_time_that_no_job_has_to_make():
    enterprise_id = factory.enterprise()
    city = officer_scope(new_id(), "4105")
    open_hazard(enterprise_id, due_on=TODAY)

    overdue = [rollup(city, "4105", today=TODAY + timedelta(days=n)).total.overdue for n in (0, 1)]

    assert overdue == [0, 1]


@pytest.mark.usefixtures("own_database")
@pytest.mark.parametrize("days_later", [0, 1, 40, 120])
def test_sums_kept_ready_are_those_of_the_cells_on_every_day(days_later):
    enterprise_id = factory.enterprise(region_code="410502001")
    factory.enterprise(region_code="410581100")
    for late in (-1, 0, 1, 60, 95):
        open_hazard(enterprise_id, due_on=TODAY - timedelta(days=late), level=HazardLevel.MAJOR)
    close_hazard(enterprise_id, open_hazard(enterprise_id, due_on=TODAY))
    fold(TODAY)
    open_hazard(enterprise_id, due_on=TODAY - timedelta(days=2))
    city, day = officer_scope(new_id(), "4105"), TODAY + timedelta(days=days_later)
    summed = [rollup(city, "4105", industry=industry, today=day) for industry in ("", "34", "26")]

    fold(day)

    kept = [rollup(city, "4105", industry=industry, today=day) for industry in ("", "34", "26")]
    assert kept == summed
    assert summed[0].total.hazards == 7
    assert recount().differences == ()


@pytest.mark.usefixtures("own_database")
def test_a_kept_sum_changed_by_hand_is_found_by_the_recount(own_database):
    factory.enterprise(region_code="410502001")
    fold(TODAY)
    with psycopg.connect(own_database.replace("+psycopg", "")) as connection:
        connection.execute("update region_now set enterprises = 7 where region_code = '410502'")

    found = {(row.scope, row.measure, row.stored, row.counted) for row in recount().differences}

    assert ("410502", "kept enterprises ", 7, 1) in found


@pytest.mark.usefixtures("own_database")
def test_an_officer_sees_only_the_sums_of_his_region():
    factory.enterprise(region_code="410502001")
    factory.enterprise(region_code="410581100")
    fold(TODAY)
    factory.enterprise(region_code="410581100")

    linzhou = rollup(officer_scope(new_id(), "410581"), "4105", today=TODAY)
    city = rollup(officer_scope(new_id(), "4105"), "4105", today=TODAY)

    assert [(row.region_code, row.enterprises) for row in linzhou.rows] == [("410581", 2)]
    assert [(row.region_code, row.enterprises) for row in city.rows] == [
        ("410502", 1),
        ("410581", 2),
    ]


@pytest.mark.usefixtures("own_database")
def test_an_enterprise_that_moves_takes_its_numbers_along():
    enterprise_id = factory.enterprise(region_code="410502001")
    open_hazard(enterprise_id, due_on=TODAY - timedelta(days=3))
    fold(TODAY)
    with unit_of_work(actor_of(enterprise_id), "enterprise.amended", at=NOW) as work:
        work.publish(EnterpriseMoved(enterprise_id, "410502001", "410581100", "34", "31", NOW))

    rows = rollup(officer_scope(new_id(), "4105"), "4105", today=TODAY).rows

    assert [(r.region_code, r.enterprises, r.overdue) for r in rows if r.enterprises] == [
        ("410581", 1, 1)
    ]
    assert all(r.overdue == 0 for r in rows if r.region_code == "410502")


@pytest.mark.usefixtures("own_database")
def test_the_trend_names_every_day():
    enterprise_id = factory.enterprise()
    open_hazard(enterprise_id, at=NOW - timedelta(days=5))

    days = trend(officer_scope(new_id(), "4105"), "4105", today=TODAY)

    assert len(days) == 30
    assert [d.day for d in days if d.hazards_reported] == [TODAY - timedelta(days=5)]


@pytest.mark.usefixtures("own_database")
def test_a_number_changed_by_hand_is_found_by_the_recount(own_database):
    enterprise_id = factory.enterprise()
    open_hazard(enterprise_id)
    fold(TODAY)
    before = recount()
    with psycopg.connect(own_database.replace("+psycopg", "")) as connection:
        connection.execute("update enterprise_counter set hazards_open = 7")

    found = {(row.measure, row.stored, row.counted) for row in recount().differences}

    assert before.differences == ()
    assert ("hazards_open", 7, 1) in found


steps = st.lists(
    st.tuples(
        st.sampled_from(["open", "open_major", "due", "close", "fold"]),
        st.integers(0, 10),
        st.integers(-20, 20),
    ),
    max_size=25,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_after_any_steps_the_stored_numbers_equal_a_recount(own_database, taken):
    enterprise_id = factory.enterprise()
    hazards = []
    for kind, which, days in taken:
        day = TODAY + timedelta(days=days)
        if kind.startswith("open"):
            level = HazardLevel.MAJOR if kind == "open_major" else HazardLevel.GENERAL
            hazards.append(open_hazard(enterprise_id, due_on=day, level=level))
        elif kind == "fold":
            fold(TODAY)
        elif hazards:
            step = move_due if kind == "due" else close_hazard
            hazard_id = hazards[which % len(hazards)]
            step(enterprise_id, hazard_id, *([day] if kind == "due" else []))
            if kind == "close":
                hazards.remove(hazard_id)

    assert recount().differences == ()


def move_due(enterprise_id, hazard_id, day):
    with unit_of_work(actor_of(enterprise_id), "hazard.extended", at=NOW) as work:
        hazard = work.locked(Hazard, enterprise_id, hazard_id)
        before, hazard.due_on = hazard.due_on, day
        level = HazardLevel(hazard.level)
        work.publish(HazardDueChanged(enterprise_id, hazard_id, level, before, day, NOW))


def test_a_rebuild_gives_what_the_events_had_counted(own_database):
    enterprise_id = factory.enterprise()
    close_hazard(enterprise_id, open_hazard(enterprise_id, due_on=TODAY))
    open_hazard(enterprise_id, due_on=TODAY - timedelta(days=2), level=HazardLevel.MAJOR)
    city = officer_scope(new_id(), "4105")
    before = rollup(city, "4105", today=TODAY)

    rebuild(system_actor("test"), at=NOW)

    after = rollup(city, "4105", today=TODAY)
    assert replace(after.total, score_moved_tenths=0) == replace(before.total, score_moved_tenths=0)
    assert recount().differences == ()


@pytest.mark.usefixtures("own_database")
def test_a_score_follows_the_calendar_where_nobody_does_anything():
    enterprise_id = factory.enterprise()
    open_hazard(enterprise_id, due_on=TODAY, level=HazardLevel.MAJOR)
    own = enterprise_scope(enterprise_id)
    before = stored_score(own, enterprise_id)
    active_at = counters(own, enterprise_id).last_activity_at

    refresh_scores(system_actor("schedule"), at=NOW + timedelta(days=1), report=lambda *_: None)

    assert "V2" not in before.vetoes
    assert "V2" in stored_score(own, enterprise_id).vetoes
    assert counters(own, enterprise_id).last_activity_at == active_at
    assert recount().differences == ()
