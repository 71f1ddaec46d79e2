from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.scoring.rules.score import (
    IndicatorInput,
    RecordRef,
    Standing,
    indicator_points,
    score,
)
from webapp.scoring.rules.veto import VetoHit
from webapp.standards.five_have import five_have
from webapp.standards.loader import UnknownCode

AT = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)
STANDARD = five_have()
CODES = [i.code for i in STANDARD.indicators]
V2 = VetoHit("V2", "", Decimal("59.9"), "")
V7 = VetoHit("V7", "", Decimal("79.9"), "")


def given_ratio(code, part, whole=1000, **more):
    return IndicatorInput(code, Decimal(part), Decimal(whole), **more)


def one(code, part, whole=1000):
    tree = score(STANDARD, [given_ratio(code, part, whole)], at=AT)
    return next(i for i in tree.indicators if i.code == code)


def all_full():
    return [given_ratio(code, 1, 1) for code in CODES]


@pytest.mark.parametrize(
    ("code", "part", "whole", "points"),
    [
        ("H3.2", 81, 100, "4.2000"),
        ("H3.2", 95, 100, "7.0000"),
        ("H3.2", 100, 100, "7.0000"),
        ("H3.2", 60, 100, "0.0000"),
        ("H3.2", 0, 100, "0.0000"),
        ("H3.4", 90, 100, "5.1429"),
        ("H3.4", 61, 72, "4.2381"),
        ("H5.2", 176, 236, "2.7432"),
        ("H2.4", 189, 214, "3.0654"),
        ("H4.6", 972, 1000, "1.8105"),
        ("H5.4", 21, 139, "2.2662"),
    ],
)
def test_worked_points(code, part, whole, points):
    assert one(code, part, whole).score == Decimal(points)


def test_everything_full_is_100_and_a():
    tree = score(STANDARD, all_full(), at=AT)

    assert (tree.total, tree.grade, tree.grade_name) == (Decimal("100.0"), "A", "优秀")
    assert tree.points == tree.assessable_weight == 100
    assert [h.score for h in tree.haves] == [15, 25, 30, 15, 15]
    assert (tree.version, tree.at, tree.vetoes) == ("2026.1", AT, ())


def test_nothing_assessable_is_no_score():
    tree = score(STANDARD, [], at=AT)

    assert (tree.total, tree.assessable_weight, tree.grade) == (Decimal("0.0"), 0, "D")
    assert all(not i.assessable for i in tree.indicators)


def test_what_cannot_be_assessed_is_left_out_of_the_base():
    inputs = [given_ratio("H3.2", 81, 100), given_ratio("H3.4", 90, 100)]

    tree = score(STANDARD, inputs, at=AT)

    third = tree.haves[2]
    assert (third.score, third.assessable_weight) == (Decimal("9.3429"), 13)
    assert third.scaled == Decimal("21.5605")
    assert (tree.points, tree.assessable_weight) == (Decimal("9.3429"), 13)
    assert tree.total == Decimal("71.9")
    assert tree.precise_total == Decimal("71.8685")


def test_an_empty_denominator_follows_the_policy():
    empty = [IndicatorInput(code) for code in CODES]

    found = {i.code: i for i in score(STANDARD, empty, at=AT).indicators}

    assert (found["H3.2"].standing, found["H3.2"].score) == (Standing.EMPTY_ZERO, 0)
    assert (found["H3.4"].standing, found["H3.4"].score) == (Standing.EMPTY_FULL, 6)
    assert (found["H2.7"].standing, found["H2.7"].score) == (Standing.EMPTY_ZERO, 0)
    assert (found["H4.6"].standing, found["H4.6"].score) == (Standing.NOT_APPLICABLE, 0)


def test_no_trigger_with_the_yearly_review_done_is_full():
    tree = score(STANDARD, [IndicatorInput("H2.7", is_reviewed=True)], at=AT)

    assert tree.total == 100


def test_what_does_not_apply_hands_its_weight_to_its_have():
    inputs = [i for i in all_full() if i.code not in ("H4.1", "H4.6")]
    inputs += [given_ratio("H4.1", 0, 1), IndicatorInput("H4.6")]

    tree = score(STANDARD, inputs, at=AT)

    fourth = tree.haves[3]
    weights = {i.code: i.weight for i in fourth.indicators}
    assert weights["H4.1"] == Decimal("3.4615")
    assert weights["H4.6"] == 0
    assert sum(weights.values()) == pytest.approx(Decimal(15), abs=Decimal("0.001"))
    assert fourth.assessable_weight == 15
    assert fourth.score == sum(i.score for i in fourth.indicators)
    assert tree.total == Decimal("96.5")


def test_a_have_whose_only_indicator_does_not_apply_is_left_out():
    tree = score(STANDARD, [IndicatorInput("H4.6"), given_ratio("H3.2", 81, 100)], at=AT)

    assert tree.assessable_weight == 7
    assert tree.total == Decimal("60.0")


def test_a_veto_caps_the_total_and_the_lower_cap_wins():
    for hits, total, grade in (((V7,), "79.9", "C"), ((V7, V2), "59.9", "D")):
        tree = score(STANDARD, all_full(), at=AT, vetoes=hits)
        assert (tree.total, tree.grade) == (Decimal(total), grade)
        assert tree.uncapped_total == 100


def test_a_total_below_the_cap_stays():
    tree = score(STANDARD, [given_ratio("H3.2", 70, 100)], at=AT, vetoes=(V2,))

    assert tree.total == tree.uncapped_total == Decimal("28.6")


def test_the_total_is_rounded_half_up():
    tree = score(STANDARD, [given_ratio("H5.6", "0.8975", 1)], at=AT)
    just_b = score(STANDARD, [given_ratio("H5.6", "0.8995", 1)], at=AT)

    assert tree.total == Decimal("89.8")
    assert (just_b.total, just_b.grade) == (Decimal("90.0"), "A")


def test_records_stay_with_their_indicator():
    ref = RecordRef("hazard", UUID(int=7))

    tree = score(STANDARD, [given_ratio("H3.4", 1, 1, records=(ref,))], at=AT)

    assert next(i for i in tree.indicators if i.code == "H3.4").records == (ref,)


def test_an_unknown_indicator_is_refused():
    with pytest.raises(UnknownCode):
        score(STANDARD, [IndicatorInput("H9.9")], at=AT)


INDICATORS = st.sampled_from(STANDARD.indicators)


@given(INDICATORS, st.fractions(min_value=-2, max_value=3))
def test_points_are_never_below_zero_or_above_the_weight(indicator, x):
    assert 0 <= indicator_points(indicator, x, indicator.weight) <= indicator.weight


@given(INDICATORS, st.integers(1, 5000), st.data())
def test_points_never_fall_when_the_numerator_grows(indicator, whole, data):
    part = data.draw(st.integers(0, whole))
    more = data.draw(st.integers(part, whole))

    fewer = indicator_points(indicator, Fraction(part, whole), indicator.weight)
    assert fewer <= indicator_points(indicator, Fraction(more, whole), indicator.weight)


@st.composite
def any_inputs(draw):
    codes = draw(st.sets(st.sampled_from(CODES)))
    inputs = []
    for code in sorted(codes):
        whole = draw(st.integers(0, 400))
        part = draw(st.integers(0, whole))
        inputs.append(IndicatorInput(code, Decimal(part), Decimal(whole)))
    return inputs


@given(any_inputs(), st.sampled_from([(), (V2,), (V7,), (V2, V7)]))
def test_every_tree_adds_up(inputs, hits):
    tree = score(STANDARD, inputs, at=AT, vetoes=hits)

    assert 0 <= tree.total <= 100
    assert tree.points == sum(h.score for h in tree.haves)
    assert tree.assessable_weight == sum(h.assessable_weight for h in tree.haves)
    for have in tree.haves:
        assert have.score == sum(i.score for i in have.indicators)
        assert have.score <= have.assessable_weight + Decimal("0.001")
        assert all(0 <= i.score <= i.weight for i in have.indicators)
    assert all(tree.total <= hit.cap for hit in hits)
    assert tree.grade == STANDARD.grade(tree.total).code
