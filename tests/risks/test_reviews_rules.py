"""Which risks are to be assessed again, each with its reasons."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.risks.rules.reviews import Assessed, Trigger, TriggerKind, due_reviews

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ROW = Assessed(
    event_id=uuid4(),
    number=1,
    point_id=uuid4(),
    point="熔炼炉",
    description="铁水遇水爆炸",
    level="major",
    assessed_at=NOW - timedelta(days=100),
)
TRIGGER = Trigger(
    TriggerKind.ACCIDENT, "邻厂炉坑爆炸", date(2026, 11, 1), declared_at=NOW - timedelta(days=10)
)


def reasons(row=ROW, triggers=(), repeated=None) -> list[str]:
    found = due_reviews([row], triggers, repeated or {}, now=NOW)
    return [reason for due in found for reason in due.reasons]


def test_a_fresh_assessment_is_let_alone():
    assert reasons() == []


def test_a_year_makes_it_due():
    assert reasons(replace(ROW, assessed_at=NOW - timedelta(days=366))) == ["上次评价已满一年"]
    assert reasons(replace(ROW, assessed_at=NOW - timedelta(days=365))) == []


def test_a_trigger_concerns_its_point_or_everything():
    elsewhere = replace(TRIGGER, point_id=uuid4())
    here = replace(TRIGGER, point_id=ROW.point_id)

    words = "2026 年 11 月 1 日本单位或同类企业发生事故：邻厂炉坑爆炸"
    assert reasons(triggers=[TRIGGER]) == [words]
    assert reasons(triggers=[here]) == [words]
    assert reasons(triggers=[elsewhere]) == []


@pytest.mark.parametrize("days_later", [0, 5])
def test_what_was_declared_before_the_assessment_has_been_considered(days_later):
    after = replace(ROW, assessed_at=TRIGGER.declared_at + timedelta(days=days_later))

    assert reasons(after, triggers=[TRIGGER]) == []


def test_a_hazard_that_came_back_since_makes_it_due():
    event = ROW.event_id

    assert reasons(repeated={event: NOW - timedelta(days=1)}) == ["同一措施 90 天内再次出现隐患"]
    assert reasons(repeated={event: ROW.assessed_at}) == []


def test_all_reasons_are_told_and_the_oldest_assessment_comes_first():
    old = replace(ROW, event_id=uuid4(), number=2, assessed_at=NOW - timedelta(days=500))

    found = due_reviews([ROW, old], [TRIGGER], {old.event_id: NOW}, now=NOW)

    assert [due.number for due in found] == [2, 1]
    assert len(found[0].reasons) == 3


ages = st.integers(0, 900).map(lambda days: replace(ROW, assessed_at=NOW - timedelta(days=days)))


@given(ages)
def test_assessing_again_now_settles_every_reason(row):
    again = replace(row, assessed_at=NOW)

    assert reasons(again, triggers=[TRIGGER], repeated={row.event_id: NOW}) == []
