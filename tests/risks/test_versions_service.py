"""A ledger from its draft to a published version that never changes."""

from datetime import timedelta

import psycopg
import pytest

from tests.factories import enterprise as tenant
from tests.risks.drafts import draft
from webapp.accounts.rules.roles import Role
from webapp.platform.errors import Conflict, Forbidden, RuleBroken
from webapp.platform.tenancy import Actor
from webapp.risks.queries.versions import version_detail, versions
from webapp.risks.rules.ledger_versions import VersionState
from webapp.risks.service.ledger import add_event, remove_event
from webapp.risks.service.templates import adopt_template
from webapp.risks.service.versions import (
    publish_version,
    review_version,
    submit_version,
    withdraw_version,
)
from webapp.standards.ledger_templates import ledger_template

NOW = tenant.NOW
LATER = NOW + timedelta(days=2)
SIGNATURE = b"\x89PNG drawn"


@pytest.fixture
def officer(db: str) -> Actor:
    return tenant.staff_actor(tenant.enterprise())


@pytest.fixture
def department_id(officer: Actor):
    return tenant.department(officer.enterprise_id, "熔炼车间")


def principal_of(officer: Actor) -> Actor:
    return tenant.staff_actor(officer.enterprise_id, Role.PRINCIPAL)


def shown(officer: Actor, version_id):
    return version_detail(officer.scope, officer.enterprise_id, version_id)


def published(officer: Actor, department_id, at=NOW):
    version_id = submit_version(officer, note="年度评审", at=at)
    review_version(officer, version_id, department_id, agreed=True, words="", at=at)
    version = shown(officer, version_id).row.version
    number = publish_version(
        principal_of(officer), version_id, image=SIGNATURE, version=version, at=at
    )
    return version_id, number


def test_a_ledger_is_reviewed_signed_and_in_force(officer: Actor, department_id):
    add_event(officer, draft(department_id=department_id), at=NOW)

    version_id, number = published(officer, department_id)

    found = shown(officer, version_id)
    assert (number, found.row.state, found.row.row_count) == (1, VersionState.PUBLISHED, 1)
    assert found.rows[0]["point"] == "1 号中频炉"
    assert found.rows[0]["inherent"] == "LEC 3×6×40=720 重大风险"
    assert [(r.department, r.agreed) for r in found.reviews] == [("熔炼车间", True)]


def test_later_changes_leave_the_published_version_as_it_was(officer: Actor, department_id):
    event_id = add_event(officer, draft(department_id=department_id), at=NOW)
    version_id, _ = published(officer, department_id)
    before = shown(officer, version_id)

    remove_event(officer, event_id, reason="设备拆除", version=1, at=LATER)

    after = shown(officer, version_id)
    assert (after.rows, after.sha256) == (before.rows, before.sha256)


def test_no_role_of_the_application_can_rewrite_what_was_submitted(
    officer: Actor, department_id, db: str
):
    add_event(officer, draft(department_id=department_id), at=NOW)
    version_id = submit_version(officer, note="", at=NOW)

    with psycopg.connect(db.replace("+psycopg", "")) as connection:
        for role in ("anqima_enterprise", "anqima_officer"):
            rights = connection.execute(
                "select has_column_privilege(%s, 'ledger_version', 'rows', 'update')", (role,)
            ).fetchone()
            assert rights == (False,)
    assert shown(officer, version_id).row.row_count == 1


def test_a_return_says_why_and_ends_the_version(officer: Actor, department_id):
    add_event(officer, draft(department_id=department_id), at=NOW)
    version_id = submit_version(officer, note="", at=NOW)

    review_version(officer, version_id, department_id, agreed=False, words="漏了行车", at=NOW)

    found = shown(officer, version_id).row
    assert (found.state, found.ended_reason) == (VersionState.RETURNED, "漏了行车")
    with pytest.raises(RuleBroken):
        publish_version(
            principal_of(officer), version_id, image=SIGNATURE, version=found.version, at=NOW
        )


def test_the_principal_cannot_sign_before_the_departments(officer: Actor, department_id):
    add_event(officer, draft(department_id=department_id), at=NOW)
    version_id = submit_version(officer, note="", at=NOW)

    with pytest.raises(RuleBroken, match="熔炼车间还没有审核"):
        publish_version(principal_of(officer), version_id, image=SIGNATURE, version=1, at=NOW)


def test_a_head_decides_for_the_own_department_only(officer: Actor, department_id):
    add_event(officer, draft(department_id=department_id), at=NOW)
    other = tenant.department(officer.enterprise_id, "机加车间")
    head = tenant.staff_actor(officer.enterprise_id, Role.DEPARTMENT_HEAD, department_id=other)
    version_id = submit_version(officer, note="", at=NOW)

    with pytest.raises(Forbidden):
        review_version(head, version_id, department_id, agreed=True, words="", at=NOW)


def test_signing_what_changed_meanwhile_is_a_conflict(officer: Actor, department_id):
    add_event(officer, draft(department_id=department_id), at=NOW)
    version_id = submit_version(officer, note="", at=NOW)
    review_version(officer, version_id, department_id, agreed=True, words="", at=NOW)

    with pytest.raises(Conflict):
        publish_version(principal_of(officer), version_id, image=SIGNATURE, version=1, at=NOW)


def test_only_one_version_waits_at_a_time_and_it_can_be_taken_back(officer: Actor, department_id):
    add_event(officer, draft(department_id=department_id), at=NOW)
    first = submit_version(officer, note="", at=NOW)
    with pytest.raises(RuleBroken, match="已有一版"):
        submit_version(officer, note="", at=NOW)

    withdraw_version(officer, first, reason="还要补充", at=NOW)
    submit_version(officer, note="", at=LATER)

    states = [v.state for v in versions(officer.scope, officer.enterprise_id)]
    assert states == [VersionState.SUBMITTED, VersionState.WITHDRAWN]


def test_numbers_run_without_a_gap_and_equal_ledgers_are_not_published_twice(
    officer: Actor, department_id
):
    add_event(officer, draft(department_id=department_id), at=NOW)
    _, first = published(officer, department_id)
    with pytest.raises(RuleBroken, match="与现行版本相同"):
        submit_version(officer, note="", at=LATER)
    add_event(officer, draft(department_id=department_id, hazard_source="炉衬侵蚀"), at=LATER)

    _, second = published(officer, department_id, at=LATER)

    assert (first, second) == (1, 2)


def test_proposals_of_a_template_are_confirmed_first(officer: Actor):
    process = ledger_template("steel").processes[0]
    adopt_template(officer, "steel", [process.code], at=NOW)

    with pytest.raises(RuleBroken, match=f"还有 {process.risks} 条模板风险待确认"):
        submit_version(officer, note="", at=NOW)


def test_another_enterprise_sees_nothing_of_it(officer: Actor, department_id):
    add_event(officer, draft(department_id=department_id), at=NOW)
    submit_version(officer, note="", at=NOW)
    stranger = tenant.staff_actor(tenant.enterprise())

    assert versions(stranger.scope, officer.enterprise_id) == ()
