from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.accounts.rules.lockout import (
    LONGEST_WAIT,
    OPEN_DOOR,
    after_failure,
    after_success,
    is_locked,
    wait_after,
    wait_words,
)
from webapp.accounts.rules.members import (
    Membership,
    change_refusal,
    is_invitation_open,
    roles_refusal,
    suspension_refusal,
)
from webapp.accounts.rules.roles import Audience, Role
from webapp.accounts.rules.second_factor import (
    is_step_acceptable,
    removal_refusal,
    requires_second_factor,
    time_step,
)

NOON = datetime(2026, 3, 8, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def failed(times, at=NOON):
    state = OPEN_DOOR
    for _ in range(times):
        state = after_failure(state, at)
    return state


def test_four_failures_leave_the_door_open():
    assert not is_locked(failed(4), NOON)


def test_the_fifth_failure_closes_the_door_for_one_minute():
    state = failed(5)

    assert is_locked(state, NOON + MINUTE - timedelta(seconds=1))
    assert not is_locked(state, NOON + MINUTE)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 30), (999, 30)]
)
def test_the_wait_doubles_up_to_half_an_hour(failures, minutes):
    assert wait_after(failures) == timedelta(minutes=minutes)


def test_knocking_at_a_closed_door_does_not_close_it_longer():
    assert failed(50) == failed(5)


def test_a_success_forgets_all_failures():
    assert after_success() == OPEN_DOOR
    assert not is_locked(after_failure(after_success(), NOON), NOON)


@given(st.lists(st.integers(0, 7200), max_size=40))
def test_no_history_closes_the_door_for_more_than_half_an_hour(pauses):
    at, state = NOON, OPEN_DOOR
    for pause in pauses:
        at += timedelta(seconds=pause)
        before, state = state, after_failure(state, at)
        assert state.failures >= before.failures
        assert state.locked_until is None or state.locked_until - at <= LONGEST_WAIT


def test_the_user_is_told_how_long_to_wait():
    state = failed(5)

    assert wait_words(state, NOON) == "登录失败次数过多，请 1 分钟后再试。"
    assert wait_words(state, NOON + timedelta(seconds=50)) == "登录失败次数过多，请 10 秒后再试。"
    assert wait_words(state, NOON + MINUTE) == ""


@pytest.mark.parametrize("role", Role)
def test_agencies_and_the_platform_need_a_second_factor(role):
    needed = role.audience in {Audience.AGENCY, Audience.PLATFORM}

    assert requires_second_factor([role]) is needed
    assert (removal_refusal([role]) is not None) is needed


def test_one_role_in_an_agency_is_enough_to_need_it():
    assert requires_second_factor([Role.WORKER, Role.INSPECTOR])
    assert not requires_second_factor([])


def test_a_code_counts_once_and_only_near_its_time():
    now = time_step(NOON)

    assert is_step_acceptable(now, at=NOON, last_used_step=None)
    assert is_step_acceptable(now - 1, at=NOON, last_used_step=None)
    assert not is_step_acceptable(now - 2, at=NOON, last_used_step=None)
    assert not is_step_acceptable(now, at=NOON, last_used_step=now)
    assert not is_step_acceptable(now - 1, at=NOON, last_used_step=now)


OWNER, OFFICER, WORKER = (UUID(int=number) for number in (1, 2, 3))
STAFF = (
    Membership(OWNER, frozenset({Role.PRINCIPAL})),
    Membership(OFFICER, frozenset({Role.SAFETY_OFFICER})),
    Membership(WORKER, frozenset({Role.WORKER})),
)


def test_nobody_suspends_themselves():
    refusal = suspension_refusal(OWNER, by=OWNER, members=STAFF, audience=Audience.ENTERPRISE)

    assert refusal is not None
    assert refusal.message == "不能停用自己的账号，请由其他管理人员操作。"


def test_a_colleague_can_be_suspended():
    for person in (OFFICER, WORKER):
        assert (
            suspension_refusal(person, by=OWNER, members=STAFF, audience=Audience.ENTERPRISE)
            is None
        )


def test_the_last_one_with_the_keys_keeps_them():
    members = (Membership(OFFICER, frozenset({Role.SAFETY_OFFICER}), is_active=False), *STAFF[::2])

    refusal = change_refusal(
        OWNER, frozenset({Role.WORKER}), members=members, audience=Audience.ENTERPRISE
    )

    assert refusal is not None
    assert refusal.message == "本单位至少要保留一名主要负责人或安全管理人员账号。"


def test_roles_belong_to_the_organisations_side():
    assert roles_refusal(frozenset({Role.WORKER}), Audience.ENTERPRISE) is None
    assert roles_refusal(frozenset({Role.INSPECTOR}), Audience.ENTERPRISE) is not None
    assert roles_refusal(frozenset(), Audience.AGENCY) is not None


def test_an_invitation_lasts_seven_days_and_is_used_once():
    sent = NOON - timedelta(days=6)

    assert is_invitation_open(sent, NOON, is_used=False)
    assert not is_invitation_open(sent, NOON, is_used=True)
    assert not is_invitation_open(NOON - timedelta(days=7), NOON, is_used=False)
