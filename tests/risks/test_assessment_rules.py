"""Method and factors give a value, the value gives a level."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.risks.rules.assessment import (
    Assessment,
    assess,
    product_words,
    refused_factor,
    refused_residual,
)
from webapp.standards.refusal import Refusal
from webapp.standards.risk_methods import MethodCode, RiskLevel, method

SYMBOLS = {"lec": "LEC", "ls": "LS", "mes": "MES"}


def factors_of(code: str, *values: str) -> dict[str, Decimal]:
    names = [method(code).factor(symbol).code for symbol in SYMBOLS[code]]
    return dict(zip(names, map(Decimal, values), strict=True))


# Worked examples of the classic textbook tables.
@pytest.mark.parametrize(
    ("code", "values", "value", "level"),
    [
        ("lec", ("3", "6", "15"), "270", "较大"),
        ("lec", ("1", "6", "7"), "42", "低"),
        ("lec", ("6", "10", "15"), "900", "重大"),
        ("lec", ("0.5", "3", "40"), "60", "低"),
        ("lec", ("3", "6", "7"), "126", "一般"),
        ("lec", ("1", "10", "7"), "70", "一般"),
        ("ls", ("4", "5"), "20", "重大"),
        ("ls", ("3", "5"), "15", "较大"),
        ("ls", ("3", "4"), "12", "一般"),
        ("ls", ("2", "4"), "8", "低"),
        ("mes", ("3", "6", "10"), "180", "重大"),
        ("mes", ("1", "6", "8"), "48", "低"),
    ],
)
def test_worked_examples_come_out(
    code: str, values: tuple[str, ...], value: str, level: str
) -> None:
    found = assess(code, factors_of(code, *values))

    assert isinstance(found, Assessment)
    assert (str(found.value), found.level.words) == (value, level)
    assert found.method == code


def test_the_calculation_is_shown_as_papers_show_it() -> None:
    found = assess("lec", factors_of("lec", "0.5", "3", "40"))

    assert isinstance(found, Assessment)
    assert found.sum_words == "D = 0.5 × 3 × 40 = 60"
    assert product_words(method("lec"), found.factors) == "0.5×3×40"


def test_a_factor_between_two_rows_of_the_table_is_refused_with_the_choices() -> None:
    assert assess("lec", factors_of("lec", "3", "5", "15")) == Refusal(
        "E（暴露于危险环境的频繁程度）应为 10、6、3、2、1、0.5 之一，现为 5。", "exposure"
    )


def test_a_missing_factor_is_refused_at_its_field() -> None:
    assert assess("ls", {"likelihood": Decimal(3)}) == Refusal(
        "S（事件后果严重性）未填写。", "severity"
    )


@pytest.mark.parametrize("code", MethodCode)
def test_a_higher_factor_never_gives_a_lower_level(code: MethodCode) -> None:
    known = method(code)
    for at, factor in enumerate(known.factors):
        ladders = [sorted(v.value for v in f.values) for f in known.factors]
        rising = ladders.pop(at)
        for others in product(*ladders):
            levels = []
            for value in rising:
                values = [*others[:at], value, *others[at:]]
                found = assess(
                    code, dict(zip((f.code for f in known.factors), values, strict=True))
                )
                assert isinstance(found, Assessment)
                levels.append(found.level.number)
            assert levels == sorted(levels, reverse=True), (factor.symbol, others)


@settings(deadline=None)
@given(st.decimals(min_value=-10, max_value=200, places=1))
def test_only_values_of_the_table_are_allowed(value: Decimal) -> None:
    known = method("lec")
    is_listed = value in {v.value for v in known.factor("L").values}

    assert (refused_factor(known, "likelihood", value) is None) is is_listed


def test_measures_never_make_a_risk_graver() -> None:
    assert refused_residual(RiskLevel.MODERATE, RiskLevel.LOW) is None
    assert refused_residual(RiskLevel.MODERATE, RiskLevel.MODERATE) is None
    assert refused_residual(RiskLevel.LOW, RiskLevel.MAJOR) == Refusal(
        "残余风险（重大风险）不能高于固有风险（低风险）。", "residual_level"
    )
