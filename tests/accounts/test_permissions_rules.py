import itertools
import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.accounts.rules.permissions import (
    GRANTS,
    Permission,
    may,
    may_any,
    permissions_of,
    reach_of,
)
from webapp.accounts.rules.roles import (
    AGENCY_ROLES,
    ENTERPRISE_ROLES,
    Belonging,
    Reach,
    Role,
    Standing,
    covers,
    is_within_reach,
    widest,
)


def test_every_permission_has_one_row_with_words_and_somebody_who_may():
    assert set(GRANTS) == set(Permission)
    assert all(grant.words and grant.reaches for grant in GRANTS.values())


def test_every_permission_is_named_topic_dot_verb():
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", permission) for permission in Permission)


def test_no_two_permissions_read_the_same_on_the_roles_page():
    words = [grant.words for grant in GRANTS.values()]

    assert len(words) == len(set(words))


def test_an_unknown_permission_is_an_error_and_not_a_refusal():
    with pytest.raises(ValueError, match=r"hazards\.erase"):
        may(Role.PRINCIPAL, "hazards.erase")


@pytest.mark.parametrize(
    ("role", "permission", "expected"),
    [
        (Role.WORKER, "checks.submit", True),
        (Role.WORKER, "hazards.verify", False),
        (Role.TEAM_LEADER, "hazards.close", False),
        (Role.DEPARTMENT_HEAD, "hazards.verify", True),
        (Role.DEPARTMENT_HEAD, "hazards.close", False),
        (Role.SAFETY_OFFICER, "risks.publish", False),
        (Role.PRINCIPAL, "risks.publish", True),
        (Role.SAFETY_OFFICER, "responsibilities.approve", False),
        (Role.INSPECTOR, "documents.issue", True),
        (Role.INSPECTOR, "documents.revoke", False),
        (Role.INSPECTOR, "registration.review", False),
        (Role.REGULATOR, "registration.review", True),
        (Role.REGULATOR, "cases.start", False),
        (Role.LEGAL_REVIEWER, "cases.see", True),
        (Role.LEGAL_REVIEWER, "overview.see", False),
        (Role.EXPERT, "hazards.close", False),
        (Role.OPERATOR, "hazards.see", False),
        (Role.PUBLIC, "verify.see", True),
        (Role.PUBLIC, "account.own", False),
    ],
)
def test_the_table_of_roles_holds(role, permission, expected):
    assert may(role, permission) is expected


def test_the_public_may_only_look_from_outside():
    assert permissions_of(Role.PUBLIC) == {
        Permission.HEALTH_SEE,
        Permission.LOGIN_USE,
        Permission.VERIFY_SEE,
        Permission.CODE_OPEN,
        Permission.REGISTRATION_APPLY,
    }


def test_nobody_in_an_agency_changes_an_enterprises_own_records():
    own = {"risks.edit", "risks.publish", "checks.submit", "hazards.rectify", "people.edit"}

    assert not any(may(role, permission) for role in AGENCY_ROLES for permission in own)


def test_nobody_in_an_enterprise_issues_or_revokes_documents():
    theirs = {"documents.issue", "documents.revoke", "cases.start", "hazards.verify_order"}

    assert not any(may(role, permission) for role in ENTERPRISE_ROLES for permission in theirs)


def test_the_operator_sees_no_tenant_record():
    topics = {permission.split(".")[0] for permission in permissions_of(Role.OPERATOR)}

    assert topics.isdisjoint({"risks", "hazards", "checks", "file", "cases", "people", "profile"})


def test_a_team_leader_reaches_the_team_and_a_head_the_department():
    assert reach_of([Role.TEAM_LEADER], "hazards.rectify") is Reach.TEAM
    assert reach_of([Role.DEPARTMENT_HEAD], "hazards.rectify") is Reach.DEPARTMENT
    assert reach_of([Role.TEAM_LEADER, Role.SAFETY_OFFICER], "hazards.rectify") is (
        Reach.ORGANISATION
    )
    assert reach_of([Role.WORKER], "hazards.verify") is None


@given(st.frozensets(st.sampled_from(Role)), st.sampled_from(Permission))
def test_more_roles_never_take_a_right_away(roles, permission):
    for count in range(len(roles)):
        for fewer in itertools.islice(itertools.combinations(roles, count), 5):
            assert may_any(roles, permission) or not may_any(fewer, permission)
    assert may_any(roles, permission) is (reach_of(roles, permission) is not None)


def test_the_widest_reach_counts():
    assert widest(frozenset({Reach.OWN, Reach.DEPARTMENT, Reach.TEAM})) is Reach.DEPARTMENT
    assert widest(frozenset()) is None


ME, YOU, WORKSHOP, STORE, SHIFT = (UUID(int=number) for number in range(1, 6))


@pytest.mark.parametrize(
    ("reach", "belonging", "expected"),
    [
        (Reach.OWN, Belonging(frozenset({ME}), STORE), True),
        (Reach.OWN, Belonging(frozenset({YOU}), WORKSHOP, SHIFT), False),
        (Reach.TEAM, Belonging(frozenset({YOU}), STORE, SHIFT), True),
        (Reach.TEAM, Belonging(frozenset({YOU}), WORKSHOP), False),
        (Reach.DEPARTMENT, Belonging(frozenset({YOU}), WORKSHOP), True),
        (Reach.DEPARTMENT, Belonging(frozenset({YOU}), STORE), False),
        (Reach.DEPARTMENT, Belonging(frozenset({YOU})), False),
        (Reach.ORGANISATION, Belonging(frozenset({YOU}), STORE), True),
    ],
)
def test_reach_narrows_within_the_organisation(reach, belonging, expected):
    me = Standing(ME, frozenset({WORKSHOP}), frozenset({SHIFT}))

    assert is_within_reach(reach, me, belonging) is expected


def test_a_prefix_covers_its_own_region_and_what_lies_inside():
    assert covers("4105", "410502001")
    assert covers("410502", "410502")
    assert not covers("410503", "410502001")
    assert not covers("410502001", "410502")


def test_an_empty_prefix_covers_nothing():
    assert not covers("", "410502")
