from datetime import date, timedelta

import pytest

from tests.factories.hazards import (
    NOW,
    TODAY,
    hazard_row,
    make_hazard,
    make_plant,
)
from tests.hazards.arranged import message_of, plant_and
from webapp.accounts.rules.roles import Role
from webapp.hazards.rules.deadlines import Urgency
from webapp.hazards.rules.lifecycle import HazardState
from webapp.hazards.service.assignment import assign, extend
from webapp.platform.errors import Conflict, Invalid, RuleBroken

pytestmark = pytest.mark.usefixtures("db", "files")
S = HazardState
LATER = NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("urgency", "due"),
    [
        (Urgency.URGENT, date(2026, 11, 27)),
        (Urgency.SERIOUS, date(2026, 12, 1)),
        (Urgency.ORDINARY, date(2026, 12, 9)),
    ],
)
def test_the_urgency_sets_the_date_when_none_is_chosen(urgency, due):
    plant, hazard = plant_and(S.GRADED)

    assign(
        plant.officer, plant.id, hazard,
        person_id=plant.people[Role.WORKER], urgency=urgency, at=NOW,
    )  # fmt: skip

    row = hazard_row(plant, hazard)
    assert (row.due_on, row.assigned_to, row.department_id) == (
        due, plant.people[Role.WORKER], plant.team,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("due", "message"),
    [
        (TODAY - timedelta(days=1), "整改期限不能早于今天。"),
        (TODAY + timedelta(days=31), "一般事故隐患的整改期限最多 30 天。"),
    ],
)
def test_an_impossible_date_is_refused_at_its_field(due, message):
    plant, hazard = plant_and(S.GRADED)

    with pytest.raises(Invalid) as refused:
        assign(
            plant.officer, plant.id, hazard,
            person_id=plant.people[Role.WORKER], due_on=due, at=NOW,
        )  # fmt: skip

    assert refused.value.fields == {"due_on": message}


def test_only_present_staff_can_be_charged():
    plant, hazard = plant_and(S.GRADED)
    stranger = make_plant()

    with pytest.raises(Invalid) as refused:
        assign(plant.officer, plant.id, hazard, person_id=stranger.people[Role.WORKER], at=NOW)

    assert refused.value.fields == {"person_id": "请选择在职人员作为整改责任人。"}


def test_a_hazard_must_be_graded_before_it_is_assigned():
    plant, hazard = plant_and(S.REPORTED)

    message = message_of(
        RuleBroken, assign, plant.officer, plant.id, hazard,
        person_id=plant.people[Role.WORKER], at=NOW,
    )  # fmt: skip

    assert message == "隐患当前为“待评估”，不能下达整改，请刷新后查看最新状态。"


def test_handing_on_needs_a_reason_and_keeps_the_date():
    plant, hazard = plant_and(S.ASSIGNED)
    before = hazard_row(plant, hazard).due_on
    leader = plant.people[Role.TEAM_LEADER]

    with pytest.raises(Invalid):
        assign(plant.officer, plant.id, hazard, person_id=leader, at=LATER)
    assign(plant.officer, plant.id, hazard, person_id=leader, words="刘伟休假", at=LATER)

    row = hazard_row(plant, hazard)
    assert (row.assigned_to, row.due_on) == (leader, before)


def test_the_slower_of_two_who_assign_is_shown_both_values():
    plant, hazard = plant_and(S.GRADED)
    version = hazard_row(plant, hazard).version
    assign(
        plant.officer, plant.id, hazard,
        person_id=plant.people[Role.WORKER], due_on=date(2026, 12, 1), version=version, at=NOW,
    )  # fmt: skip

    with pytest.raises(Conflict) as refused:
        assign(
            plant.principal, plant.id, hazard,
            person_id=plant.people[Role.TEAM_LEADER], due_on=date(2026, 11, 30),
            version=version, at=LATER,
        )  # fmt: skip

    assert refused.value.message == (
        "赵建民 已在 11月24日 10:30 下达整改，隐患现在是“整改中”。"
        "责任人现为“刘伟”，您填的是“陈志强”。期限现为“2026-12-01”，您填的是“2026-11-30”。"
        "您填写的内容还在本页，请核对后再提交。"
    )


def test_a_later_date_is_granted_once_and_before_the_old_one_runs_out():
    plant, hazard = plant_and(S.ASSIGNED)
    before = hazard_row(plant, hazard).due_on
    later = before + timedelta(days=3)

    extend(plant.officer, plant.id, hazard, new_due_on=later, reason="等备件", at=LATER)
    again = message_of(
        RuleBroken, extend, plant.officer, plant.id, hazard,
        new_due_on=later + timedelta(days=1), reason="等备件", at=LATER,
    )  # fmt: skip

    row = hazard_row(plant, hazard)
    assert (row.due_on, row.extended_from, again) == (later, before, "整改期限最多延期 1 次。")


def test_nobody_grants_himself_a_later_date():
    plant = make_plant()
    hazard = make_hazard(plant, S.ASSIGNED, assignee=Role.SAFETY_OFFICER)

    message = message_of(
        RuleBroken, extend, plant.officer, plant.id, hazard,
        new_due_on=date(2026, 12, 20), reason="等备件", at=LATER,
    )  # fmt: skip

    assert message == "延期由他人批准，申请人不能批准自己的申请。"


def test_an_overdue_hazard_gets_no_later_date():
    plant, hazard = plant_and(S.ASSIGNED)

    message = message_of(
        RuleBroken, extend, plant.officer, plant.id, hazard,
        new_due_on=date(2027, 1, 20), reason="等备件", at=NOW + timedelta(days=30),
    )  # fmt: skip

    assert message == "整改期限已过，不能再申请延期。"
