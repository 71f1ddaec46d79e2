from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.inspection.rules.cases import (
    CaseAction,
    CaseState,
    Disposition,
    Finding,
    Officer,
    Outcome,
    Visit,
    closing_refusal,
    finding_refusal,
    next_state,
    officers_refusal,
    time_refusal,
    time_warnings,
)
from webapp.standards.refusal import Refusal

WANG = Officer(UUID(int=1), "王强", "豫A0001", "410502")
LI = Officer(UUID(int=2), "李敏", "豫A0002", "410502")
PLACE = "410502001"
NINE = datetime(2026, 3, 9, 1, tzinfo=UTC)
TODAY = date(2026, 3, 9)
ORDERED = Finding(1, "配电柜前堆放杂物", Disposition.ORDER, date(2026, 3, 20))
MENDED = Finding(2, "灭火器被遮挡", Disposition.ON_THE_SPOT)
A, S = CaseAction, CaseState


def test_two_officers_with_certificates_in_their_region_inspect():
    assert officers_refusal([WANG, LI], PLACE) is None


@pytest.mark.parametrize(
    ("officers", "message"),
    [
        ([], "执法检查不得少于两名执法人员，请再选择一名。"),
        ([WANG], "执法检查不得少于两名执法人员，请再选择一名。"),
        ([WANG, WANG], "同一名执法人员不能重复填写。"),
        ([WANG, replace(LI, certificate_number=" ")], "李敏没有登记执法证号，不能执法。"),
        ([WANG, replace(LI, region_prefix="410503")], "该企业不在李敏所在机关的辖区。"),
        ([WANG, replace(LI, region_prefix="")], "该企业不在李敏所在机关的辖区。"),
        (
            [WANG, replace(LI, certificate_number="豫A0001")],
            "两名执法人员的执法证号相同，请核对。",
        ),
    ],
)
def test_fewer_or_other_officers_do_not_inspect(officers, message):
    assert officers_refusal(officers, PLACE) == Refusal(message, "officers")


def test_a_city_officer_inspects_in_each_county():
    city = [replace(officer, region_prefix="4105") for officer in (WANG, LI)]

    assert officers_refusal(city, PLACE) is None


def test_an_inspection_ends_after_it_began_and_not_in_the_future():
    hour = timedelta(hours=1)

    assert time_refusal(NINE, NINE + hour, now=NINE + hour) is None
    assert time_refusal(NINE, NINE, now=NINE) is not None
    assert time_refusal(NINE, NINE + hour, now=NINE) is not None


def warnings(start, end, *others):
    return time_warnings(start, end, officers={WANG.user_id}, others=others)


def visit(start, end, user_id=WANG.user_id):
    return Visit(user_id, "王强", "安阳市北关铸造厂", start, end)


def test_a_very_short_inspection_is_asked_about():
    minutes = timedelta(minutes=1)

    assert warnings(NINE, NINE + 4 * minutes) == ("检查时间不足 5 分钟，请核对。",)
    assert warnings(NINE, NINE + 5 * minutes) == ()


def test_an_officer_in_two_places_at_once_is_asked_about():
    hour = timedelta(hours=1)
    asked = ("王强同一时间在“安阳市北关铸造厂”检查，请核对。",)

    assert warnings(NINE, NINE + hour, visit(NINE + hour / 2, NINE + 2 * hour)) == asked
    assert warnings(NINE, NINE + hour, visit(NINE - hour, None)) == asked
    assert warnings(NINE, NINE + hour, visit(NINE + hour, NINE + 2 * hour)) == ()
    assert warnings(NINE, NINE + hour, visit(NINE - hour, NINE)) == ()
    assert warnings(NINE, NINE + hour, visit(NINE, None, LI.user_id)) == ()


@given(st.integers(0, 600), st.integers(6, 600), st.integers(0, 600), st.integers(1, 600))
def test_overlap_is_seen_from_both_sides(start, length, other_start, other_length):
    def at(minutes):
        return NINE + timedelta(minutes=minutes)

    one = (at(start), at(start + length))
    other = (at(other_start), at(other_start + other_length))
    overlaps = start < other_start + other_length and other_start < start + length

    assert bool(warnings(*one, visit(*other))) is overlaps


@pytest.mark.parametrize(
    "path",
    [
        [A.RECORD, A.CLOSE],
        [A.RECORD, A.ORDER, A.REINSPECT, A.CLOSE],
        [A.RECORD, A.ORDER, A.REINSPECT, A.REINSPECT, A.CLOSE],
    ],
)
def test_a_case_runs_from_record_over_order_and_reinspection_to_its_end(path):
    state = S.OPEN
    for action in path:
        state = next_state(state, action)

    assert state is S.CLOSED


@given(st.lists(st.sampled_from(CaseAction), max_size=12))
def test_no_path_orders_without_a_record_or_reinspects_without_an_order(actions):
    state, done = S.OPEN, []
    for action in actions:
        after = next_state(state, action)
        if isinstance(after, Refusal):
            assert after.message
            continue
        state = after
        done.append(action)

    if A.ORDER in done:
        assert done.index(A.RECORD) < done.index(A.ORDER)
    if A.REINSPECT in done:
        assert done.index(A.ORDER) < done.index(A.REINSPECT)
    if state is S.CLOSED and A.ORDER in done:
        assert A.REINSPECT in done
    assert state.is_running is (state not in {S.CLOSED, S.ABANDONED})


def test_a_finding_with_a_date_ahead_is_ordered():
    assert finding_refusal(ORDERED, today=TODAY) is None
    assert finding_refusal(MENDED, today=TODAY) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"description": " "}, "description"),
        ({"due_on": None}, "due_on"),
        ({"due_on": TODAY}, "due_on"),
        ({"due_on": date(2026, 4, 9)}, "due_on"),
        ({"is_major": True, "disposition": Disposition.ON_THE_SPOT}, "disposition"),
    ],
)
def test_a_finding_is_refused_at_its_field(changes, field):
    assert finding_refusal(replace(ORDERED, **changes), today=TODAY).field == field


def test_a_major_finding_may_take_longer():
    long = replace(ORDERED, due_on=date(2026, 6, 30))

    assert finding_refusal(long, today=TODAY) is not None
    assert finding_refusal(replace(long, is_major=True), today=TODAY) is None


def test_a_case_with_everything_mended_on_the_spot_is_closed_after_its_record():
    assert closing_refusal(S.RECORDED, [MENDED], []) is None
    assert closing_refusal(S.RECORDED, [], []) is None


@pytest.mark.parametrize(
    ("state", "findings", "outcomes", "message"),
    [
        (S.OPEN, [], [], "检查当前为“检查中”，不能办结。"),
        (S.RECORDED, [ORDERED], [], "还有应责令限期整改的问题，请先下达整改指令。"),
        (
            S.REINSPECTED,
            [ORDERED],
            [Outcome.NOT_RECTIFIED],
            "还有 1 项未整改到位，不能办结；拒不整改的应当立案。",
        ),
        (
            S.REINSPECTED,
            [ORDERED],
            [None],
            "还有 1 项未整改到位，不能办结；拒不整改的应当立案。",
        ),
    ],
)
def test_a_case_is_not_closed_with_work_left(state, findings, outcomes, message):
    assert closing_refusal(state, findings, outcomes) == Refusal(message)


def test_a_case_is_closed_when_every_item_is_rectified():
    assert closing_refusal(S.REINSPECTED, [ORDERED], [Outcome.RECTIFIED]) is None
