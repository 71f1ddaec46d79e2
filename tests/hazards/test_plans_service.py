from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from tests.factories import enterprise as enterprises
from tests.factories import risks
from tests.factories.hazards import (
    NOW,
    TODAY,
    editions_of,
    make_furnace,
    make_planned,
    make_plant,
    plans_of,
    tasks_of,
)
from webapp.accounts.rules.roles import Role
from webapp.enterprise.rules.organisation import PostKind
from webapp.hazards.models.plans import CheckTask
from webapp.hazards.queries.plan_list import plan, plans, unplanned_measures
from webapp.hazards.queries.plans import enterprises_waiting
from webapp.hazards.rules.filters import PlanFilter
from webapp.hazards.service.plan_changes import change_plan, pause_plan, resume_plan
from webapp.hazards.service.plans import derive_all_plans, derive_plans
from webapp.hazards.service.tasks import AHEAD, generate_for_all, generate_tasks, order_generation
from webapp.platform.clock import SHANGHAI
from webapp.platform.database import reading, transaction
from webapp.platform.errors import Conflict, Forbidden, Invalid, NotFound
from webapp.platform.outbox import Job
from webapp.platform.paging import PageRequest
from webapp.platform.tenancy import SYSTEM, system_actor
from webapp.risks.models.ledger import RiskPoint
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.rules.control_levels import Frequency

pytestmark = pytest.mark.usefixtures("db")
SCHEDULE = system_actor("schedule")


def at(day: int, hour: int = 10, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, 30, tzinfo=SHANGHAI)


def periods(plant, state="open"):
    return [task.period for task in tasks_of(plant) if task.state == state]


def set_measure(measure_id, **values):
    with transaction(SYSTEM) as session:
        session.execute(
            update(ControlMeasure).where(ControlMeasure.id == measure_id).values(**values)
        )


def test_a_points_measures_become_a_plan_for_each_post_and_frequency():
    plant = make_plant()
    point = risks.make_point(plant.id, department_id=plant.workshop)
    event = risks.make_event(plant.id, point)
    worker, leader = plant.posts[Role.WORKER], plant.posts[Role.TEAM_LEADER]
    risks.make_measure(plant.id, event, "炉坑干燥无积水", post_id=worker)
    risks.make_measure(plant.id, event, "感应圈无打火痕迹", post_id=worker)
    risks.make_measure(plant.id, event, "备用水泵可启动", post_id=worker, frequency="weekly")
    risks.make_measure(plant.id, event, "炉衬有测量记录", post_id=leader, frequency="weekly")

    derive_plans(plant.officer, plant.id, [point], NOW)

    found = {(row.post_id, row.frequency) for row in plans_of(plant)}
    assert found == {(worker, "daily"), (worker, "weekly"), (leader, "weekly")}
    assert sorted(len(items) for _, _, items in editions_of(plant, point)) == [1, 1, 2]


def test_deriving_again_without_a_change_changes_nothing():
    plant = make_plant()
    point = make_planned(plant)

    derive_plans(plant.officer, plant.id, [point], NOW + timedelta(hours=1))

    assert len(plans_of(plant)) == 1
    assert [edition for edition, _, _ in editions_of(plant, point)] == [1]


def test_a_changed_measure_gives_a_new_edition_and_open_tasks_ask_it():
    plant = make_plant()
    point = risks.make_point(plant.id, department_id=plant.workshop)
    event = risks.make_event(plant.id, point)
    post = plant.posts[Role.WORKER]
    measure = risks.make_measure(plant.id, event, "炉坑干燥无积水", post_id=post)
    derive_plans(plant.officer, plant.id, [point], NOW)
    set_measure(measure, description="炉坑、事故坑干燥无积水")

    derive_plans(plant.officer, plant.id, [point], NOW)

    assert editions_of(plant, point) == [
        (1, "replaced", ["炉坑干燥无积水？"]),
        (2, "active", ["炉坑、事故坑干燥无积水？"]),
    ]
    current = plans_of(plant)[0].checklist_id
    assert {task.checklist_id for task in tasks_of(plant)} == {current}


def test_a_removed_measure_ends_its_plan_and_waives_what_it_still_owes():
    plant = make_plant()
    point = risks.make_point(plant.id, department_id=plant.workshop)
    event = risks.make_event(plant.id, point)
    measure = risks.make_measure(plant.id, event, post_id=plant.posts[Role.WORKER])
    derive_plans(plant.officer, plant.id, [point], NOW)
    set_measure(measure, removed_at=NOW)

    derive_plans(plant.officer, plant.id, [point], NOW)

    assert [row.ended_on for row in plans_of(plant)] == [TODAY]
    assert periods(plant) == []
    assert periods(plant, "waived") == ["2026-11-24", "2026-11-25"]


def test_a_point_that_stands_still_owes_nothing():
    plant = make_plant()
    point = make_planned(plant)
    with transaction(SYSTEM) as session:
        session.execute(update(RiskPoint).where(RiskPoint.id == point).values(stopped_at=NOW))

    derive_plans(plant.officer, plant.id, [point], NOW)

    assert periods(plant) == []


def test_a_measure_without_a_post_goes_to_the_departments_own_post_of_that_level():
    plant = make_plant()
    make_planned(plant, role=None, control_level="team")

    assert [row.post_id for row in plans_of(plant)] == [plant.posts[Role.TEAM_LEADER]]


def test_a_measure_for_which_no_post_can_be_told_stays_listed_until_there_is_one():
    plant = make_plant()
    other = enterprises.department(plant.id, "清理车间")
    point = risks.make_point(plant.id, "2 号抛丸机", department_id=other)
    event = risks.make_event(plant.id, point, "钢丸飞出伤人")
    risks.make_measure(plant.id, event, "防护门联锁有效")
    derive_plans(plant.officer, plant.id, [point], NOW)

    total, rows = unplanned_measures(plant.scope, plant.id)
    assert (total, [row.words for row in rows]) == (1, ["防护门联锁有效"])

    enterprises.post(plant.id, "抛丸工", kind=PostKind.WORKER, department_id=other)
    derive_all_plans(plant.officer, plant.id, NOW)
    assert unplanned_measures(plant.scope, plant.id) == (0, ())


def test_today_and_tomorrow_are_owed_as_soon_as_a_plan_exists():
    plant = make_plant()
    make_planned(plant)

    assert periods(plant) == ["2026-11-24", "2026-11-25"]


def test_shifts_that_are_over_when_the_plan_is_made_are_not_owed():
    plant = make_plant()
    make_planned(plant, frequency="each_shift")

    assert periods(plant)[:3] == ["2026-11-24-S2", "2026-11-24-S3", "2026-11-25-S1"]


def test_generating_twice_makes_each_task_once():
    plant = make_plant()
    make_planned(plant)

    first = generate_tasks(SCHEDULE, plant.id, date(2026, 11, 26), at(25))
    second = generate_tasks(SCHEDULE, plant.id, date(2026, 11, 26), at(25))

    assert (first, second) == (1, 0)


def test_two_schedulers_at_the_same_moment_make_each_task_once():
    plant = make_plant()
    make_planned(plant)
    barrier, made = Barrier(4), []

    def schedule():
        barrier.wait()
        made.append(generate_tasks(SCHEDULE, plant.id, date(2026, 11, 28), at(25)))

    threads = [Thread(target=schedule) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(made) == [0, 0, 0, 3]
    assert len(periods(plant)) == len(set(periods(plant))) == 5


def test_after_a_week_down_only_the_periods_still_running_are_owed():
    plant = make_plant()
    make_planned(plant)
    make_planned(plant, name="铁水包", frequency="weekly")

    generate_tasks(SCHEDULE, plant.id, date(2026, 12, 4), at(3, month=12))

    assert periods(plant) == [
        "2026-11-24",
        "2026-11-25",
        "2026-W48",
        "2026-12-03",
        "2026-12-04",
        "2026-W49",
    ]


def test_an_enterprise_is_waiting_only_while_a_period_has_not_been_dealt_with():
    plant = make_plant()
    make_planned(plant, frequency="monthly")

    assert plant.id not in enterprises_waiting(date(2026, 11, 30), None, 10_000)
    assert plant.id in enterprises_waiting(date(2026, 12, 1), None, 10_000)


def test_the_days_generation_is_ordered_once_and_makes_the_tasks_of_every_enterprise():
    plant, other = make_plant(), make_plant()
    make_planned(plant)
    make_planned(other)
    for _ in range(2):
        order_generation(at(26))

    with reading(SYSTEM) as session:
        [kind] = session.execute(select(Job.kind).where(Job.key == "tasks:2026-11-26")).scalars()
    done = generate_for_all(at(26))

    assert kind == "hazards.generate_tasks"
    assert done >= 2
    assert (
        periods(plant) == periods(other) == ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"]
    )


def test_another_post_takes_over_what_is_open():
    plant = make_plant()
    make_planned(plant)
    [row] = plans_of(plant)
    leader = plant.posts[Role.TEAM_LEADER]

    change_plan(
        plant.officer, plant.id, row.id,
        post_id=leader, frequency=Frequency.DAILY, version=row.version, at=NOW,
    )  # fmt: skip

    assert {task.post_id for task in tasks_of(plant)} == {leader}


def test_another_frequency_waives_what_was_owed_and_owes_the_new_periods():
    plant = make_plant()
    make_planned(plant)
    [row] = plans_of(plant)

    change_plan(
        plant.officer, plant.id, row.id,
        post_id=row.post_id, frequency=Frequency.WEEKLY, version=row.version, at=NOW,
    )  # fmt: skip

    assert periods(plant) == ["2026-W48"]
    assert periods(plant, "waived") == ["2026-11-24", "2026-11-25"]


def test_what_was_changed_by_hand_survives_deriving_again():
    plant = make_plant()
    point = make_planned(plant)
    [row] = plans_of(plant)
    change_plan(
        plant.officer, plant.id, row.id,
        post_id=row.post_id, frequency=Frequency.WEEKLY, version=row.version, at=NOW,
    )  # fmt: skip

    derive_plans(plant.officer, plant.id, [point], NOW)

    assert [(p.frequency, p.ended_on) for p in plans_of(plant)] == [("weekly", None)]


def test_a_resting_plan_owes_nothing_and_owes_the_running_period_when_resumed():
    plant = make_plant()
    make_planned(plant)
    [row] = plans_of(plant)

    pause_plan(plant.officer, plant.id, row.id, version=row.version, at=NOW)
    generate_tasks(SCHEDULE, plant.id, date(2026, 11, 26), at(25))
    resting = periods(plant)
    [paused] = plans_of(plant)
    resume_plan(plant.officer, plant.id, row.id, version=paused.version, at=at(25))

    assert resting == []
    assert periods(plant) == ["2026-11-25", "2026-11-26"]


def test_who_changes_a_plan_that_changed_in_between_is_told():
    plant = make_plant()
    make_planned(plant)
    [row] = plans_of(plant)
    pause_plan(plant.officer, plant.id, row.id, version=row.version, at=NOW)

    with pytest.raises(Conflict):
        pause_plan(plant.officer, plant.id, row.id, version=row.version, at=NOW)


def test_a_closed_post_cannot_take_over():
    plant = make_plant()
    make_planned(plant)
    [row] = plans_of(plant)

    with pytest.raises(Invalid) as refused:
        change_plan(
            plant.officer, plant.id, row.id,
            post_id=uuid4(), frequency=Frequency.DAILY, version=row.version, at=NOW,
        )  # fmt: skip

    assert refused.value.fields == {"post_id": "这个岗位已撤销，请选择在用的岗位。"}


def test_a_department_head_changes_only_plans_of_the_own_department():
    plant = make_plant()
    other = enterprises.department(plant.id, "清理车间")
    post = enterprises.post(plant.id, "抛丸工", department_id=other)
    point = risks.make_point(plant.id, "抛丸机", department_id=other)
    event = risks.make_event(plant.id, point)
    risks.make_measure(plant.id, event, post_id=post)
    derive_plans(plant.officer, plant.id, [point], NOW)
    [row] = plans_of(plant)

    with pytest.raises(Forbidden):
        pause_plan(plant.head, plant.id, row.id, version=row.version, at=NOW)


def test_another_tenants_plan_cannot_be_found():
    plant, stranger = make_plant(), make_plant()
    make_planned(plant)
    [row] = plans_of(plant)

    with pytest.raises(NotFound):
        pause_plan(stranger.officer, plant.id, row.id, version=row.version, at=NOW)
    assert plan(stranger.scope, plant.id, row.id) is None


def test_the_page_of_plans_is_narrowed_and_counted():
    plant = make_plant()
    make_planned(plant)
    make_planned(plant, name="铁水包", frequency="weekly")

    everything = plans(plant.scope, plant.id, PlanFilter(), PageRequest())
    narrowed = plans(plant.scope, plant.id, PlanFilter(q="铁水"), PageRequest())

    assert (everything.total, [row.point for row in narrowed.rows]) == (2, ["铁水包"])
    assert narrowed.rows[0].item_count == 2


def test_tomorrow_is_made_ahead_so_that_midnight_finds_its_shift():
    assert timedelta(days=1) == AHEAD


def test_task_rows_of_a_tenant_are_invisible_to_another():
    plant, stranger = make_plant(), make_plant()
    make_planned(plant)

    with reading(stranger.scope) as session:
        assert session.execute(select(CheckTask.id)).all() == []


def test_a_furnace_without_plans_has_no_tasks():
    plant = make_plant()
    make_furnace(plant)

    assert tasks_of(plant) == []
