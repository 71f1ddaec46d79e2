from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.inspection.rules.rollups import (
    Better,
    Trend,
    difference,
    difference_words,
    number_words,
    per_hundred,
    ranked,
    ranks,
    rate,
    series_trend,
    totals,
    trend,
)

D = Decimal


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(14, 15, D("93.3")), (1, 8, D("12.5")), (1, 16, D("6.3")), (0, 5, D("0.0")), (3, 0, None)],
)
def test_a_rate_has_one_digit_and_needs_a_whole(part, whole, expected):
    assert rate(part, whole) == expected


def test_an_amount_is_told_for_each_hundred_enterprises():
    assert per_hundred(37, 250) == D("14.8")
    assert per_hundred(37, 0) is None


def test_no_number_is_a_dash():
    assert number_words(None, "%") == "—"
    assert number_words(rate(14, 15), "%") == "93.3%"
    assert number_words(0) == "0"


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (D("93.3"), D("90.8"), "+2.5"),
        (D("90.0"), D("90.5"), "−0.5"),
        (D("1"), D("1.0"), "0"),
        (None, D("1"), "—"),
        (D("1"), None, "—"),
    ],
)
def test_a_movement_has_its_sign(now, before, words):
    assert difference_words(difference(now, before)) == words


def test_more_is_better_or_worse_by_what_is_measured():
    assert trend(D(9), D(8), Better.HIGHER) is Trend.BETTER
    assert trend(D(9), D(8), Better.LOWER) is Trend.WORSE
    assert trend(D(8), D(8), Better.LOWER) is Trend.SAME
    assert trend(None, D(8), Better.LOWER) is Trend.UNKNOWN


def test_a_series_is_read_from_its_first_to_its_last_number():
    assert series_trend([None, D(1), None, D(3)], Better.HIGHER) is Trend.BETTER
    assert series_trend([None, D(1)], Better.HIGHER) is Trend.UNKNOWN


def test_equals_share_a_rank_and_no_number_has_none():
    values = {"文峰区": D(90), "北关区": D(95), "殷都区": D(90), "滑县": None, "林州市": D(80)}

    assert ranks(values, Better.HIGHER) == {
        "文峰区": 2,
        "北关区": 1,
        "殷都区": 2,
        "滑县": None,
        "林州市": 4,
    }
    assert ranked(values, Better.HIGHER)[0] == "北关区"
    assert ranked(values, Better.HIGHER)[-1] == "滑县"
    assert ranked(values, Better.LOWER)[0] == "林州市"


VALUES = st.dictionaries(
    st.text(min_size=1, max_size=3), st.none() | st.integers(0, 100).map(D), max_size=10
)


@given(VALUES, st.sampled_from(Better))
def test_ranks_agree_with_the_numbers(values, better):
    placed = ranks(values, better)
    sign = -1 if better is Better.HIGHER else 1

    for one, other in zip(values, list(values)[1:], strict=False):
        if values[one] is not None and values[other] is not None:
            assert (placed[one] < placed[other]) is (sign * values[one] < sign * values[other])
    assert [key for key in values if placed[key] is None] == [
        key for key in values if values[key] is None
    ]


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_rate_of_a_part_lies_between_nothing_and_all(part, whole):
    found = rate(min(part, whole), whole)

    assert 0 <= found <= 100
    assert abs(found - D(min(part, whole)) * 100 / whole) <= D("0.05")


def test_a_regions_rate_is_made_of_sums():
    rows = [{"closed": 1, "opened": 1}, {"closed": 0, "opened": 9, "major": 2}]

    sums = totals(rows)

    assert sums == {"closed": 1, "opened": 10, "major": 2}
    assert rate(sums["closed"], sums["opened"]) == D("10.0")
