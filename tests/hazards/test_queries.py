from datetime import timedelta

import pytest

from tests.factories.hazards import (
    NOW,
    TODAY,
    answered,
    make_hazard,
    make_planned,
    make_plant,
    tasks_of,
)
from tests.hazards.statements import counted
from webapp.accounts.rules.roles import Role
from webapp.hazards.queries.day import posts_in_reach, shifts_today
from webapp.hazards.queries.happenings import happenings
from webapp.hazards.queries.hazard_detail import hazard_detail
from webapp.hazards.queries.hazards import hazards, open_counts, pressing
from webapp.hazards.queries.offers import Offer, offers
from webapp.hazards.queries.today import day_counts, today
from webapp.hazards.queries.walk import TaskPart, walk_of
from webapp.hazards.rules.filters import HazardFilter
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardSource, HazardState, Outcome
from webapp.hazards.service.checks import submit_check
from webapp.hazards.service.lifecycle import verify
from webapp.hazards.service.tasks import generate_tasks
from webapp.platform.paging import PageRequest
from webapp.platform.tenancy import system_actor

pytestmark = pytest.mark.usefixtures("db", "files")
S = HazardState


def rows_of(plant, **wanted):
    return hazards(plant.scope, plant.id, HazardFilter(TODAY, **wanted), PageRequest()).rows


# today


def test_a_worker_sees_the_own_posts_tasks_and_who_leads_sees_those_below():
    plant = make_plant()
    make_planned(plant, role=Role.WORKER)
    make_planned(plant, name="班组检查", role=Role.TEAM_LEADER)

    own = posts_in_reach(plant.worker, plant.id)
    team = posts_in_reach(plant.leader, plant.id)
    everything = posts_in_reach(plant.officer, plant.id)

    assert own == {plant.posts[Role.WORKER]}
    assert team == {plant.posts[Role.WORKER], plant.posts[Role.TEAM_LEADER]}
    assert posts_in_reach(plant.head, plant.id) == team | {plant.posts[Role.DEPARTMENT_HEAD]}
    assert everything is None
    assert today(plant.scope, plant.id, own, NOW, PageRequest()).total == 1
    assert today(plant.scope, plant.id, None, NOW, PageRequest()).total == 2


def test_the_walk_puts_what_is_late_first_and_numbers_todays_stops():
    plant = make_plant()
    make_planned(plant, NOW - timedelta(days=1))
    make_planned(plant, name="空压站", frequency="weekly")
    done = make_planned(plant, name="配电室")
    generate_tasks(system_actor("schedule"), plant.id, TODAY + timedelta(days=1), NOW)
    [task] = [each for each in tasks_of(plant, done) if each.opens_at <= NOW]
    submit_check(plant.worker, plant.id, answered(plant, task), at=NOW)

    walk = walk_of(today(plant.scope, plant.id, None, NOW, PageRequest()).rows, NOW)

    assert [row.point for row in walk.late] == ["1 号中频炉"]
    assert [(n, row.point) for n, row in walk.stops] == [(1, "配电室"), (2, "1 号中频炉")]
    assert [row.point for row in walk.later] == ["空压站"]
    assert walk.next.part is TaskPart.DUE


def test_of_missed_shifts_only_the_latest_is_offered():
    plant = make_plant()
    make_planned(plant, NOW - timedelta(days=1), frequency="each_shift")
    generate_tasks(system_actor("schedule"), plant.id, TODAY, NOW)

    late = today(plant.scope, plant.id, None, NOW, PageRequest(), TaskPart.LATE)

    assert [row.due_at.isoformat() for row in late.rows] == ["2026-11-24T00:00:00+00:00"]


def test_shifts_of_today_count_done_missed_and_abnormal():
    plant = make_plant()
    make_planned(plant, NOW - timedelta(hours=5), frequency="each_shift")
    [_, task, *_] = tasks_of(plant)
    submit_check(plant.worker, plant.id, answered(plant, task, abnormal=1), at=NOW)

    rows = shifts_today(plant.scope, plant.id, NOW)

    assert [(row.shift, row.done, row.missed, row.abnormal) for row in rows] == [
        ("S1", 0, 1, 0),
        ("S2", 1, 0, 1),
        ("S3", 0, 0, 0),
    ]


@pytest.mark.parametrize("plans", [1, 6])
def test_today_costs_three_statements_however_many_tasks_there_are(plans):
    plant = make_plant()
    for number in range(plans):
        make_planned(plant, name=f"{number} 号炉")

    with counted() as sent:
        page = today(plant.scope, plant.id, None, NOW, PageRequest(size=50))
        counts = day_counts(plant.scope, plant.id, None, NOW)

    assert (page.total, counts.due) == (plans, plans)
    assert len(sent) == 3


# hazards


def test_the_list_is_narrowed_by_each_filter():
    plant = make_plant()
    reported = make_hazard(plant, S.REPORTED, words="油管渗漏")
    major = make_hazard(plant, S.ASSIGNED, level=HazardLevel.MAJOR, words="报警器失效")
    closed = make_hazard(plant, S.RECTIFIED, words="木箱堵塞通道")
    verify(plant.officer, plant.id, closed, outcome=Outcome.ACCEPTED, at=NOW)

    def found(**wanted):
        return {row.id for row in rows_of(plant, **wanted)}

    assert found() == {reported, major, closed}
    assert found(is_open=True) == {reported, major}
    assert found(state=S.CLOSED) == {closed}
    assert found(level=HazardLevel.MAJOR) == {major}
    assert found(source=HazardSource.SELF_CHECK) == set()
    assert found(department_id=plant.team) == {major, closed}
    assert found(assigned_to=plant.people[Role.WORKER]) == {major, closed}
    assert found(q="渗漏") == {reported}
    assert found(q="YH-2026-0002") == {major}
    assert found(q="100%") == set()


def test_overdue_is_a_fact_of_time():
    plant = make_plant()
    hazard = make_hazard(plant, S.ASSIGNED)
    later = TODAY + timedelta(days=40)

    assert rows_of(plant, is_overdue=True) == ()
    overdue = hazards(plant.scope, plant.id, HazardFilter(later, is_overdue=True), PageRequest())

    assert [(row.id, row.is_overdue, row.tone) for row in overdue.rows] == [(hazard, True, "bad")]
    assert open_counts(plant.scope, plant.id, later).overdue == 1
    assert [row.id for row in pressing(plant.scope, plant.id, later)] == [hazard]


def test_open_hazards_come_by_their_date_and_closed_ones_last():
    plant = make_plant()
    closed = make_hazard(plant, S.RECTIFIED)
    verify(plant.officer, plant.id, closed, outcome=Outcome.ACCEPTED, at=NOW)
    later = make_hazard(plant, S.ASSIGNED)
    undated = make_hazard(plant, S.REPORTED)
    sooner = make_hazard(plant, S.ASSIGNED, at=NOW - timedelta(days=3))

    assert [row.id for row in rows_of(plant)] == [undated, sooner, later, closed]


@pytest.mark.parametrize("many", [1, 4])
def test_the_list_costs_two_statements_however_many_hazards_there_are(many):
    plant = make_plant()
    for _ in range(many):
        make_hazard(plant)

    with counted() as sent:
        page = hazards(plant.scope, plant.id, HazardFilter(TODAY), PageRequest())

    assert (page.total, len(sent)) == (many, 2)


def test_another_tenants_list_is_empty_even_when_asked_by_its_id():
    plant, stranger = make_plant(), make_plant()
    make_hazard(plant)

    found = hazards(stranger.scope, plant.id, HazardFilter(TODAY), PageRequest())

    assert (found.total, found.rows) == (0, ())


def test_a_detail_knows_the_whole_line_back_to_the_plant():
    plant = make_plant()
    point = make_planned(plant)
    submission = answered(plant, tasks_of(plant)[0], abnormal=1)
    [opened] = submit_check(plant.worker, plant.id, submission, at=NOW).hazards

    with counted() as sent:
        found = hazard_detail(plant.scope, plant.id, opened.id)

    origin = found.origin
    assert (origin.point_id, origin.point, origin.event, origin.source) == (
        point, "1 号中频炉", "漏炉，铁水遇水爆炸", "炉衬侵蚀",
    )  # fmt: skip
    assert (origin.measure, origin.item, origin.checked_by) == (
        "炉坑干燥无积水", "炉坑干燥无积水？", "刘伟",
    )  # fmt: skip
    assert [(photo.is_after, photo.added_by) for photo in found.photos] == [(False, "刘伟")]
    assert len(sent) == 3


@pytest.mark.parametrize(
    ("state", "worker", "leader", "officer"),
    [
        (S.REPORTED, (), (), (Offer.GRADE,)),
        (S.GRADED, (), (), (Offer.ASSIGN,)),
        (
            S.ASSIGNED,
            (Offer.RECTIFY,),
            (Offer.RECTIFY,),
            (Offer.RECTIFY, Offer.EXTEND, Offer.TRANSFER),
        ),
        (S.RECTIFIED, (), (), (Offer.VERIFY,)),
    ],
)
def test_a_page_offers_what_this_person_may_do_now(state, worker, leader, officer):
    plant = make_plant()
    found = hazard_detail(plant.scope, plant.id, make_hazard(plant, state))

    assert offers(plant.worker, found) == worker
    assert offers(plant.leader, found) == leader
    assert offers(plant.officer, found) == officer


def test_what_has_just_happened_comes_newest_first():
    plant = make_plant()
    make_planned(plant)
    submit_check(plant.worker, plant.id, answered(plant, tasks_of(plant)[0]), at=NOW)
    make_hazard(plant, at=NOW + timedelta(minutes=1))

    assert [(one.did, one.actor) for one in happenings(plant.scope, plant.id)] == [
        ("上报隐患", "陈志强"),
        ("完成自查", "刘伟"),
    ]
