"""Small rules around the loop: whose post, whose turn, what first, what was seen before."""

from datetime import date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.hazards.rules.departments import areas_around, outwards, within
from webapp.hazards.rules.desk import FirstThing, first_thing
from webapp.hazards.rules.duplicates import Described, alike, likeness
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardSource, HazardState, Outcome, after_reinspection
from webapp.hazards.rules.posts import PostPlace, suitable_post
from webapp.hazards.rules.schedule import SHANGHAI, due_day, due_shown, is_past_making_up
from webapp.hazards.rules.waiting import state_tone, waiting_words
from webapp.standards.responsibility_templates import PostKind
from webapp.standards.risk_methods import ControlLevel

PLANT, SHOP, TEAM, OTHER = (UUID(int=number) for number in range(1, 5))
PARENTS = {PLANT: None, SHOP: PLANT, TEAM: SHOP, OTHER: PLANT}
S = HazardState


def place(number, kind, department):
    return PostPlace(UUID(int=100 + number), f"岗位{number}", kind, department)


def test_departments_are_looked_at_from_the_own_outwards():
    assert outwards(TEAM, PARENTS) == (TEAM, SHOP, PLANT)
    assert within(SHOP, PARENTS) == {SHOP, TEAM}
    assert areas_around(SHOP, PARENTS) == ({SHOP}, {TEAM}, {PLANT})
    assert within(None, PARENTS) == frozenset()


def test_a_circle_of_departments_ends():
    assert outwards(SHOP, {SHOP: TEAM, TEAM: SHOP}) == (SHOP, TEAM)


def test_a_control_level_falls_to_the_one_post_of_its_kind_nearby():
    posts = [place(1, PostKind.TEAM_LEADER, TEAM), place(2, PostKind.DEPARTMENT_HEAD, SHOP)]
    areas = areas_around(SHOP, PARENTS)

    assert suitable_post(ControlLevel.TEAM, areas, posts) == UUID(int=101)
    assert suitable_post(ControlLevel.DEPARTMENT, areas, posts) == UUID(int=102)
    assert suitable_post(ControlLevel.POST, areas, posts) is None


def test_two_posts_of_a_kind_are_a_guess_that_is_left_to_people():
    posts = [place(1, PostKind.WORKER, TEAM), place(2, PostKind.WORKER, TEAM)]

    assert suitable_post(ControlLevel.POST, areas_around(TEAM, PARENTS), posts) is None


def test_what_the_whole_enterprise_controls_falls_to_its_safety_people():
    posts = [place(1, PostKind.SAFETY_OFFICER, None), place(2, PostKind.SAFETY_DIRECTOR, None)]

    assert suitable_post(ControlLevel.COMPANY, (), posts) == UUID(int=102)


@pytest.mark.parametrize(
    ("state", "source", "words"),
    [
        (S.REPORTED, HazardSource.REPORT, "等待部门负责人或安全管理人员评估分级"),
        (S.ASSIGNED, HazardSource.REPORT, "等待刘伟整改"),
        (S.RECTIFIED, HazardSource.REPORT, "等待整改责任人以外的人员验收"),
        (S.RECTIFIED, HazardSource.INSPECTION, "等待执法人员复查"),
        (S.CLOSED, HazardSource.REPORT, ""),
    ],
)
def test_a_hazard_says_whose_turn_it_is(state, source, words):
    told = waiting_words(
        state, level=HazardLevel.GENERAL, source=source, assignee="刘伟", has_consent=False
    )

    assert told == words


@pytest.mark.parametrize("has_consent", [True, False])
def test_a_major_one_waits_for_the_agency_and_then_for_the_principal(has_consent):
    told = waiting_words(
        S.VERIFIED,
        level=HazardLevel.MAJOR,
        source=HazardSource.REPORT,
        assignee="刘伟",
        has_consent=has_consent,
    )

    assert told == ("等待主要负责人销号" if has_consent else "等待应急管理部门核查同意")


def test_an_overdue_state_is_shown_as_pressing():
    assert state_tone(S.ASSIGNED, is_overdue=True) == "bad"
    assert state_tone(S.CLOSED, is_overdue=False) == "ok"


def test_what_presses_most_comes_first():
    quiet = {"overdue": 0, "missed": 0, "to_verify": 0, "due_today": 0}

    assert first_thing(**quiet) is FirstThing.NOTHING
    assert first_thing(**quiet | {"missed": 1, "to_verify": 2}) is FirstThing.MISSED_TASK
    assert first_thing(**quiet | {"overdue": 1, "missed": 9}) is FirstThing.OVERDUE_HAZARD


def test_the_same_thing_in_other_words_is_recognised_and_another_is_not():
    seen = [Described(SHOP, "主钩防脱钩卡子没有了"), Described(TEAM, "油管渗漏")]

    assert alike("防脱钩卡子又没有了", seen) == (SHOP,)
    assert alike("通道堆放木箱", seen) == ()


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_the_same_from_both_sides(one, other):
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


def test_what_the_officers_see_decides():
    assert after_reinspection(S.GRADED, Outcome.ACCEPTED) is S.CLOSED
    assert after_reinspection(S.RECTIFIED, Outcome.RETURNED) is S.ASSIGNED
    assert after_reinspection(S.GRADED, Outcome.RETURNED) is S.GRADED


def test_midnight_ends_the_day_before_it_and_a_missed_check_lasts_a_week():
    midnight = datetime(2026, 11, 25, tzinfo=SHANGHAI)
    morning = datetime(2026, 11, 24, 8, tzinfo=SHANGHAI)

    assert due_day(midnight) == due_shown(midnight) == date(2026, 11, 24)
    assert due_shown(morning) == morning
    assert not is_past_making_up(midnight, datetime(2026, 12, 2, tzinfo=SHANGHAI))
    assert is_past_making_up(midnight, datetime(2026, 12, 2, 0, 1, tzinfo=SHANGHAI))
