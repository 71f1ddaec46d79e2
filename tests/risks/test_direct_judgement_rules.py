"""Direct judgement raises and never lowers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.risks.rules.direct_judgement import Circumstances, judged
from webapp.standards.risk_methods import RiskLevel, direct_rules

CIRCUMSTANCES = st.builds(
    Circumstances,
    declared=st.frozensets(st.sampled_from([rule.code for rule in direct_rules()])),
    had_grave_incident=st.booleans(),
    is_major_installation=st.booleans(),
    has_mass_hazard=st.booleans(),
    people=st.integers(0, 50),
)


@pytest.mark.parametrize(
    ("circumstances", "code"),
    [
        (Circumstances(declared=frozenset({"DM01"})), "DM01"),
        (Circumstances(had_grave_incident=True), "DM02"),
        (Circumstances(is_major_installation=True), "DM03"),
        (Circumstances(has_mass_hazard=True, people=10), "DM04"),
    ],
)
def test_each_rule_makes_a_low_risk_major(circumstances: Circumstances, code: str) -> None:
    found = judged(RiskLevel.LOW, circumstances)

    assert (found.level, [rule.code for rule in found.rules]) == (RiskLevel.MAJOR, [code])


@pytest.mark.parametrize(
    "circumstances",
    [
        Circumstances(),
        Circumstances(has_mass_hazard=True, people=9),
        Circumstances(people=50),
    ],
)
def test_a_level_stays_where_no_rule_applies(circumstances: Circumstances) -> None:
    assert judged(RiskLevel.MODERATE, circumstances).level is RiskLevel.MODERATE
    assert judged(RiskLevel.MODERATE, circumstances).rules == ()


@settings(deadline=None)
@given(st.sampled_from(RiskLevel), CIRCUMSTANCES)
def test_judgement_only_raises(level: RiskLevel, circumstances: Circumstances) -> None:
    found = judged(level, circumstances)

    assert not level.is_above(found.level)
    assert found.level in (level, RiskLevel.MAJOR)
