from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from tests.factories import enterprise as enterprises
from tests.factories import risks
from tests.factories.hazards import NOW, make_furnace, make_plant, plans_of, tasks_of
from tests.hazards.statements import counted
from webapp.enterprise.events import OrganisationChanged
from webapp.enterprise.rules.organisation import PostKind
from webapp.hazards.jobs import generate, order_todays_tasks
from webapp.hazards.models.plans import CheckPlan
from webapp.hazards.service.plans import derive_plans
from webapp.platform import clock, jobs
from webapp.platform.database import reading, transaction
from webapp.platform.outbox import Job, JobState
from webapp.platform.tenancy import SYSTEM, system_actor
from webapp.platform.unit_of_work import unit_of_work
from webapp.risks.events import MeasuresChanged

pytestmark = pytest.mark.usefixtures("db", "app")


def publish(plant, event):
    with unit_of_work(plant.officer, "thing.changed", at=NOW) as work:
        work.publish(event)


def test_plans_follow_when_measures_change():
    plant = make_plant()
    point = make_furnace(plant)

    publish(plant, MeasuresChanged(plant.id, (point,), NOW))

    assert len(plans_of(plant)) == 1
    assert len(tasks_of(plant)) == 2


def test_a_new_post_takes_what_nobody_checked():
    plant = make_plant()
    other = enterprises.department(plant.id, "清理车间")
    point = risks.make_point(plant.id, "抛丸机", department_id=other)
    event = risks.make_event(plant.id, point)
    risks.make_measure(plant.id, event)
    publish(plant, MeasuresChanged(plant.id, (point,), NOW))
    before = len(plans_of(plant))
    post = enterprises.post(plant.id, "抛丸工", kind=PostKind.WORKER, department_id=other)

    publish(plant, OrganisationChanged(plant.id, NOW))

    assert before == 0
    assert [row.post_id for row in plans_of(plant)] == [post]


def test_the_days_tasks_are_a_job_that_any_worker_does():
    plant = make_plant()
    publish(plant, MeasuresChanged(plant.id, (make_furnace(plant),), NOW))
    with transaction(SYSTEM) as session:
        session.execute(
            update(CheckPlan)
            .where(CheckPlan.enterprise_id == plant.id)
            .values(generated_until=clock.local_date(clock.now()) - timedelta(days=1))
        )

    order_todays_tasks()
    order_todays_tasks()
    while jobs.run_one():
        pass

    with reading(SYSTEM) as session:
        states = session.execute(
            select(Job.state, func.count())
            .where(Job.key == f"tasks:{clock.local_date(clock.now())}")
            .group_by(Job.state)
        ).all()
    assert states == [(JobState.DONE, 1)]
    today = clock.local_date(clock.now()).isoformat()
    assert today in [task.period for task in tasks_of(plant)]


def test_the_job_may_run_twice():
    plant = make_plant()
    publish(plant, MeasuresChanged(plant.id, (make_furnace(plant),), clock.now()))
    before = len(tasks_of(plant))

    class Quiet:
        def report(self, done: int, total: int) -> None:
            """Nobody looks."""

    generate(system_actor("schedule"), {}, Quiet())

    assert len(tasks_of(plant)) == before


@pytest.mark.parametrize("many", [2, 20])
def test_a_ledger_of_any_size_is_planned_in_the_same_number_of_statements(many):
    plant = make_plant()
    points = [make_furnace(plant, name=f"{number} 号炉") for number in range(many)]

    with counted() as sent:
        derive_plans(plant.officer, plant.id, points, NOW)

    assert (len(plans_of(plant)), len(tasks_of(plant))) == (many, 2 * many)
    assert len(sent) <= 20
