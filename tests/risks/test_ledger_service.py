from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.factories import enterprise as tenant
from tests.risks.drafts import draft, lec, measure
from webapp.accounts.rules.roles import Role
from webapp.enterprise.rules.organisation import DepartmentKind
from webapp.platform import bus
from webapp.platform.database import reading
from webapp.platform.errors import Conflict, Forbidden, Invalid, NotFound, RuleBroken
from webapp.platform.tenancy import SYSTEM, Actor
from webapp.risks.events import LedgerChanged, MeasuresChanged
from webapp.risks.models.assessments import RiskAssessment
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.event_rows import EventDetail
from webapp.risks.queries.events import event_detail, last_change
from webapp.risks.queries.points import point_detail
from webapp.risks.rules.control_levels import Frequency
from webapp.risks.rules.drafts import AssessmentDraft, MeasureDraft
from webapp.risks.service.ledger import add_event, change_event, remove_event, stop_point
from webapp.standards.risk_methods import ControlLevel

NOW = tenant.NOW
LATER = NOW + timedelta(days=30)


@pytest.fixture
def officer(db: str) -> Actor:
    return tenant.staff_actor(tenant.enterprise())


@pytest.fixture
def event_id(officer: Actor) -> UUID:
    return add_event(officer, draft(), at=NOW)


def shown(officer: Actor, event_id: UUID) -> EventDetail:
    return event_detail(officer.scope, officer.enterprise_id, event_id)


def change(officer: Actor, event_id: UUID, **changes: object) -> None:
    found = shown(officer, event_id)
    known = tuple(
        MeasureDraft(m.category, m.description, m.control_level, m.post_id, m.frequency, m.id)
        for m in found.measures
    )
    changes.setdefault("measures", known)
    proposed = draft(**changes)
    change_event(officer, event_id, proposed, version=found.row.version, at=LATER)


def test_an_added_event_shows_inherent_and_residual_risk(officer: Actor, event_id: UUID):
    found = shown(officer, event_id)

    assert (found.inherent.product, found.inherent.value) == ("3 × 6 × 40", 720)
    assert (found.residual.product, found.residual.value) == ("3 × 6 × 15", 270)
    assert (found.row.inherent_level, found.row.level) == ("major", "significant")
    assert found.row.control_level is ControlLevel.DEPARTMENT
    assert found.residual.factor_rows[0].words == "可能，但不经常"


def test_numbers_count_up_and_a_removed_event_keeps_its_own(officer: Actor, event_id: UUID):
    remove_event(officer, event_id, reason="重复登记", version=1, at=LATER)

    second = add_event(officer, draft(hazard_source="炉衬侵蚀"), at=LATER)

    assert shown(officer, second).row.number_words == "R-0002"
    with pytest.raises(NotFound):
        shown(officer, event_id)


def test_direct_judgement_raises_both_levels_and_says_why(officer: Actor):
    assessment = AssessmentDraft("lec", lec("1", "6", "7"), lec("1", "6", "7"), frozenset({"DM03"}))

    found = shown(officer, add_event(officer, draft(assessment=assessment), at=NOW))

    assert (found.row.inherent_level, found.row.level, found.row.value) == ("major", "major", 42)
    assert found.residual.rule.code == "DM03"
    assert found.row.control_level is ControlLevel.COMPANY


def test_a_residual_risk_above_the_inherent_one_is_refused(officer: Actor):
    assessment = AssessmentDraft("lec", lec("3", "6", "15"), lec("3", "6", "40"))

    with pytest.raises(Invalid, match="不能高于固有风险") as refused:
        add_event(officer, draft(assessment=assessment), at=NOW)

    assert "residual_level" in refused.value.fields


def test_a_factor_between_two_rows_of_the_table_is_refused_at_its_field(officer: Actor):
    assessment = AssessmentDraft("lec", lec("4", "6", "15"), lec("3", "6", "15"))

    with pytest.raises(Invalid) as refused:
        add_event(officer, draft(assessment=assessment), at=NOW)

    assert list(refused.value.fields) == ["inherent_likelihood"]


def test_a_control_level_below_the_standard_is_refused(officer: Actor):
    with pytest.raises(Invalid, match="较大风险至少由部门级管控，不能降为岗位级") as refused:
        add_event(officer, draft(control_level=ControlLevel.POST), at=NOW)

    assert list(refused.value.fields) == ["control_level"]


def test_missing_answers_are_all_named(officer: Actor):
    empty = draft(point="", hazard_source="", accident_types=(), measures=())

    with pytest.raises(Invalid) as refused:
        add_event(officer, empty, at=NOW)

    assert set(refused.value.fields) == {"point", "hazard_source", "accident_types", "measures"}


def test_the_same_measure_twice_is_refused(officer: Actor):
    with pytest.raises(Invalid, match="填写了两次"):
        add_event(officer, draft(measures=(measure(), measure())), at=NOW)


def test_a_measure_without_a_frequency_gets_its_levels_own(officer: Actor):
    measures = (
        measure("班前确认"),
        measure("班组日查", control_level=ControlLevel.TEAM),
        measure("季度检测", frequency=Frequency.HALF_YEARLY),
    )

    found = shown(officer, add_event(officer, draft(measures=measures), at=NOW))

    assert [m.frequency for m in found.measures] == ["each_shift", "daily", "half_yearly"]


def test_a_second_event_of_a_known_source_shares_point_and_source(officer: Actor, event_id: UUID):
    second = add_event(officer, draft(description="炉口喷溅", point="1号中频炉"), at=NOW)

    one, other = shown(officer, event_id).row, shown(officer, second).row
    assert one.point_id == other.point_id
    assert one.hazard_source == other.hazard_source
    assert len(point_detail(officer.scope, officer.enterprise_id, one.point_id).events) == 2


def test_a_changed_assessment_is_new_and_the_old_one_stays(officer: Actor, event_id: UUID):
    change(
        officer,
        event_id,
        assessment=AssessmentDraft("lec", lec("3", "6", "40"), lec("1", "6", "7")),
    )

    with reading(SYSTEM) as session:
        kept = session.execute(
            select(RiskAssessment.kind, RiskAssessment.value, RiskAssessment.replaced_at)
            .where(RiskAssessment.event_id == event_id)
            .order_by(RiskAssessment.kind, RiskAssessment.assessed_at)
        ).all()
    assert [tuple(row) for row in kept] == [
        ("inherent", 720, None),
        ("residual", 270, LATER),
        ("residual", 42, None),
    ]


def test_a_kept_measure_keeps_its_identity(officer: Actor, event_id: UUID):
    first, second = shown(officer, event_id).measures
    kept = MeasureDraft(
        first.category,
        "炉坑干燥并设漏水报警",
        first.control_level,
        frequency=Frequency.DAILY,
        id=first.id,
    )

    change(officer, event_id, measures=(kept, measure("穿隔热服")))

    now = {m.id: m.description for m in shown(officer, event_id).measures}
    assert now[first.id] == "炉坑干燥并设漏水报警"
    assert second.id not in now
    assert len(now) == 2
    with reading(SYSTEM) as session:
        assert session.get(ControlMeasure, (officer.enterprise_id, second.id)).removed_at == LATER


def test_the_second_of_two_editors_is_told(officer: Actor, event_id: UUID):
    seen = shown(officer, event_id).row.version
    colleague = replace(officer, name="孙立军")
    change(colleague, event_id, measures=(measure("只改了措施"),))

    with pytest.raises(Conflict, match="刚被其他人修改"):
        change_event(officer, event_id, draft(), version=seen, at=LATER)

    assert [m.description for m in shown(officer, event_id).measures] == ["只改了措施"]
    assert last_change(officer.scope, officer.enterprise_id, event_id).name == "孙立军"


def test_another_enterprise_neither_sees_nor_changes_an_event(officer: Actor, event_id: UUID):
    other = tenant.staff_actor(tenant.enterprise())

    with pytest.raises(NotFound):
        event_detail(other.scope, officer.enterprise_id, event_id)
    with pytest.raises(NotFound):
        change_event(other, event_id, draft(), version=1, at=LATER)
    with pytest.raises(NotFound):
        remove_event(other, event_id, reason="", version=1, at=LATER)


def test_a_department_head_writes_within_the_department_only(officer: Actor):
    enterprise_id = officer.enterprise_id
    own = tenant.department(enterprise_id, "铸造车间")
    team = tenant.department(enterprise_id, "熔炼一班", kind=DepartmentKind.TEAM, parent_id=own)
    other = tenant.department(enterprise_id, "机加车间")
    head = tenant.staff_actor(enterprise_id, Role.DEPARTMENT_HEAD, department_id=own)

    event_id = add_event(head, draft(department_id=team), at=NOW)

    for place in (other, None):
        with pytest.raises(Forbidden, match="只能编制本部门的风险"):
            add_event(head, draft(department_id=place), at=NOW)
    foreign = add_event(officer, draft(department_id=other), at=NOW)
    with pytest.raises(Forbidden):
        remove_event(head, foreign, reason="", version=1, at=NOW)
    assert shown(head, event_id).department_id == team


def test_a_point_with_risks_cannot_be_stopped(officer: Actor, event_id: UUID):
    point_id = shown(officer, event_id).row.point_id

    with pytest.raises(RuleBroken, match="还有 1 条风险"):
        stop_point(officer, point_id, at=LATER)
    remove_event(officer, event_id, reason="设备报废", version=1, at=LATER)
    stop_point(officer, point_id, at=LATER)

    assert point_detail(officer.scope, officer.enterprise_id, point_id).point.stopped_at == LATER


def test_a_new_risk_brings_a_stopped_point_back(officer: Actor, event_id: UUID):
    point_id = shown(officer, event_id).row.point_id
    remove_event(officer, event_id, reason="设备报废", version=1, at=LATER)
    stop_point(officer, point_id, at=LATER)

    add_event(officer, draft(), at=LATER)

    assert point_detail(officer.scope, officer.enterprise_id, point_id).point.stopped_at is None


def test_the_rooms_above_hear_of_each_change_once(officer: Actor):
    heard: list[object] = []
    listen = lambda _work, event: heard.append(event)  # noqa: E731 - one listener for both
    bus.subscribe(MeasuresChanged, listen)
    bus.subscribe(LedgerChanged, listen)

    event_id = add_event(officer, draft(), at=NOW)
    point_id = shown(officer, event_id).row.point_id
    change(officer, event_id, point="2 号中频炉")
    moved_to = shown(officer, event_id).row.point_id
    remove_event(officer, event_id, reason="", version=2, at=LATER)

    enterprise_id = officer.enterprise_id
    assert heard == [
        MeasuresChanged(enterprise_id, (point_id,), NOW),
        LedgerChanged(enterprise_id, NOW),
        MeasuresChanged(enterprise_id, (point_id, moved_to), LATER),
        LedgerChanged(enterprise_id, LATER),
        MeasuresChanged(enterprise_id, (moved_to,), LATER),
        LedgerChanged(enterprise_id, LATER),
    ]
