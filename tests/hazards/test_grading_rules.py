import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.hazards.rules.grading import (
    HazardLevel,
    Implementation,
    PlanElement,
    implementations_of,
    level_refusal,
    missing_elements,
    plan_refusal,
    suggested_level,
)
from webapp.standards.hazard_criteria import criterion
from webapp.standards.refusal import Refusal

WHOLE_PLAN = dict.fromkeys(PlanElement, "已落实")


def test_no_criterion_suggests_a_general_hazard():
    assert suggested_level([]).level is HazardLevel.GENERAL


def test_one_criterion_suggests_a_major_hazard_and_names_its_clause():
    unlicensed = criterion("GM10-03-02")

    suggestion = suggested_level([unlicensed])

    assert suggestion.level is HazardLevel.MAJOR
    assert suggestion.criterion_ids == ("GM10-03-02",)
    assert suggestion.reasons == (f"{unlicensed.citation}：{unlicensed.text}",)
    assert "应急管理部令第10号" in suggestion.reasons[0]


@pytest.mark.parametrize(
    ("suggested", "decided", "reason", "is_refused"),
    [
        (HazardLevel.MAJOR, HazardLevel.GENERAL, "", True),
        (HazardLevel.MAJOR, HazardLevel.GENERAL, "已停用并断电，不再使用", False),
        (HazardLevel.MAJOR, HazardLevel.MAJOR, "", False),
        (HazardLevel.GENERAL, HazardLevel.MAJOR, "", False),
        (HazardLevel.GENERAL, HazardLevel.GENERAL, "", False),
    ],
)
def test_grading_below_a_criterion_needs_a_reason(suggested, decided, reason, is_refused):
    assert (level_refusal(suggested, decided, reason=reason) is not None) is is_refused


def test_grading_down_what_was_major_needs_a_reason():
    refusal = level_refusal(
        HazardLevel.GENERAL, HazardLevel.GENERAL, reason=" ", before=HazardLevel.MAJOR
    )

    assert refusal is not None
    assert refusal.field == "reason"


def test_a_plan_has_six_parts():
    assert plan_refusal(WHOLE_PLAN) is None
    assert plan_refusal(WHOLE_PLAN | {PlanElement.FUNDS: " "}) == Refusal(
        "治理方案还缺：经费和物资的落实。", "funds"
    )


def test_a_whole_plan_puts_all_five_implementations_in_place():
    assert implementations_of(WHOLE_PLAN) == frozenset(Implementation)


@given(st.dictionaries(st.sampled_from(PlanElement), st.sampled_from(["", "  ", "已落实"])))
def test_a_part_is_missing_or_counts_but_never_both(plan):
    missing = set(missing_elements(plan))

    assert len(implementations_of(plan)) >= 5 - len(missing)
    assert (plan_refusal(plan) is None) is (not missing)
