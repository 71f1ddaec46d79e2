from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.standards.loader import UnknownCode
from webapp.standards.risk_methods import (
    ControlLevel,
    JudgementBasis,
    RiskLevel,
    control_level,
    direct_rules,
    highest,
    method,
    methods,
)

LEC, LS, MES = method("lec"), method("ls"), method("mes")


def combinations(of):
    codes = [f.code for f in of.factors]
    for values in product(*([v.value for v in f.values] for f in of.factors)):
        yield dict(zip(codes, values, strict=True))


LEC_EXAMPLES = (
    ("3", "6", "15", "270", RiskLevel.SIGNIFICANT),
    ("6", "6", "15", "540", RiskLevel.MAJOR),
    ("6", "10", "15", "900", RiskLevel.MAJOR),
    ("1", "6", "15", "90", RiskLevel.MODERATE),
    ("3", "6", "7", "126", RiskLevel.MODERATE),
    ("1", "6", "7", "42", RiskLevel.LOW),
    ("0.5", "6", "40", "120", RiskLevel.MODERATE),
    ("0.5", "3", "40", "60", RiskLevel.LOW),
    ("1", "10", "7", "70", RiskLevel.MODERATE),
    ("10", "1", "7", "70", RiskLevel.MODERATE),
)
LS_EXAMPLES = (
    (4, 5, 20, RiskLevel.MAJOR),
    (5, 5, 25, RiskLevel.MAJOR),
    (3, 5, 15, RiskLevel.SIGNIFICANT),
    (4, 4, 16, RiskLevel.SIGNIFICANT),
    (3, 4, 12, RiskLevel.MODERATE),
    (3, 3, 9, RiskLevel.MODERATE),
    (2, 4, 8, RiskLevel.LOW),
)


@pytest.mark.parametrize(("likelihood", "exposure", "consequence", "value", "level"), LEC_EXAMPLES)
def test_lec_worked_examples(likelihood, exposure, consequence, value, level):
    factors = {"likelihood": likelihood, "exposure": exposure, "consequence": consequence}

    assert LEC.assess(factors) == (Decimal(value), level)
    assert str(LEC.value(factors)) == value


@pytest.mark.parametrize(("likelihood", "severity", "value", "level"), LS_EXAMPLES)
def test_ls_worked_examples(likelihood, severity, value, level):
    assert LS.assess({"likelihood": likelihood, "severity": severity}) == (Decimal(value), level)


def test_all_252_lec_combinations_agree_with_the_published_bands():
    seen = 0
    for factors in combinations(LEC):
        value, level = LEC.assess(factors)
        expected = (
            "major" if value > 320
            else "significant" if value > 160
            else "moderate" if value >= 70
            else "low"
        )  # fmt: skip
        assert level == expected
        assert value not in (160, 320)
        seen += 1
    assert seen == 7 * 6 * 6


def test_the_whole_ls_matrix_agrees_with_the_published_one():
    grid = {(row, column): LS.level(row * column) for row in range(1, 6) for column in range(1, 6)}

    assert [grid[5, c].value for c in range(1, 6)] == [
        "low", "moderate", "significant", "major", "major",
    ]  # fmt: skip
    assert [grid[4, c].value for c in range(1, 6)] == [
        "low", "low", "moderate", "significant", "major",
    ]  # fmt: skip
    assert [grid[3, c].value for c in range(1, 6)] == [
        "low", "low", "moderate", "moderate", "significant",
    ]  # fmt: skip
    assert [grid[2, c].value for c in range(1, 6)] == ["low", "low", "low", "low", "moderate"]
    assert all(grid[1, c] is RiskLevel.LOW for c in range(1, 6))


def test_all_90_mes_combinations_agree_with_the_published_bands():
    seen = 0
    for factors in combinations(MES):
        value, level = MES.assess(factors)
        expected = (
            "major" if value >= 180
            else "significant" if 90 <= value <= 150
            else "moderate" if 50 <= value <= 80
            else "low"
        )  # fmt: skip
        assert level == expected
        assert level is not RiskLevel.LOW or value <= 48
        seen += 1
    assert seen == 3 * 6 * 5


def pick(of):
    codes = [f.code for f in of.factors]
    return st.tuples(*(st.sampled_from([v.value for v in f.values]) for f in of.factors)).map(
        lambda values: dict(zip(codes, values, strict=True))
    )


@given(st.sampled_from(methods()).flatmap(lambda m: st.tuples(st.just(m), pick(m), pick(m))))
def test_a_method_is_monotone_in_all_its_factors(case):
    of, one, other = case
    lower = {code: min(one[code], other[code]) for code in one}
    upper = {code: max(one[code], other[code]) for code in one}

    assert of.value(lower) <= of.value(upper)
    assert not of.level(of.value(lower)).is_above(of.level(of.value(upper)))


@given(st.decimals(min_value=0, max_value=100000, allow_nan=False, places=3))
def test_every_value_has_a_level_and_a_greater_one_never_a_lower(value):
    for of in methods():
        assert not of.level(value).is_above(of.level(value + 1))


@pytest.mark.parametrize("value", ["0.3", "2", "11", "-1", "7.0001"])
def test_a_value_between_two_rows_is_refused(value):
    assert not LEC.allowed("likelihood", value)
    with pytest.raises(ValueError, match="不在标准表中"):
        LEC.value({"likelihood": value, "exposure": 6, "consequence": 15})


def test_the_same_number_written_otherwise_is_allowed():
    assert LEC.allowed("L", "0.50")
    assert LEC.allowed("likelihood", 0.1)
    assert LEC.allowed("C", Decimal("100.0"))


@pytest.mark.parametrize("value", ["", "高", "NaN", "Infinity"])
def test_what_is_no_number_is_refused_as_such(value):
    with pytest.raises(ValueError, match="不是数字"):
        LEC.allowed("likelihood", value)


def test_a_missing_factor_is_named():
    with pytest.raises(ValueError, match="暴露于危险环境的频繁程度"):
        LEC.value({"likelihood": 3, "consequence": 15})


def test_a_region_may_grade_by_another_band_set():
    other = LEC.with_bands("LEC-4-GE")

    assert LEC.level(320) is RiskLevel.SIGNIFICANT
    assert other.level(320) is RiskLevel.MAJOR
    assert other.level(160) is RiskLevel.SIGNIFICANT
    assert LEC.level(160) is RiskLevel.MODERATE
    with pytest.raises(UnknownCode):
        LEC.with_bands("nothing")


def test_levels_have_words_colours_and_numbers():
    assert [(x.words, x.full_words, x.colour, x.colour_words, x.number) for x in RiskLevel] == [
        ("重大", "重大风险", "red", "红", 1),
        ("较大", "较大风险", "orange", "橙", 2),
        ("一般", "一般风险", "yellow", "黄", 3),
        ("低", "低风险", "blue", "蓝", 4),
    ]


def test_control_follows_level_and_includes_all_lower_levels():
    assert [control_level(x).value for x in RiskLevel] == ["company", "department", "team", "post"]
    assert control_level(RiskLevel.SIGNIFICANT, scheme="three") is ControlLevel.COMPANY
    assert [x.words for x in ControlLevel.DEPARTMENT.with_lower] == ["部门级", "班组级", "岗位级"]
    with pytest.raises(UnknownCode):
        control_level(RiskLevel.LOW, scheme="nine")


def test_a_point_is_as_grave_as_the_worst_in_it():
    assert highest([RiskLevel.LOW, RiskLevel.SIGNIFICANT, RiskLevel.MODERATE]) == "significant"
    assert highest([]) is None


def test_five_rules_judge_directly():
    rules = direct_rules()

    assert [r.code for r in rules] == ["DM01", "DM02", "DM03", "DM04", "DM05"]
    assert next(r for r in rules if r.basis is JudgementBasis.PEOPLE).people == 10


def test_methods_are_found_in_either_case_and_unknown_ones_refused():
    assert method(" LEC ") is LEC
    assert LS.factor("S").columns[1] == "人员"
    assert all(len(v.columns) == 5 for v in LS.factor("severity").values)
    with pytest.raises(UnknownCode):
        method("hazop")
    with pytest.raises(UnknownCode):
        LS.factor("exposure")
