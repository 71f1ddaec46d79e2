"""Who controls a risk, and how often."""

import pytest

from webapp.risks.rules.control_levels import (
    Frequency,
    answering_level,
    controlling_levels,
    default_frequency,
    missing_levels,
    refused_level,
)
from webapp.standards.risk_methods import ControlLevel, RiskLevel

COMPANY, DEPARTMENT, TEAM, POST = ControlLevel


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (RiskLevel.MAJOR, (COMPANY, DEPARTMENT, TEAM, POST)),
        (RiskLevel.SIGNIFICANT, (DEPARTMENT, TEAM, POST)),
        (RiskLevel.MODERATE, (TEAM, POST)),
        (RiskLevel.LOW, (POST,)),
    ],
)
def test_what_an_upper_level_controls_each_lower_one_controls_too(
    level: RiskLevel, expected: tuple[ControlLevel, ...]
) -> None:
    assert controlling_levels(level) == expected


def test_the_other_reading_keeps_significant_risks_with_the_company() -> None:
    assert controlling_levels(RiskLevel.SIGNIFICANT, scheme="three")[0] is COMPANY


def test_an_enterprise_may_set_the_level_higher_and_never_lower() -> None:
    assert answering_level(RiskLevel.LOW, COMPANY) is COMPANY
    assert answering_level(RiskLevel.MAJOR, POST) is COMPANY
    assert refused_level(RiskLevel.LOW, COMPANY) is None
    refusal = refused_level(RiskLevel.MAJOR, TEAM)
    assert refusal is not None
    assert refusal.message == "重大风险至少由公司级管控，不能降为班组级。"


def test_levels_without_measures_are_named() -> None:
    assert missing_levels(RiskLevel.MAJOR, [COMPANY, POST]) == (DEPARTMENT, TEAM)


def test_each_level_checks_as_often_as_the_table_of_the_standards_says() -> None:
    assert [default_frequency(level) for level in ControlLevel] == [
        Frequency.MONTHLY,
        Frequency.WEEKLY,
        Frequency.DAILY,
        Frequency.EACH_SHIFT,
    ]
    assert [f.words for f in Frequency][:3] == ["每班", "每日", "每周"]
