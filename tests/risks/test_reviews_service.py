"""Declared changes make assessments due, and assessing again settles them."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.factories import enterprise as tenant
from tests.risks.drafts import draft
from webapp.accounts.rules.roles import Role
from webapp.platform.database import reading
from webapp.platform.errors import Invalid, NotFound
from webapp.platform.tenancy import SYSTEM, Actor
from webapp.risks.models.assessments import RiskAssessment
from webapp.risks.queries.events import event_detail
from webapp.risks.queries.points import point_names
from webapp.risks.queries.reviews import assessed_rows, triggers
from webapp.risks.rules.reviews import TriggerKind, due_reviews
from webapp.risks.service.ledger import add_event
from webapp.risks.service.reviews import confirm_assessments, declare_trigger

NOW = tenant.NOW
LATER = NOW + timedelta(days=3)
TODAY = NOW.date()


@pytest.fixture
def officer(db: str) -> Actor:
    return tenant.staff_actor(tenant.enterprise())


@pytest.fixture
def event_id(officer: Actor) -> UUID:
    return add_event(officer, draft(), at=NOW)


def due(officer: Actor, at=LATER):
    rows = assessed_rows(officer.scope, officer.enterprise_id)
    declared = triggers(officer.scope, officer.enterprise_id)
    return due_reviews(rows, [row.rule for row in declared], {}, now=at)


def declare(officer: Actor, **changes: object) -> UUID:
    values = {"words": "邻厂炉坑爆炸", "happened_on": TODAY, "point_id": None, "at": LATER}
    return declare_trigger(officer, TriggerKind.ACCIDENT, **{**values, **changes})


def test_an_accident_makes_every_risk_due_until_it_is_assessed_again(
    officer: Actor, event_id: UUID
):
    assert due(officer) == ()
    declare(officer)
    assert [found.event_id for found in due(officer)] == [event_id]

    done = confirm_assessments(officer, [event_id], at=LATER + timedelta(hours=1))

    assert (done.reviewed, done.refused) == (1, ())
    assert due(officer, LATER + timedelta(hours=2)) == ()


def test_assessing_again_keeps_the_old_assessment_and_the_result(officer: Actor, event_id: UUID):
    before = event_detail(officer.scope, officer.enterprise_id, event_id)

    confirm_assessments(officer, [event_id], at=LATER)

    after = event_detail(officer.scope, officer.enterprise_id, event_id)
    assert (after.residual.value, after.row.level) == (before.residual.value, before.row.level)
    assert after.residual.assessed_at == LATER
    with reading(SYSTEM) as session:
        kept = session.execute(
            select(func.count()).where(
                RiskAssessment.event_id == event_id, RiskAssessment.replaced_at == LATER
            )
        ).scalar_one()
    assert kept == 2


def test_a_change_at_one_point_leaves_the_others(officer: Actor, event_id: UUID):
    other = add_event(officer, draft(point="成品库"), at=NOW)
    rows = {row.event_id: row for row in assessed_rows(officer.scope, officer.enterprise_id)}

    declare(officer, point_id=rows[other].point_id)

    assert [found.event_id for found in due(officer)] == [other]
    assert len(point_names(officer.scope, officer.enterprise_id)) == 2


def test_a_day_to_come_is_refused_at_its_field(officer: Actor):
    with pytest.raises(Invalid) as refused:
        declare(officer, happened_on=TODAY + timedelta(days=30))

    assert "happened_on" in refused.value.fields


def test_a_point_of_another_enterprise_cannot_be_named(officer: Actor, event_id: UUID):
    stranger = tenant.staff_actor(tenant.enterprise())
    row = assessed_rows(officer.scope, officer.enterprise_id)[0]

    with pytest.raises(NotFound):
        declare(stranger, point_id=row.point_id)
    assert confirm_assessments(stranger, [event_id], at=LATER).reviewed == 0


def test_a_head_assesses_the_own_department_only(officer: Actor):
    own, other = (tenant.department(officer.enterprise_id, name) for name in ("熔炼", "机加"))
    mine = add_event(officer, draft(department_id=own), at=NOW)
    theirs = add_event(officer, draft(department_id=other, point="C5225 立车"), at=NOW)
    head = tenant.staff_actor(officer.enterprise_id, Role.DEPARTMENT_HEAD, department_id=own)

    done = confirm_assessments(head, [mine, theirs], at=LATER)

    assert done.reviewed == 1
    assert len(done.refused) == 1
