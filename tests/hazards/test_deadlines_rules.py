from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.hazards.rules.deadlines import (
    DayCount,
    Extension,
    Urgency,
    approver_refusal,
    days_overdue,
    due_on,
    due_refusal,
    due_words,
    extension_refusal,
    is_overdue,
    is_reminder_due,
)
from webapp.hazards.rules.escalation import Rung, reached, to_tell
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardState
from webapp.hazards.rules.repeats import Occurrence, earlier_occurrences, is_repeat
from webapp.standards import work_calendar
from webapp.standards.refusal import Refusal

MONDAY = date(2026, 3, 2)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("urgency", "from_on", "expected"),
    [
        (Urgency.URGENT, MONDAY, date(2026, 3, 5)),
        (Urgency.SERIOUS, MONDAY, date(2026, 3, 9)),
        (Urgency.ORDINARY, MONDAY, date(2026, 3, 17)),
        # A week from Sunday 1 March ends on Sunday 8 March, so Monday counts.
        (Urgency.SERIOUS, date(2026, 3, 1), date(2026, 3, 9)),
        # Three days from Thursday 5 March end on Sunday: what is urgent does not wait.
        (Urgency.URGENT, date(2026, 3, 5), date(2026, 3, 8)),
        # Fifteen days from 18 September 2026 end inside the National Day holiday.
        (Urgency.ORDINARY, date(2026, 9, 18), date(2026, 10, 8)),
    ],
)
def test_the_usual_limits_are_three_seven_and_fifteen_days(urgency, from_on, expected):
    assert due_on(urgency, from_on) == expected


def test_working_days_can_be_counted_instead():
    assert due_on(Urgency.SERIOUS, MONDAY, count=DayCount.WORK) == date(2026, 3, 11)


def test_an_orders_date_wins_over_a_plans_and_a_plans_over_the_usual():
    plan, order = date(2026, 6, 30), date(2026, 4, 1)

    assert due_on(Urgency.URGENT, MONDAY, plan_due_on=plan, order_due_on=order) == order
    assert due_on(Urgency.URGENT, MONDAY, plan_due_on=plan) == plan


@given(st.sampled_from(Urgency), DAYS)
def test_a_limit_is_never_shorter_than_its_days(urgency, from_on):
    due = due_on(urgency, from_on)

    assert due >= from_on + timedelta(days=urgency.days)
    assert urgency is Urgency.URGENT or work_calendar.is_workday(due)


def test_a_date_by_hand_lies_within_thirty_days_for_a_general_hazard():
    facts = {"opened_on": MONDAY, "today": MONDAY}
    late = MONDAY + timedelta(days=31)

    assert due_refusal(date(2026, 3, 1), level=HazardLevel.GENERAL, **facts) == Refusal(
        "整改期限不能早于今天。", "due_on"
    )
    assert due_refusal(late, level=HazardLevel.GENERAL, **facts) is not None
    assert due_refusal(late, level=HazardLevel.MAJOR, **facts) is None
    assert due_refusal(late - timedelta(days=1), level=HazardLevel.GENERAL, **facts) is None


@given(st.sampled_from(HazardState), DAYS, DAYS)
def test_a_closed_hazard_is_never_overdue_and_the_last_day_is_still_in_time(state, due, today):
    overdue = is_overdue(state, due, today)

    assert overdue is (state is not HazardState.CLOSED and today > due)
    assert days_overdue(state, due, today) == (max((today - due).days, 0) if overdue else 0)
    assert due_words(state, due, today).startswith("逾期") is overdue


@pytest.mark.parametrize(
    ("state", "today", "words"),
    [
        (HazardState.ASSIGNED, date(2026, 2, 27), "还剩 3 天"),
        (HazardState.ASSIGNED, MONDAY, "今天到期"),
        (HazardState.RECTIFIED, date(2026, 3, 4), "逾期 2 天"),
        (HazardState.CLOSED, date(2026, 3, 4), "已销号"),
    ],
)
def test_a_date_is_told_in_words(state, today, words):
    assert due_words(state, MONDAY, today) == words


def test_the_assignee_is_reminded_three_days_and_one_day_before_and_on_the_day():
    days = [
        n
        for n in range(-2, 8)
        if is_reminder_due(HazardState.ASSIGNED, MONDAY, MONDAY - timedelta(days=n))
    ]

    assert days == [0, 1, 3]
    assert not is_reminder_due(HazardState.RECTIFIED, MONDAY, MONDAY)


def asked(**changes):
    facts = {"requested_on": MONDAY, "new_due_on": date(2026, 3, 20), "reason": "等待备件"}
    return Extension(**facts | changes)


def extension(wish, **changes):
    facts = {"state": HazardState.ASSIGNED, "due": date(2026, 3, 10), "granted": 0}
    return extension_refusal(wish, **facts | changes)


def test_a_later_date_is_asked_for_in_time_with_a_reason():
    assert extension(asked()) is None


@pytest.mark.parametrize(
    ("wish", "changes", "message"),
    [
        ({}, {"granted": 1}, "整改期限最多延期 1 次。"),
        ({"requested_on": date(2026, 3, 11)}, {}, "整改期限已过，不能再申请延期。"),
        ({"new_due_on": date(2026, 3, 10)}, {}, "延期后的日期要晚于原整改期限。"),
        ({"reason": ""}, {}, "请写明延期的原因和期间的安全措施。"),
        ({}, {"state": HazardState.RECTIFIED}, "隐患当前为“待验收”，不能申请延期。"),
        (
            {},
            {"is_from_order": True},
            "执法指令的整改期限由执法机关决定，请在届满前向执法机关书面申请延期。",
        ),
    ],
)
def test_a_later_date_is_refused(wish, changes, message):
    assert extension(asked(**wish), **changes).message == message


def test_nobody_grants_his_own_wish():
    me, you = UUID(int=1), UUID(int=2)

    assert approver_refusal(me, requested_by=me) is not None
    assert approver_refusal(you, requested_by=me) is None


@pytest.mark.parametrize(
    ("days", "rungs"),
    [
        (0, ()),
        (1, (Rung.DEPARTMENT_HEAD,)),
        (3, (Rung.DEPARTMENT_HEAD, Rung.DEPUTY)),
        (14, (Rung.DEPARTMENT_HEAD, Rung.DEPUTY, Rung.PRINCIPAL)),
        (15, tuple(Rung)),
    ],
)
def test_an_overdue_hazard_climbs_the_ladder(days, rungs):
    assert reached(days) == rungs


@given(st.lists(st.integers(-5, 60), max_size=20))
def test_each_rung_is_told_once_however_often_the_job_runs(days):
    told = []
    for day in sorted(days):
        told += to_tell(day, told=frozenset(told))

    assert tuple(told) == reached(max(days, default=0))


def test_the_same_measure_failing_within_ninety_days_is_a_repeat():
    measure = UUID(int=9)
    found = Occurrence(UUID(int=1), measure, date(2026, 6, 30))
    old = Occurrence(UUID(int=2), measure, date(2026, 4, 1))
    older = Occurrence(UUID(int=3), measure, date(2026, 3, 31))
    elsewhere = Occurrence(UUID(int=4), UUID(int=8), date(2026, 6, 29))

    assert earlier_occurrences(found, [found, older, old, elsewhere]) == (old,)
    assert not is_repeat(found, [found, older, elsewhere])


@pytest.mark.parametrize(("rectified_on", "late"), [(MONDAY, 0), (MONDAY + timedelta(days=2), 2)])
def test_the_day_of_the_rectification_decides_and_not_that_of_its_verification(rectified_on, late):
    weeks_later = MONDAY + timedelta(days=30)

    facts = (HazardState.RECTIFIED, MONDAY, weeks_later, rectified_on)

    assert is_overdue(*facts) is bool(late)
    assert days_overdue(*facts) == late
