from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.enterprise.rules.organisation import PostKind
from webapp.enterprise.rules.responsibilities import (
    Duty,
    ListAction,
    ListState,
    is_review_due,
    is_review_near,
    next_state,
    publishing_refusals,
    review_by,
    signing_refusal,
    starter_duties,
    unsigned,
)
from webapp.standards.refusal import Refusal

ME, YOU = UUID(int=1), UUID(int=2)
DUTY = Duty("组织班前安全检查", "每班一次", "检查有记录", "少一次扣 5 分")


def test_a_draft_is_edited_published_and_later_replaced():
    assert next_state(ListState.DRAFT, ListAction.EDIT) is ListState.DRAFT
    assert next_state(ListState.DRAFT, ListAction.PUBLISH) is ListState.PUBLISHED
    assert next_state(ListState.PUBLISHED, ListAction.REPLACE) is ListState.REPLACED


@pytest.mark.parametrize("state", [ListState.PUBLISHED, ListState.REPLACED])
def test_a_published_list_is_never_edited(state):
    assert isinstance(next_state(state, ListAction.EDIT), Refusal)


@pytest.mark.parametrize("kind", PostKind)
def test_every_kind_of_post_starts_with_duties_that_can_be_published(kind):
    duties = starter_duties(kind)

    assert publishing_refusals(duties) == ()


def test_an_electrician_starts_with_duties_of_the_trade():
    electrician = starter_duties(PostKind.SPECIAL_OPERATOR, "维修电工")

    assert electrician != starter_duties(PostKind.SPECIAL_OPERATOR)


def test_the_principal_starts_with_the_seven_duties_of_the_law():
    sources = {duty.source for duty in starter_duties(PostKind.PRINCIPAL)}

    assert {f"《安全生产法》第二十一条第（{n}）项" for n in "一二三四五六七"} <= sources


def test_a_list_needs_duties_each_with_a_standard_and_an_assessment():
    assert publishing_refusals([DUTY]) == ()
    assert publishing_refusals([]) == (Refusal("责任清单至少要有一条职责。", "duties"),)
    assert publishing_refusals([DUTY, Duty("佩戴劳保用品")]) == (
        Refusal("第 2 条缺少工作标准。", "duties-1-work_standard"),
        Refusal("第 2 条缺少考核标准。", "duties-1-assessment"),
    )


@pytest.mark.parametrize(
    ("person", "signed", "state", "is_refused"),
    [
        (ME, set(), ListState.PUBLISHED, False),
        (YOU, set(), ListState.PUBLISHED, True),
        (ME, {ME}, ListState.PUBLISHED, True),
        (ME, set(), ListState.DRAFT, True),
    ],
)
def test_one_signs_ones_own_published_list_once(person, signed, state, is_refused):
    refusal = signing_refusal(person, holders={ME}, signed=signed, state=state)

    assert (refusal is not None) is is_refused


def test_who_has_not_signed_is_known():
    assert unsigned([ME, YOU], [ME]) == {YOU}


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_a_list_holds_for_one_year(published_on):
    last = review_by(published_on)

    assert timedelta(days=364) < last - published_on <= timedelta(days=366)
    assert not is_review_due(last, last)
    assert is_review_due(last, last + timedelta(days=1))
    assert is_review_near(last, last - timedelta(days=30))
    assert not is_review_near(last, last - timedelta(days=31))


def test_a_list_of_a_leap_day_ends_on_the_28th():
    assert review_by(date(2024, 2, 29)) == date(2025, 2, 28)
