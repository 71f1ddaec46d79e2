from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.inspection.rules.cases import Disposition, Finding, Outcome
from webapp.inspection.rules.orders import (
    OrderGroup,
    deadline_on,
    is_reinspection_late,
    is_settled,
    items_refusal,
    opinion_refusal,
    order_groups,
    ordered_findings,
    reinspect_by,
)
from webapp.standards import work_calendar

MONDAY = date(2026, 3, 9)


def item(number, days, **changes):
    due_on = MONDAY + timedelta(days=days)
    facts = {"description": "问题", "disposition": Disposition.ORDER, "due_on": due_on}
    return Finding(number, **facts | changes)


SPOT = Finding(2, "灭火器被遮挡", Disposition.ON_THE_SPOT)


def test_items_are_grouped_by_deadline_and_numbered_anew():
    groups = order_groups([item(5, 7), item(1, 7), SPOT, item(3, 3), item(4, 7)])

    assert groups == (
        OrderGroup(date(2026, 3, 12), (2,)),
        OrderGroup(date(2026, 3, 16), (1, 3, 4)),
    )


@pytest.mark.parametrize(
    ("numbers", "words"),
    [((1,), "1"), ((1, 2), "1、2"), ((1, 3, 4, 5), "1、3—5"), ((2, 4, 6), "2、4、6")],
)
def test_numbers_are_printed_as_a_reader_says_them(numbers, words):
    assert OrderGroup(MONDAY, numbers).number_words == words


@given(st.lists(st.integers(1, 20), min_size=1, max_size=20))
def test_every_ordered_item_stands_in_one_group(days):
    findings = [item(n, after) for n, after in enumerate(days, 1)]
    groups = order_groups(findings)

    numbers = sorted(number for group in groups for number in group.numbers)
    assert numbers == list(range(1, len(days) + 1))
    assert [group.due_on for group in groups] == sorted({f.due_on for f in findings})
    assert deadline_on(findings) == max(f.due_on for f in findings)


def test_an_order_needs_items_with_dates_ahead():
    assert items_refusal([item(1, 7)], issued_on=MONDAY) is None
    assert items_refusal([SPOT], issued_on=MONDAY) is not None
    assert items_refusal([item(1, 0)], issued_on=MONDAY).field == "due_on"
    assert items_refusal([item(1, 31)], issued_on=MONDAY).field == "due_on"
    assert items_refusal([item(1, 31, is_major=True)], issued_on=MONDAY) is None


def test_what_was_mended_on_the_spot_is_not_ordered():
    assert ordered_findings([SPOT, item(1, 7)]) == (item(1, 7),)


def test_reinspection_comes_within_ten_days_after_the_deadline():
    # Ten days after Friday 20 March 2026 is Monday 30 March.
    assert reinspect_by(date(2026, 3, 20)) == date(2026, 3, 30)
    # Ten days after 24 September 2026 is Sunday, 4 October, inside the holiday to the 7th.
    assert reinspect_by(date(2026, 9, 24)) == date(2026, 10, 8)


@given(st.dates(date(2024, 1, 1), date(2026, 12, 1)))
def test_the_officers_own_date_is_a_working_day_and_never_early(deadline):
    last = reinspect_by(deadline)

    assert last >= deadline + timedelta(days=10)
    assert work_calendar.is_workday(last)
    assert not is_reinspection_late(deadline, last)
    assert is_reinspection_late(deadline, last + timedelta(days=1))


@pytest.mark.parametrize(
    ("outcomes", "message"),
    [
        ([(1, Outcome.RECTIFIED, "")], None),
        ([(1, Outcome.NOT_RECTIFIED, "柜前仍堆放木托盘")], None),
        ([(1, Outcome.RECTIFIED, ""), (2, None, "")], "第 2 项还没有复查结论。"),
        ([(1, Outcome.NOT_RECTIFIED, " ")], "第 1 项未整改，请写明情况。"),
        ([], "没有可复查的整改项。"),
    ],
)
def test_an_opinion_tells_of_each_item(outcomes, message):
    refusal = opinion_refusal(outcomes)

    assert (refusal and refusal.message) == message


def test_an_order_is_settled_when_nothing_is_left():
    assert is_settled([Outcome.RECTIFIED, Outcome.RECTIFIED])
    assert not is_settled([Outcome.RECTIFIED, Outcome.NOT_RECTIFIED])
    assert not is_settled([None])
