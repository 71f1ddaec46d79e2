from datetime import date, timedelta

import pytest

from tests.factories import enterprise as enterprises
from tests.factories.hazards import (
    NOW,
    make_hazard,
    make_plant,
)
from tests.hazards.arranged import plant_and
from webapp.accounts.rules.roles import Role
from webapp.hazards.events import (
    HazardClosed,
    HazardDueChanged,
    HazardGraded,
    HazardOpened,
)
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardState, Outcome
from webapp.hazards.service.lifecycle import (
    verify,
)
from webapp.platform import bus
from webapp.platform.errors import Forbidden, NotFound

pytestmark = pytest.mark.usefixtures("db", "files")
S = HazardState
LATER = NOW + timedelta(days=1)


def test_another_tenant_can_move_nothing():
    plant, hazard = plant_and(S.RECTIFIED)
    stranger = make_plant()

    for enterprise_id in (plant.id, stranger.id):
        with pytest.raises(NotFound):
            verify(stranger.officer, enterprise_id, hazard, outcome=Outcome.ACCEPTED, at=LATER)


def test_upper_rooms_hear_of_level_date_and_closure_inside_the_transaction():
    heard = []
    for event in (HazardOpened, HazardGraded, HazardDueChanged, HazardClosed):
        bus.subscribe(event, lambda _work, told: heard.append(told))
    plant, hazard = plant_and(S.RECTIFIED)
    verify(plant.officer, plant.id, hazard, outcome=Outcome.ACCEPTED, at=NOW + timedelta(days=90))

    opened, graded, due, closed = [e for e in heard if e.hazard_id == hazard]
    assert (opened.is_frontline, opened.due_on) == (True, None)
    assert (graded.before, graded.after) == (HazardLevel.GENERAL, HazardLevel.GENERAL)
    assert (due.before, due.after) == (None, date(2026, 12, 9))
    # Rectified in time; that it was verified three months later is not the rectifier's fault.
    assert (closed.on_time, closed.due_on) == (True, date(2026, 12, 9))


def test_a_person_from_elsewhere_has_no_reach_into_the_department():
    plant = make_plant()
    other = enterprises.department(plant.id, "清理车间")
    hazard = make_hazard(plant, S.RECTIFIED)
    head = enterprises.staff_actor(
        plant.id, Role.DEPARTMENT_HEAD, name="孙立军", department_id=other
    )

    with pytest.raises(Forbidden):
        verify(head, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER)
