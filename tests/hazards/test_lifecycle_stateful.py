"""A hazard's whole life by random hands on the real database: what may never happen, never does."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.factories.hazards import (
    NOW,
    hazard_row,
    make_hazard,
    make_plant,
    photo,
    steps_of,
)
from webapp.accounts.rules.roles import Role
from webapp.hazards.rules.grading import HazardLevel, Implementation
from webapp.hazards.rules.lifecycle import HazardState, Outcome
from webapp.hazards.service.assignment import assign, extend
from webapp.hazards.service.closing import close
from webapp.hazards.service.grading import grade, write_implementations
from webapp.hazards.service.lifecycle import rectify, verify
from webapp.platform.errors import AppError

ROLES = st.sampled_from(
    [Role.WORKER, Role.TEAM_LEADER, Role.DEPARTMENT_HEAD, Role.SAFETY_OFFICER, Role.PRINCIPAL]
)


class Life(RuleBasedStateMachine):
    """Anyone tries anything; the refused leaves no trace."""

    @initialize()
    def begin(self) -> None:
        self.plant = make_plant()
        self.hazard = make_hazard(self.plant)
        self.at = NOW

    def attempt(self, use_case, role: Role, **values) -> None:
        self.at += timedelta(hours=1)
        before = len(steps_of(self.plant, self.hazard))
        try:
            use_case(self.plant.actors[role], self.plant.id, self.hazard, at=self.at, **values)
        except AppError:
            assert len(steps_of(self.plant, self.hazard)) == before

    @rule(role=ROLES, level=st.sampled_from(HazardLevel))
    def grade(self, role, level):
        self.attempt(grade, role, level=level, reason="现场判断")

    @rule(role=ROLES, to=ROLES, words=st.sampled_from(["", "休假"]))
    def assign(self, role, to, words):
        self.attempt(assign, role, person_id=self.plant.people[to], words=words)

    @rule(role=ROLES)
    def rectify(self, role):
        self.attempt(rectify, role, measures="已更换", uploads=(photo(),))

    @rule(role=ROLES, outcome=st.sampled_from(Outcome))
    def verify(self, role, outcome):
        self.attempt(verify, role, outcome=outcome, words="不合格")

    @rule(role=ROLES)
    def close(self, role):
        self.attempt(close, role)

    @rule(role=ROLES, days=st.integers(1, 20))
    def extend(self, role, days):
        due = hazard_row(self.plant, self.hazard).due_on or NOW.date()
        self.attempt(extend, role, new_due_on=due + timedelta(days=days), reason="等备件")

    @rule(role=ROLES)
    def plan(self, role):
        words = dict.fromkeys(Implementation, "已落实")
        self.attempt(write_implementations, role, words=words)

    @invariant()
    def nobody_verifies_the_own_work(self):
        row = hazard_row(self.plant, self.hazard)
        if row.verified_by_user is not None:
            assert row.verified_by_user != row.rectified_by_user
            verifier = next(
                r for r, a in self.plant.actors.items() if a.user_id == row.verified_by_user
            )
            assert self.plant.people[verifier] != row.assigned_to

    @invariant()
    def a_closed_hazard_has_what_closure_needs(self):
        row = hazard_row(self.plant, self.hazard)
        if row.state == HazardState.CLOSED:
            assert row.closed_at is not None
            assert row.rectified_at is not None
            assert row.level == HazardLevel.GENERAL

    @invariant()
    def the_history_has_no_gap_and_ends_where_the_hazard_stands(self):
        steps = steps_of(self.plant, self.hazard)
        assert [ordinal for ordinal, *_ in steps] == list(range(1, len(steps) + 1))
        assert steps[-1][2] == hazard_row(self.plant, self.hazard).state

    @invariant()
    def a_date_is_there_as_soon_as_someone_is_charged(self):
        row = hazard_row(self.plant, self.hazard)
        assert (row.assigned_to is None) == (row.due_on is None)


@pytest.mark.usefixtures("db", "files")
def test_no_hands_bring_a_hazard_where_it_may_not_be():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
