from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from webapp.hazards.rules.grading import HazardLevel, Implementation
from webapp.hazards.rules.lifecycle import (
    Closing,
    HazardAction,
    HazardSource,
    HazardState,
    Step,
    actions_from,
    appended,
    check_rectifier,
    check_verifier,
    closing_refusal,
    first_state,
    last_rectifier,
    next_state,
    rectification_refusal,
    remark_refusal,
    return_count,
)
from webapp.standards.refusal import Refusal

WORKER, LEADER, OFFICER, PRINCIPAL = (UUID(int=number) for number in range(1, 5))
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
A, S = HazardAction, HazardState


def test_a_hazard_goes_from_report_to_closure():
    state = first_state(HazardSource.SELF_CHECK)
    for action in (A.GRADE, A.ASSIGN, A.RECTIFY, A.ACCEPT, A.CLOSE):
        state = next_state(state, action)

    assert state is S.CLOSED


def test_an_orders_item_comes_graded():
    assert first_state(HazardSource.INSPECTION) is S.GRADED
    assert first_state(HazardSource.REPORT) is S.REPORTED


@pytest.mark.parametrize("state", [S.RECTIFIED, S.VERIFIED])
def test_a_returned_rectification_is_assigned_again(state):
    assert next_state(state, A.RETURN) is S.ASSIGNED


@pytest.mark.parametrize("state", [state for state in S if state is not S.VERIFIED])
def test_only_a_verified_hazard_is_closed(state):
    refusal = next_state(state, A.CLOSE)

    assert isinstance(refusal, Refusal)
    assert refusal.message == f"隐患当前为“{state.words}”，不能销号，请刷新后查看最新状态。"


def test_what_is_offered_next_is_what_is_accepted():
    for state in S:
        accepted = [action for action in A if isinstance(next_state(state, action), S)]
        assert list(actions_from(state)) == accepted


def test_every_state_source_and_action_has_words_of_its_own():
    for kind in (HazardState, HazardSource, HazardAction, Implementation, HazardLevel):
        words = [member.words for member in kind]
        assert len(set(words)) == len(words)


def test_only_a_closed_hazard_is_not_open():
    assert [state for state in S if not state.is_open] == [S.CLOSED]


def test_a_hazard_cannot_be_verified_by_the_person_who_rectified_it():
    for source, is_officer in ((HazardSource.REPORT, False), (HazardSource.INSPECTION, True)):
        refusal = check_verifier(WORKER, rectified_by=WORKER, source=source, is_officer=is_officer)
        assert refusal == Refusal("验收人不能是整改责任人，请由其他人员验收。")


def test_an_orders_item_is_verified_by_an_officer_only():
    by_enterprise = check_verifier(
        LEADER, rectified_by=WORKER, source=HazardSource.INSPECTION, is_officer=False
    )
    by_officer = check_verifier(
        OFFICER, rectified_by=WORKER, source=HazardSource.INSPECTION, is_officer=True
    )

    assert by_enterprise == Refusal("执法指令中的隐患由执法人员复查，企业不能自行验收。")
    assert by_officer is None


def test_an_officer_does_not_verify_what_the_enterprise_found_itself():
    refusal = check_verifier(
        OFFICER, rectified_by=WORKER, source=HazardSource.SELF_CHECK, is_officer=True
    )

    assert refusal is not None


def test_the_assignee_or_whoever_leads_reports_the_rectification():
    assert check_rectifier(WORKER, assignee_id=WORKER, may_for_others=False) is None
    assert check_rectifier(LEADER, assignee_id=WORKER, may_for_others=True) is None
    assert check_rectifier(LEADER, assignee_id=WORKER, may_for_others=False) is not None


def test_a_rectification_has_words_and_a_picture():
    assert rectification_refusal("更换线路", 1) is None
    assert rectification_refusal(" ", 1) == Refusal("请写明采取了什么整改措施。", "measures")
    assert rectification_refusal("更换线路", 0) == Refusal("请至少拍一张整改后的照片。", "photos")


def test_whoever_turns_work_back_says_why():
    assert remark_refusal(A.RETURN, "") == Refusal("请写明验收退回的原因。", "remark")
    assert remark_refusal(A.RETURN, "线路未穿管") is None
    assert remark_refusal(A.ACCEPT, "") is None


def closing(**changes):
    facts = {
        "state": S.VERIFIED,
        "level": HazardLevel.GENERAL,
        "rectified_by": WORKER,
        "verified_by": LEADER,
        "photo_count": 1,
    }
    return Closing(**facts | changes)


def test_a_verified_general_hazard_with_a_picture_is_closed():
    assert closing_refusal(closing()) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"state": S.RECTIFIED},
        {"verified_by": None},
        {"verified_by": WORKER},
        {"photo_count": 0},
    ],
)
def test_a_general_hazard_is_not_closed_without_verification_and_picture(changes):
    assert closing_refusal(closing(**changes)) is not None


MAJOR = {
    "level": HazardLevel.MAJOR,
    "implementations": frozenset(Implementation),
    "by_principal": True,
    "agency_accepted": True,
}


def test_a_major_hazard_needs_more_than_the_general_rule():
    assert closing_refusal(closing(level=HazardLevel.MAJOR)) is not None
    assert closing_refusal(closing(**MAJOR)) is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"implementations": frozenset(Implementation) - {Implementation.FUNDS}},
            "重大事故隐患“五落实”不完整，还缺：资金。",
        ),
        ({"by_principal": False}, "重大事故隐患由主要负责人组织验收并销号。"),
        ({"agency_accepted": False}, "重大事故隐患须经应急管理部门核查同意后销号。"),
    ],
)
def test_a_major_hazard_is_told_what_it_still_needs(changes, message):
    assert closing_refusal(closing(**MAJOR | changes)) == Refusal(message)


def test_history_never_runs_back():
    first = Step(A.REPORT, None, S.REPORTED, WORKER, START)
    earlier = Step(A.GRADE, S.REPORTED, S.GRADED, LEADER, START - timedelta(seconds=1))

    assert isinstance(appended((first,), earlier), Refusal)


def test_history_is_not_written_past_a_step_of_somebody_else():
    first = Step(A.REPORT, None, S.REPORTED, WORKER, START)
    stale = Step(A.RECTIFY, S.ASSIGNED, S.RECTIFIED, WORKER, START)

    assert appended((first,), stale) == Refusal("隐患状态已被他人更新，请刷新后再操作。")


PEOPLE = st.sampled_from([WORKER, LEADER, OFFICER, PRINCIPAL])


class HazardLife(RuleBasedStateMachine):
    """Anybody tries anything at any time; the rules alone decide what happens."""

    def __init__(self):
        super().__init__()
        self.level = HazardLevel.GENERAL
        self.source = HazardSource.SELF_CHECK
        self.history = ()
        self.lengths = [0]
        self.now = START

    @property
    def state(self):
        return self.history[-1].after

    def write(self, action, by):
        before = self.state if self.history else None
        after = next_state(before, action) if self.history else first_state(self.source)
        if isinstance(after, Refusal):
            return
        grown = appended(self.history, Step(action, before, after, by, self.now))
        assert not isinstance(grown, Refusal)
        self.history = grown

    @precondition(lambda self: not self.history)
    @rule(source=st.sampled_from(HazardSource), level=st.sampled_from(HazardLevel), by=PEOPLE)
    def report(self, source, level, by):
        self.source, self.level = source, level
        self.write(A.REPORT, by)

    @precondition(lambda self: self.history)
    @rule(
        action=st.sampled_from(
            [A.GRADE, A.ASSIGN, A.TRANSFER, A.EXTEND, A.RECTIFY, A.RETURN, A.REOPEN]
        ),
        by=PEOPLE,
    )
    def try_plain_step(self, action, by):
        self.write(action, by)

    @precondition(lambda self: self.history and last_rectifier(self.history))
    @rule(by=PEOPLE)
    def try_to_accept(self, by):
        rectifier = last_rectifier(self.history)
        is_officer = by == OFFICER
        if check_verifier(by, rectified_by=rectifier, source=self.source, is_officer=is_officer):
            return
        self.write(A.ACCEPT, by)

    @precondition(lambda self: self.history)
    @rule(
        by=PEOPLE,
        photos=st.integers(0, 2),
        done=st.frozensets(st.sampled_from(Implementation), min_size=4),
        accepted=st.booleans(),
    )
    def try_to_close(self, by, photos, done, accepted):
        verifiers = [s.by for s in self.history if s.action is A.ACCEPT]
        facts = Closing(
            self.state,
            self.level,
            last_rectifier(self.history),
            verifiers[-1] if verifiers else None,
            photos,
            by_principal=by == PRINCIPAL,
            implementations=done,
            agency_accepted=accepted,
        )
        if closing_refusal(facts) is None:
            self.write(A.CLOSE, by)

    @rule(minutes=st.integers(0, 10_000))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @invariant()
    def the_history_never_shrinks(self):
        self.lengths.append(len(self.history))
        assert self.lengths == sorted(self.lengths)

    @invariant()
    def the_history_is_one_chain_in_time(self):
        for earlier, later in zip(self.history, self.history[1:], strict=False):
            assert later.before is earlier.after
            assert later.at >= earlier.at

    @invariant()
    def no_closure_without_a_verification_after_the_last_rectification(self):
        for index, step in enumerate(self.history):
            if step.action is A.CLOSE:
                recent = [s.action for s in self.history[:index]]
                last = len(recent) - 1 - recent[::-1].index(A.RECTIFY)
                assert A.ACCEPT in recent[last:]

    @invariant()
    def nobody_verifies_his_own_work(self):
        for index, step in enumerate(self.history):
            if step.action is A.ACCEPT:
                assert step.by != last_rectifier(self.history[:index])
                assert (step.by == OFFICER) is (self.source is HazardSource.INSPECTION)

    @invariant()
    def only_the_principal_closes_a_major_hazard(self):
        if self.level is HazardLevel.MAJOR:
            assert all(s.by == PRINCIPAL for s in self.history if s.action is A.CLOSE)

    @invariant()
    def every_return_is_counted(self):
        assert return_count(self.history) == sum(s.action is A.RETURN for s in self.history)


HazardLife.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestHazardLife = HazardLife.TestCase
