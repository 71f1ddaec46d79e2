"""A measure that fails again within 90 days is known as such from then on."""

from datetime import timedelta

import pytest

from tests.factories import risks
from tests.factories.hazards import NOW, Plant, hazard_row
from webapp.hazards.queries.repeats import repeated_at_events
from webapp.hazards.rules.lifecycle import HazardSource
from webapp.hazards.service.lifecycle import open_hazard
from webapp.risks.service.repeats import repeats


@pytest.fixture
def measure(plant: Plant):
    point_id = risks.make_point(plant.id, "熔炼炉")
    event_id = risks.make_event(plant.id, point_id)
    return event_id, risks.make_measure(plant.id, event_id, "炉坑干燥无积水")


def found(plant: Plant, measure, days: int):
    event_id, measure_id = measure
    return open_hazard(
        plant.worker,
        plant.id,
        title="炉坑积水",
        description="炉坑积水",
        source=HazardSource.SELF_CHECK,
        event_id=event_id,
        measure_id=measure_id,
        at=NOW + timedelta(days=days),
    )


@pytest.mark.parametrize("days_later", [1, 90])
def test_what_comes_back_within_ninety_days_is_repeated(plant: Plant, measure, days_later: int):
    first = found(plant, measure, 0)

    again = found(plant, measure, days_later)

    assert not hazard_row(plant, first).is_repeated
    assert hazard_row(plant, again).is_repeated


def test_what_comes_back_later_counts_as_new(plant: Plant, measure):
    found(plant, measure, 0)

    assert not hazard_row(plant, found(plant, measure, 92)).is_repeated


def test_another_measure_of_the_same_risk_is_no_repetition(plant: Plant, measure):
    event_id, _ = measure
    found(plant, measure, 0)

    other = found(plant, (event_id, risks.make_measure(plant.id, event_id, "班前确认")), 5)

    assert not hazard_row(plant, other).is_repeated


def test_the_ledgers_review_hears_of_it(plant: Plant, measure):
    found(plant, measure, 0)
    found(plant, measure, 30)

    told = repeated_at_events(plant.scope, plant.id)

    assert told == {measure[0]: NOW + timedelta(days=30)}
    assert repeats(plant.scope, plant.id) == told
