"""The logic check: each check on an example of its own, and properties of all of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.risks.rules.logic_check import LogicCode, LogicRow, by_check, logic_findings
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, RiskLevel

SOUND = LogicRow(
    event_id=uuid4(),
    number=1,
    point="熔炼炉",
    hazard_source="炉料潮湿",
    description="铁水遇水爆炸",
    accident_types=("18",),
    level=RiskLevel.SIGNIFICANT,
    inherent_level=RiskLevel.MAJOR,
    inherent_factors={"consequence": Decimal(40)},
    control_level=ControlLevel.COMPANY,
    kinds=frozenset(MeasureCategory),
    owner_name="周审计",
    owner_left_on=None,
)


def codes(*rows: LogicRow) -> list[LogicCode]:
    return [finding.code for finding in logic_findings(rows)]


def test_a_sound_risk_is_let_alone():
    assert codes(SOUND) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"inherent_level": RiskLevel.LOW}, [LogicCode.RESIDUAL_ABOVE]),
        (
            {"level": RiskLevel.MAJOR, "kinds": frozenset({MeasureCategory.ENGINEERING})},
            [LogicCode.MAJOR_UNGUARDED],
        ),
        (
            {"level": RiskLevel.MAJOR, "control_level": ControlLevel.TEAM},
            [LogicCode.MAJOR_UNOWNED],
        ),
        ({"level": RiskLevel.MAJOR, "owner_name": ""}, [LogicCode.MAJOR_UNOWNED]),
        ({"kinds": frozenset()}, [LogicCode.LOWERED_UNMEASURED]),
        ({"inherent_factors": {"consequence": Decimal(1)}}, [LogicCode.FACTORS_TOO_MILD]),
        ({"inherent_factors": {"severity": Decimal(2)}}, [LogicCode.FACTORS_TOO_MILD]),
        ({"owner_left_on": date(2026, 3, 1)}, [LogicCode.OWNER_LEFT]),
    ],
)
def test_each_check_finds_what_it_is_for(changed, expected):
    assert codes(replace(SOUND, **changed)) == expected


def test_a_burn_may_be_slight():
    burn = replace(SOUND, accident_types=("07",), inherent_factors={"consequence": Decimal(1)})

    assert codes(burn) == []


def test_the_same_risk_graded_differently_is_shown_at_both_places():
    other = replace(
        SOUND,
        event_id=uuid4(),
        number=2,
        point="2 号熔炼炉",
        description="铁水 遇水爆炸",
        inherent_level=RiskLevel.SIGNIFICANT,
    )

    found = logic_findings([SOUND, other])

    assert [(each.code, each.number) for each in found] == [
        (LogicCode.LEVELS_DIFFER, 1),
        (LogicCode.LEVELS_DIFFER, 2),
    ]
    assert found[0].words == "固有等级有重大风险、较大风险"


def test_every_check_is_listed_also_when_it_finds_nothing():
    assert [each.code for each in by_check([])] == list(LogicCode)


def test_every_check_has_a_name_and_an_advice():
    assert all(code.words and code.advice for code in LogicCode)


rows = st.builds(
    replace,
    st.just(SOUND),
    event_id=st.uuids(),
    number=st.integers(1, 9999),
    level=st.sampled_from(RiskLevel),
    inherent_level=st.sampled_from(RiskLevel),
    kinds=st.frozensets(st.sampled_from(MeasureCategory)),
    description=st.sampled_from(["甲", "乙"]),
)


@given(st.lists(rows, max_size=8))
def test_the_order_of_the_rows_changes_nothing(many):
    assert logic_findings(many) == logic_findings(reversed(many)) or len(
        {row.number for row in many}
    ) < len(many)


@given(rows)
def test_adding_measures_never_adds_a_finding(row):
    fuller = replace(row, kinds=frozenset(MeasureCategory))

    assert set(codes(fuller)) <= set(codes(row))
