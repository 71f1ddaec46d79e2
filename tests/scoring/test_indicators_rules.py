from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from tests.scoring.facts import any_facts
from webapp.scoring.rules.advice import rescore
from webapp.scoring.rules.indicators import (
    Coverage,
    Facts,
    Honesty,
    Majors,
    Quality,
    Rectification,
    Share,
    Tasks,
    coverage,
    honesty,
    indicator_inputs,
    majors,
    quality,
    ratios,
    rectification,
    share,
    tasks,
)
from webapp.standards.five_have import five_have

AT = datetime(2026, 11, 24, tzinfo=UTC)
STANDARD = five_have()


def x(ratio):
    return Fraction(ratio.numerator) / Fraction(ratio.denominator)


def test_coverage_is_the_worse_of_points_and_departments():
    assert coverage(Coverage(60, 58, 4, 4)) == (58, 60)
    assert coverage(Coverage(60, 60, 4, 3)) == (3, 4)
    assert coverage(Coverage(60, 58)) == (58, 60)
    assert coverage(Coverage()) == (0, 0)
    assert coverage(Coverage(departments=3)) == (0, 0)


def test_coverage_is_halved_while_one_list_is_empty():
    assert x(coverage(Coverage(10, 10, 2, 2, has_equipment=False))) == Fraction(1, 2)


def test_plain_shares():
    assert share(Share(210, 214)) == (210, 214)
    assert tasks(Tasks(236, 176, open_today=9)) == (176, 236)
    assert rectification(Rectification(72, 61, open_today=3)) == (61, 72)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Honesty(100, 0, 49, 0), Fraction(1)),
        (Honesty(100, 0, 50, 0), Fraction(1, 2)),
        (Honesty(100, 0, 50, 1), Fraction(1)),
        (Honesty(100, 4, 50, 1), Fraction(96, 100)),
        (Honesty(100, 4, 200, 0), Fraction(48, 100)),
    ],
)
def test_honesty_doubts_late_records_and_too_few_hazards(counts, expected):
    assert x(honesty(counts)) == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Quality(10, 10, 20, 20, 30, 0), "1"),
        (Quality(10, 5, 20, 20, 30, 0), "0.75"),
        (Quality(10, 10, 20, 10, 30, 0), "0.85"),
        (Quality(10, 10, 20, 20, 30, 15), "0.9"),
        (Quality(0, 0, 3, 2, 3, 0), "0.9"),
        (Quality(3, 2, 0, 0, 0, 0), "0.8333"),
    ],
)
def test_quality_weighs_five_three_two(counts, expected):
    assert quality(counts) == (Decimal(expected), 1)


def test_no_hazard_leaves_quality_empty():
    assert quality(Quality()) == (0, 0)


def test_majors_weigh_two_three_two_three():
    assert x(majors(Majors(1, 1, 1, 1, 1))) == 1
    assert x(majors(Majors(1, 0, 1, 1, 1))) == Fraction(8, 10)
    assert x(majors(Majors(2, 2, 1, 1, 2))) == Fraction(15, 20)
    assert majors(Majors()) == (0, 0)


def test_fifteen_indicators_come_from_records():
    codes = set(ratios(Facts()))

    assert codes == {
        "H2.1", "H2.3", "H2.4", "H2.5", "H3.1", "H3.2", "H3.3", "H3.4", "H3.5", "H3.6", "H3.8",
        "H4.1", "H4.2", "H4.5", "H5.4",
    }  # fmt: skip
    tree = rescore(STANDARD, Facts(), at=AT)
    assert {i.code for i in tree.indicators if i.assessable} == codes
    assert tree.assessable_weight == 56


def reported_and_closed(facts, *, by_worker=True):
    due, good, shown = facts.rectification, facts.quality, facts.reports
    return replace(
        facts,
        rectification=replace(due, due=due.due + 1, on_time=due.on_time + 1),
        quality=replace(
            good,
            timed=good.timed + 1,
            implemented=good.implemented + 1,
            rectified=good.rectified + 1,
            evidenced=good.evidenced + 1,
            found=good.found + 1,
        ),
        honesty=replace(facts.honesty, hazards=facts.honesty.hazards + 1),
        reports=Share(shown.part + by_worker, shown.whole + 1),
    )


@given(any_facts())
def test_a_worker_who_reports_a_hazard_closed_in_time_never_lowers_the_total(facts):
    before = rescore(STANDARD, facts, at=AT)
    after = rescore(STANDARD, reported_and_closed(facts), at=AT)

    assert after.precise_total >= before.precise_total
    assert after.total >= before.total


@given(any_facts())
def test_a_leader_who_reports_one_moves_only_the_share_of_workers_down(facts):
    before = rescore(STANDARD, facts, at=AT)
    after = rescore(STANDARD, reported_and_closed(facts, by_worker=False), at=AT)

    fallen = {
        a.code
        for a, b in zip(after.indicators, before.indicators, strict=True)
        if a.score < b.score
    }
    assert fallen <= {"H5.4"}


def doubled(value):
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return 2 * value
    return type(value)(*(doubled(getattr(value, f.name)) for f in fields(value)))


@given(any_facts())
def test_doubling_all_records_never_raises_a_ratio(facts):
    once = ratios(facts)
    twice = ratios(doubled(facts))

    for code, ratio in once.items():
        if ratio.denominator:
            assert x(twice[code]) <= x(ratio)


@given(any_facts())
def test_every_ratio_lies_between_zero_and_one(facts):
    for ratio in ratios(facts).values():
        assert 0 <= ratio.numerator <= max(ratio.denominator, 0)


def test_records_reach_the_inputs():
    inputs = indicator_inputs(Facts(), {"H3.4": ()})

    assert [i.code for i in inputs] == list(ratios(Facts()))
