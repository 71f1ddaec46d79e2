from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.factories.hazards import (
    NOW,
    hazard_row,
    make_hazard,
    make_plant,
    photo,
)
from tests.hazards.arranged import inspector, message_of
from webapp.accounts.rules.roles import Role
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardState, Outcome
from webapp.hazards.rules.orders import OrderItem
from webapp.hazards.service.assignment import assign
from webapp.hazards.service.grading import grade
from webapp.hazards.service.lifecycle import (
    close_by_reinspection,
    open_from_order,
    rectify,
    verify,
)
from webapp.platform.errors import NotFound, RuleBroken

pytestmark = pytest.mark.usefixtures("db", "files")
S = HazardState
LATER = NOW + timedelta(days=1)


def ordered(plant, officer, **item):
    ids = open_from_order(
        officer,
        plant.id,
        order_id=uuid4(),
        order_number="（安）应急责改〔2026〕47号",
        items=(OrderItem(1, "2 号炉事故坑积水。", date(2026, 12, 1), **item),),
        at=NOW,
    )
    return ids[1]


def test_an_orders_items_become_hazards_with_its_dates():
    plant, officer = make_plant(), inspector()

    hazard = ordered(plant, officer, is_major=True)

    row = hazard_row(plant, hazard)
    assert (row.state, row.source, row.level, row.due_on, row.order_item, row.title) == (
        "graded", "inspection", "major", date(2026, 12, 1), 1, "2 号炉事故坑积水",
    )  # fmt: skip
    assert row.reported_by_name == "张海峰"


def test_an_orders_date_stands_whatever_is_typed():
    plant, officer = make_plant(), inspector()
    hazard = ordered(plant, officer)

    assign(
        plant.officer, plant.id, hazard,
        person_id=plant.people[Role.WORKER], due_on=date(2026, 12, 20), at=NOW,
    )  # fmt: skip

    assert hazard_row(plant, hazard).due_on == date(2026, 12, 1)


def test_the_enterprise_can_neither_verify_nor_regrade_an_orders_item():
    plant, officer = make_plant(), inspector()
    hazard = ordered(plant, officer)
    regrade = message_of(
        RuleBroken, grade, plant.officer, plant.id, hazard, level=HazardLevel.MAJOR, at=NOW
    )
    assign(plant.officer, plant.id, hazard, person_id=plant.people[Role.WORKER], at=NOW)
    rectify(plant.worker, plant.id, hazard, measures="已抽干", uploads=(photo(),), at=NOW)

    message = message_of(
        RuleBroken, verify, plant.officer, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER
    )

    assert regrade == "执法指令列项的级别由执法机关认定，企业不能更改。"
    assert message == "执法指令中的隐患由执法人员复查，企业不能自行验收。"


@pytest.mark.parametrize("is_reported", [True, False])
def test_the_reinspection_closes_what_is_put_right_even_if_nobody_reported_it(is_reported):
    plant, officer = make_plant(), inspector()
    hazard = ordered(plant, officer)
    if is_reported:
        assign(plant.officer, plant.id, hazard, person_id=plant.people[Role.WORKER], at=NOW)
        rectify(plant.worker, plant.id, hazard, measures="已抽干", uploads=(photo(),), at=NOW)

    close_by_reinspection(
        officer, plant.id, hazard, outcome=Outcome.ACCEPTED, words="已整改", at=LATER
    )

    row = hazard_row(plant, hazard)
    assert (row.state, row.verified_by_name) == ("closed", "张海峰")


def test_the_reinspection_sends_back_what_is_not_put_right():
    plant, officer = make_plant(), inspector()
    hazard = ordered(plant, officer)
    assign(plant.officer, plant.id, hazard, person_id=plant.people[Role.WORKER], at=NOW)
    rectify(plant.worker, plant.id, hazard, measures="已抽干", uploads=(photo(),), at=NOW)

    close_by_reinspection(
        officer, plant.id, hazard, outcome=Outcome.RETURNED, words="又积水", at=LATER
    )

    row = hazard_row(plant, hazard)
    assert (row.state, row.return_count) == ("assigned", 1)


def test_officers_close_only_what_an_order_names_and_only_once():
    plant, officer = make_plant(), inspector()
    own = make_hazard(plant, S.RECTIFIED)
    hazard = ordered(plant, officer)
    values = {"outcome": Outcome.ACCEPTED, "words": "已整改", "at": LATER}
    close_by_reinspection(officer, plant.id, hazard, **values)

    assert message_of(RuleBroken, close_by_reinspection, officer, plant.id, own, **values) == (
        "这条隐患不是执法指令的列项，由企业自行验收。"
    )
    assert message_of(RuleBroken, close_by_reinspection, officer, plant.id, hazard, **values) == (
        "这一列项已经复查销号。"
    )


def test_an_officer_of_a_neighbouring_county_finds_nothing():
    plant, officer = make_plant(), inspector()
    hazard = ordered(plant, officer)

    with pytest.raises(NotFound):
        close_by_reinspection(
            inspector("410503"), plant.id, hazard,
            outcome=Outcome.ACCEPTED, words="已整改", at=LATER,
        )  # fmt: skip
