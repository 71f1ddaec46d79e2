from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given

from tests.scoring.facts import GOOD, any_facts
from webapp.scoring.rules.actions import open_actions
from webapp.scoring.rules.advice import advise, cost_of_waiting, rescore
from webapp.scoring.rules.indicators import (
    Coverage,
    Facts,
    Honesty,
    Majors,
    Quality,
    Rectification,
    Share,
    Tasks,
)
from webapp.scoring.rules.veto import VetoFacts
from webapp.standards.five_have import five_have

AT = datetime(2026, 11, 24, tzinfo=UTC)
STANDARD = five_have()
FULL = Share(10, 10)


def by_code(found):
    return {advice.action.code: advice for advice in found}


def test_actions_are_sorted_by_the_points_they_bring():
    found = advise(STANDARD, GOOD, at=AT)

    points = [advice.points for advice in found]
    assert points == sorted(points, reverse=True)
    assert all(p > 0 for p in points)
    assert {"complete_measures", "assign_controllers", "close_hazards"} <= set(by_code(found))


def test_one_action_worked_by_hand():
    found = by_code(advise(STANDARD, GOOD, at=AT))["complete_measures"]

    assert found.action.words == "给 25 条风险补齐管控措施"
    assert found.action.detail == "189 → 214 / 214"
    assert found.points == Decimal("1.6689")


@given(any_facts())
def test_points_are_the_difference_that_doing_it_makes(facts):
    now = rescore(STANDARD, facts, at=AT)

    for advice in advise(STANDARD, facts, at=AT):
        after = rescore(STANDARD, advice.action.after, at=AT)
        assert now.precise_total + advice.points == after.precise_total
        assert advice.total_after == after.total


@given(any_facts())
def test_doing_what_is_owed_never_costs_points_at_its_indicator(facts):
    now = {i.code: i.score for i in rescore(STANDARD, facts, at=AT).indicators}

    for action in open_actions(facts):
        after = {i.code: i.score for i in rescore(STANDARD, action.after, at=AT).indicators}
        if action.indicator in now:
            assert after[action.indicator] >= now[action.indicator]


@given(any_facts())
def test_waiting_never_gains(facts):
    now = rescore(STANDARD, facts, at=AT)

    for cost in cost_of_waiting(STANDARD, facts, at=AT):
        assert cost.points > 0
        assert cost.total_after <= now.total


def test_hazards_due_today_cost_points_tomorrow():
    costs = cost_of_waiting(STANDARD, GOOD, at=AT)

    assert [cost.words for cost in costs] == ["3 条隐患今天到期，未销号即逾期"]
    assert costs[0].points == Decimal("1.0375")


def test_a_major_hazard_due_today_costs_the_cap_of_v2():
    grave = replace(
        GOOD,
        majors=Majors(1, 1, 1, 1, 1),
        rectification=Rectification(72, 72, open_today=1),
        vetoes=replace(GOOD.vetoes, majors_due_today=1),
    )

    cost = cost_of_waiting(STANDARD, grave, at=AT)[0]

    assert cost.total_after == Decimal("59.9")
    assert cost.points > 20


def test_lifting_a_veto_is_an_action_with_its_points():
    barred = replace(GOOD, vetoes=replace(GOOD.vetoes, overdue_majors=1))

    found = advise(STANDARD, barred, at=AT)

    assert [advice.action.code for advice in found] == ["settle_majors"]
    assert found[0].total_after == rescore(STANDARD, GOOD, at=AT).total


def test_an_enterprise_that_owes_nothing_gets_no_advice():
    done = Facts(
        coverage=Coverage(10, 10, 2, 2),
        grading=FULL,
        measures=FULL,
        responsibilities=FULL,
        derivation=FULL,
        tasks=Tasks(10, 10),
        honesty=Honesty(10, 0, 10, 3),
        rectification=Rectification(3, 3),
        quality=Quality(1, 1, 3, 3, 3, 0),
        order_items=FULL,
        accounts=FULL,
        mobile=FULL,
        sections=FULL,
        reports=Share(3, 3),
        vetoes=VetoFacts(risks=10, checks=10),
    )

    assert advise(STANDARD, done, at=AT) == ()
    assert cost_of_waiting(STANDARD, done, at=AT) == ()
    assert rescore(STANDARD, done, at=AT).total == 100


def test_a_new_enterprise_is_told_to_begin():
    new = Facts(
        coverage=Coverage(5, 0, 2, 0),
        grading=Share(5, 5),
        tasks=Tasks(open_today=4),
        vetoes=VetoFacts(risks=5),
    )

    codes = {action.code for action in open_actions(new)}

    assert {"assess_points", "finish_tasks", "start_checking"} <= codes
