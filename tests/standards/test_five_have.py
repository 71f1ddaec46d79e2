from datetime import date
from decimal import Decimal

import pytest

from webapp.standards.five_have import Mode, NaPolicy, five_have, five_have_on
from webapp.standards.loader import UnknownCode

STANDARD = five_have()


def test_weights_sum_to_100_and_each_have_to_its_own():
    assert sum(h.weight for h in STANDARD.haves) == 100
    assert [h.weight for h in STANDARD.haves] == [15, 25, 30, 15, 15]
    for have in STANDARD.haves:
        assert sum(i.weight for i in have.indicators) == have.weight


def test_the_five_haves_bear_the_plans_names():
    assert [h.name for h in STANDARD.haves] == [
        "有完善的工作推进机制",
        "有全面覆盖的风险辨识分级管控体系",
        "有责任明确的隐患排查治理体系",
        "有线上线下的智能化信息平台",
        "有奖惩分明的激励约束制度",
    ]


def test_every_indicator_can_be_earned():
    for indicator in STANDARD.indicators:
        assert indicator.full > indicator.floor >= 0
        assert indicator.full <= 1
        assert indicator.have == indicator.code[:2]


@pytest.mark.parametrize(
    ("code", "weight", "floor", "full", "policy"),
    [
        ("H3.2", 7, "0.6", "0.95", NaPolicy.ZERO),
        ("H3.4", 6, "0.6", "0.95", NaPolicy.FULL),
        ("H4.6", 2, "0.8", "0.99", NaPolicy.REDISTRIBUTE),
        ("H2.7", 3, "0.5", "1", NaPolicy.FULL_IF_REVIEWED),
    ],
)
def test_known_indicators(code, weight, floor, full, policy):
    found = STANDARD.indicator(code)

    assert (found.weight, found.floor, found.full) == (weight, Decimal(floor), Decimal(full))
    assert found.na_policy is policy


def test_windows_are_days_where_they_are_days():
    assert STANDARD.indicator("H3.2").window_days == 90
    assert STANDARD.indicator("H2.1").window_days is None
    assert STANDARD.indicator("H5.2").window_days is None


@pytest.mark.parametrize(
    ("total", "grade"),
    [("100", "A"), ("90", "A"), ("89.9", "B"), ("80", "B"), ("60", "C"), ("59.9", "D"), ("0", "D")],
)
def test_grades(total, grade):
    assert STANDARD.grade(Decimal(total)).code == grade


def test_vetoes_cap_at_failed_or_below_good():
    assert {v.code: v.cap for v in STANDARD.vetoes} == {
        **dict.fromkeys(["V1", "V2", "V3", "V4", "V5", "V6"], Decimal("59.9")),
        "V7": Decimal("79.9"),
    }
    assert [v.code for v in STANDARD.vetoes if not v.is_automatic] == ["V3", "V6"]
    assert STANDARD.grade(STANDARD.veto("V1").cap).code == "D"


def test_manual_and_mixed_indicators():
    assert [i.code for i in STANDARD.indicators if i.mode is Mode.MANUAL] == ["H1.6"]
    assert [i.code for i in STANDARD.indicators if i.mode is Mode.MIXED] == ["H3.3", "H4.3"]


def test_versions():
    assert five_have_on(date(2026, 11, 24)).version == "2026.1"
    with pytest.raises(UnknownCode):
        five_have("1999")
    with pytest.raises(UnknownCode):
        STANDARD.indicator("H9.9")
    with pytest.raises(UnknownCode):
        STANDARD.veto("V9")
