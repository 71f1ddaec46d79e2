"""Open hazards raise the shown level of their point, never lower it, and say so."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.risks.rules.dynamic_level import OpenHazard, dynamic_level
from webapp.standards.risk_methods import RiskLevel

GENERAL = OpenHazard(uuid4(), "YH-2026-0001", "护栏松动", is_major=False)
MAJOR = OpenHazard(uuid4(), "YH-2026-0002", "炉坑积水", is_major=True)


@pytest.mark.parametrize(
    ("assessed", "hazards", "shown"),
    [
        (RiskLevel.LOW, [], RiskLevel.LOW),
        (RiskLevel.LOW, [GENERAL], RiskLevel.MODERATE),
        (RiskLevel.MODERATE, [GENERAL, GENERAL], RiskLevel.SIGNIFICANT),
        (RiskLevel.SIGNIFICANT, [GENERAL], RiskLevel.SIGNIFICANT),
        (RiskLevel.MAJOR, [GENERAL], RiskLevel.MAJOR),
        (RiskLevel.LOW, [GENERAL, MAJOR], RiskLevel.MAJOR),
        (None, [MAJOR], None),
    ],
)
def test_the_level_shown(assessed, hazards, shown):
    assert dynamic_level(assessed, hazards).level is shown


def test_the_explanation_names_the_hazard_and_both_levels():
    reason = dynamic_level(RiskLevel.LOW, [GENERAL, MAJOR]).reason

    assert reason == (
        "评价为低风险；重大隐患 YH-2026-0002“炉坑积水”未销号，按重大风险显示，销号后恢复"
    )


hazards = st.lists(st.sampled_from([GENERAL, MAJOR]), max_size=4)


@given(st.sampled_from(RiskLevel), hazards)
def test_nothing_ever_lowers_a_level(assessed, known):
    found = dynamic_level(assessed, known)

    assert not assessed.is_above(found.level)
    assert found.is_raised == bool(found.reason)


@given(st.sampled_from(RiskLevel), hazards, st.sampled_from([GENERAL, MAJOR]))
def test_one_more_hazard_never_lowers_it_either(assessed, known, another):
    before, after = dynamic_level(assessed, known), dynamic_level(assessed, [*known, another])

    assert not before.level.is_above(after.level)
