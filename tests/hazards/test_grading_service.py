from datetime import timedelta

import pytest

from tests.factories.hazards import (
    NOW,
    hazard_row,
    make_hazard,
    make_plant,
    photo,
)
from tests.hazards.arranged import inspector, message_of, plant_and
from webapp.hazards.rules.grading import HazardLevel, Implementation
from webapp.hazards.rules.lifecycle import HazardState, Outcome
from webapp.hazards.service.closing import close
from webapp.hazards.service.grading import consent, grade, write_implementations
from webapp.hazards.service.lifecycle import (
    rectify,
    verify,
)
from webapp.platform.errors import Forbidden, Invalid, RuleBroken
from webapp.standards.hazard_criteria import all_criteria

pytestmark = pytest.mark.usefixtures("db", "files")
S = HazardState
LATER = NOW + timedelta(days=1)


def test_a_criterion_makes_a_hazard_major_and_says_why():
    plant, hazard = plant_and(S.REPORTED)
    met = all_criteria()[0]

    grade(plant.officer, plant.id, hazard, level=HazardLevel.MAJOR, criterion_code=met.id, at=NOW)

    row = hazard_row(plant, hazard)
    assert (row.level, row.criterion_code, row.state) == ("major", met.id, "graded")


def test_grading_below_a_criterion_needs_a_reason():
    plant, hazard = plant_and(S.REPORTED)
    met = all_criteria()[0]

    with pytest.raises(Invalid) as refused:
        grade(
            plant.officer, plant.id, hazard,
            level=HazardLevel.GENERAL, criterion_code=met.id, at=NOW,
        )  # fmt: skip

    assert refused.value.fields == {"reason": "符合重大事故隐患判定标准，降为一般须写明理由。"}


def test_a_criterion_that_does_not_exist_is_refused_at_its_field():
    plant, hazard = plant_and(S.REPORTED)

    with pytest.raises(Invalid) as refused:
        grade(
            plant.officer, plant.id, hazard,
            level=HazardLevel.MAJOR, criterion_code="nonsense", at=NOW,
        )  # fmt: skip

    assert refused.value.fields == {"criterion_code": "没有这条判定标准，请重新选择。"}


def test_a_head_grades_only_hazards_of_the_own_department():
    plant, hazard = plant_and(S.REPORTED)

    message = message_of(
        Forbidden, grade, plant.head, plant.id, hazard, level=HazardLevel.GENERAL, at=NOW
    )

    assert message.startswith("这条内容不在您负责的部门、班组范围内")


def five(words="已落实"):
    return dict.fromkeys(Implementation, words)


def test_a_major_hazard_is_not_treated_before_its_five_implementations():
    plant = make_plant()
    hazard = make_hazard(plant, S.ASSIGNED, level=HazardLevel.MAJOR)
    write_implementations(
        plant.officer, plant.id, hazard, words={**five(), Implementation.FUNDS: ""}, at=NOW
    )

    message = message_of(
        RuleBroken, rectify, plant.worker, plant.id, hazard,
        measures="已更换", uploads=(photo(),), at=NOW,
    )  # fmt: skip

    assert message == "重大事故隐患“五落实”不完整，还缺：资金，请先填写。"


def test_a_major_hazard_ends_by_the_principals_hand_after_the_agencys_consent():
    plant = make_plant()
    hazard = make_hazard(plant, S.ASSIGNED, level=HazardLevel.MAJOR)
    officer = inspector()
    write_implementations(plant.officer, plant.id, hazard, words=five(), at=NOW)
    rectify(plant.worker, plant.id, hazard, measures="已更换", uploads=(photo(),), at=NOW)

    state = verify(plant.officer, plant.id, hazard, outcome=Outcome.ACCEPTED, at=LATER)
    by_officer = message_of(RuleBroken, close, plant.officer, plant.id, hazard, at=LATER)
    too_early = message_of(RuleBroken, close, plant.principal, plant.id, hazard, at=LATER)
    consent(officer, plant.id, hazard, words="现场核查属实", at=LATER)
    close(plant.principal, plant.id, hazard, at=LATER)

    assert state is S.VERIFIED
    assert by_officer == "重大事故隐患由主要负责人组织验收并销号。"
    assert too_early == "重大事故隐患须经应急管理部门核查同意后销号。"
    assert hazard_row(plant, hazard).state == S.CLOSED


def test_a_general_hazard_needs_no_five_implementations():
    plant, hazard = plant_and(S.ASSIGNED)

    message = message_of(
        RuleBroken, write_implementations, plant.officer, plant.id, hazard, words=five(), at=NOW
    )

    assert message == "这是一般事故隐患，不需要治理方案和机关核查。"
