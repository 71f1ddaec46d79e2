from datetime import timedelta
from threading import Barrier, Thread

import pytest

from tests.factories.hazards import (
    NOW,
    hazard_row,
    make_hazard,
    make_plant,
    photo,
    steps_of,
)
from tests.hazards.arranged import message_of, plant_and
from webapp.accounts.rules.roles import Role
from webapp.hazards.rules.lifecycle import HazardState, Outcome
from webapp.hazards.service.closing import close
from webapp.hazards.service.lifecycle import (
    rectify,
    verify,
)
from webapp.platform.errors import Conflict, Invalid, RuleBroken

pytestmark = pytest.mark.usefixtures("db", "files")
S = HazardState
LATER = NOW + timedelta(days=1)


def test_a_rectification_needs_words_and_a_picture():
    plant, hazard = plant_and(S.ASSIGNED)

    with pytest.raises(Invalid) as no_words:
        rectify(plant.worker, plant.id, hazard, measures="", uploads=(photo(),), at=NOW)
    with pytest.raises(Invalid) as no_picture:
        rectify(plant.worker, plant.id, hazard, measures="已更换", at=NOW)

    assert no_words.value.fields == {"measures": "请写明采取了什么整改措施。"}
    assert no_picture.value.fields == {"photos": "请至少拍一张整改后的照片。"}


def test_only_the_assignee_or_who_leads_reports_it_done():
    plant = make_plant()
    hazard = make_hazard(plant, S.ASSIGNED, assignee=Role.TEAM_LEADER)

    message = message_of(
        RuleBroken, rectify, plant.worker, plant.id, hazard,
        measures="已更换", uploads=(photo(),), at=NOW,
    )  # fmt: skip
    rectify(plant.head, plant.id, hazard, measures="已更换", uploads=(photo(),), at=NOW)

    assert message == "这条隐患由他人负责整改，请由整改责任人提交。"
    assert hazard_row(plant, hazard).state == S.RECTIFIED


def test_accepting_closes_a_general_hazard_with_the_same_tap():
    plant, hazard = plant_and(S.RECTIFIED)

    state = verify(plant.officer, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER)

    row = hazard_row(plant, hazard)
    assert (state, row.state, row.closed_at) == (S.CLOSED, "closed", LATER)
    assert [action for _, action, _ in steps_of(plant, hazard)] == [
        "report", "grade", "assign", "rectify", "accept", "close",
    ]  # fmt: skip


def test_a_head_verifies_and_the_safety_officer_closes():
    plant, hazard = plant_and(S.RECTIFIED)

    state = verify(plant.head, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER)
    message = message_of(RuleBroken, close, plant.head, plant.id, hazard, at=LATER)
    close(plant.officer, plant.id, hazard, at=LATER)

    assert (state, message) == (S.VERIFIED, "隐患由主要负责人或安全管理人员销号。")
    assert hazard_row(plant, hazard).state == S.CLOSED


def test_a_hazard_cannot_be_verified_by_the_person_who_rectified_it():
    plant = make_plant()
    hazard = make_hazard(plant, S.RECTIFIED, assignee=Role.SAFETY_OFFICER)

    message = message_of(
        RuleBroken, verify, plant.officer, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER
    )

    assert message == "验收人不能是整改责任人，请由其他人员验收。"


def test_the_assignee_cannot_verify_what_a_leader_reported_done_for_him():
    plant = make_plant()
    hazard = make_hazard(plant, S.ASSIGNED, assignee=Role.SAFETY_OFFICER)
    rectify(plant.principal, plant.id, hazard, measures="已更换", uploads=(photo(),), at=NOW)

    message = message_of(
        RuleBroken, verify, plant.officer, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER
    )

    assert message == "验收人不能是整改责任人，请由其他人员验收。"


def test_a_return_says_why_and_counts():
    plant, hazard = plant_and(S.RECTIFIED)

    with pytest.raises(Invalid) as refused:
        verify(plant.officer, plant.id, hazard, outcome=Outcome.RETURNED, at=LATER)
    verify(plant.officer, plant.id, hazard, outcome=Outcome.RETURNED, words="仍变形", at=LATER)

    row = hazard_row(plant, hazard)
    assert refused.value.fields == {"remark": "请写明验收退回的原因。"}
    assert (row.state, row.return_count, row.rectified_at) == ("assigned", 1, None)


def test_two_who_verify_at_the_same_moment_close_it_once():
    plant, hazard = plant_and(S.RECTIFIED)
    version = hazard_row(plant, hazard).version
    barrier, outcomes = Barrier(2), []

    def tap(actor):
        barrier.wait()
        try:
            verify(actor, plant.id, hazard, outcome=Outcome.ACCEPTED, version=version, at=LATER)
            outcomes.append("closed")
        except Conflict:
            outcomes.append("conflict")

    threads = [Thread(target=tap, args=(who,)) for who in (plant.officer, plant.principal)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["closed", "conflict"]
