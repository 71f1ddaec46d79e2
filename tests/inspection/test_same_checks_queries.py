"""A day's checks as the score, the enterprise's file and the officers' briefing count them."""

from datetime import timedelta

import pytest

from tests.factories.hazards import answered, make_planned, plant_of, tasks_of
from webapp.hazards.queries.file_part import hazards_completeness, hazards_part
from webapp.hazards.service.checks import submit_check
from webapp.inspection.queries.briefing import briefing
from webapp.platform.clock import local_date, now
from webapp.platform.tenancy import officer_scope
from webapp.risks.rules.control_levels import Frequency
from webapp.scoring.queries.explained import explained


@pytest.fixture
def plant(world):
    """A plant with one point that is to be checked every day from today on."""
    plant = plant_of(world)
    make_planned(plant, at=now(), frequency=Frequency.DAILY, measures=("炉坑干燥无积水",))
    return plant


def counted(world, plant):
    """Done and due: as scored, in the file (twice) and in the briefing."""
    at = now()
    tree = explained(plant.scope, plant.id, at)
    scored = next(i for i in tree.indicators if i.code == "H3.2")
    whole = hazards_completeness(plant.scope, plant.id, at)
    facts = dict(hazards_part(plant.scope, plant.id, at).facts)
    told = briefing(officer_scope(world.agency_id, "410502"), plant.id, at=at).checks
    return [
        (int(scored.numerator), int(scored.denominator)),
        (whole.done, whole.total if whole.done else 0),
        (int(facts["近 30 天已查"].split()[0]), int(facts["近 30 天应查"].split()[0])),
        (told.on_time, told.due),
    ]


def test_a_check_that_is_due_today_counts_nowhere_before_it_is_done(world, plant):
    assert counted(world, plant) == [(0, 0)] * 4


def test_a_check_done_on_the_day_it_is_due_counts_everywhere_at_once(world, plant):
    today = local_date(now())
    task = next(
        task for task in tasks_of(plant) if local_date(task.due_at - timedelta(seconds=1)) == today
    )
    submit_check(plant.worker, plant.id, answered(plant, task), at=now())

    assert counted(world, plant) == [(1, 1)] * 4
