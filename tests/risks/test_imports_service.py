import pytest

from tests.factories import enterprise as tenant
from tests.risks.importing import confirm, count, events, uploaded
from tests.risks.ledgers import HEAD, row
from webapp.enterprise.rules.organisation import PostKind
from webapp.platform.paging import PageRequest
from webapp.platform.tenancy import Actor
from webapp.risks.models.assessments import RiskAssessment
from webapp.risks.models.ledger import RiskEvent, RiskPoint, RiskUnit
from webapp.risks.queries.events import event_detail
from webapp.risks.queries.imports import preview, upload
from webapp.risks.rules.kept_preview import RowView

NOW = tenant.NOW


@pytest.fixture
def officer(db: str) -> Actor:
    return tenant.staff_actor(tenant.enterprise())


def test_a_preview_writes_nothing_into_the_ledger(officer: Actor):
    import_id = uploaded(officer, row(1), row(2, likelihood=4))

    found = upload(officer.scope, officer.enterprise_id, import_id)

    assert (found.row_count, found.ready_count, found.state) == (2, 1, "previewed")
    assert count(RiskEvent, officer) == 0


def test_confirmed_rows_become_events_with_assessments_and_measures(officer: Actor):
    import_id = uploaded(officer, row(1), row(2, source="接地不良"))

    confirm(officer, import_id)

    first, second = sorted(events(officer), key=lambda event: event.number)
    assert (first.number_words, first.point_name, first.hazard_source) == (
        "R-0001",
        "配电室",
        "线路老化1",
    )
    assert (first.product, first.value, first.level) == ("3 × 6 × 15", 270, "significant")
    assert (second.number, second.measure_count) == (2, 1)
    assert count(RiskPoint, officer) == 1
    assert count(RiskAssessment, officer) == 4


def test_a_single_assessment_stands_for_inherent_and_residual_risk(officer: Actor):
    confirm(officer, uploaded(officer, row(1)))

    found = event_detail(officer.scope, officer.enterprise_id, events(officer)[0].id)

    assert found.inherent.value == found.residual.value == 270
    assert found.row.inherent_level == found.row.level


def test_a_ledger_with_both_assessments_keeps_both(officer: Actor):
    head = (
        *HEAD[:8],
        "固有风险等级",
        "残余L",
        "残余E",
        "残余C",
        "残余D",
        "残余风险等级",
        *HEAD[9:],
    )
    line = row(1)
    line[4:9] = [3, 6, 40, 720, "重大"]
    line[9:9] = [3, 6, 15, 270, "较大"]

    confirm(officer, uploaded(officer, line, head=head))

    found = event_detail(officer.scope, officer.enterprise_id, events(officer)[0].id)
    assert (found.inherent.product, found.inherent.level) == ("3 × 6 × 40", "major")
    assert (found.residual.product, found.row.level) == ("3 × 6 × 15", "significant")


def test_people_departments_and_posts_are_found_by_their_names(officer: Actor):
    enterprise_id = officer.enterprise_id
    department_id = tenant.department(enterprise_id, "设备部")
    post_id = tenant.post(
        enterprise_id, "电工", kind=PostKind.SPECIAL_OPERATOR, department_id=department_id
    )
    tenant.person(enterprise_id, "张三", post_id=post_id, department_id=department_id)

    confirm(officer, uploaded(officer, row(1)))

    found = event_detail(officer.scope, enterprise_id, events(officer)[0].id)
    assert (found.department_id, found.row.owner_name) == (department_id, "张三")
    assert [(m.post_id, m.control_level, m.frequency) for m in found.measures] == [
        (post_id, "post", "each_shift")
    ]


def test_words_that_name_nobody_are_kept_to_be_assigned(officer: Actor):
    confirm(officer, uploaded(officer, row(1, person="王建", department="动力科")))

    event = events(officer)[0]

    assert (event.owner_name, event.owner_words, event.department_name) == ("", "王建", "动力科")


def test_names_that_nobody_bears_are_noted_before_the_import(officer: Actor):
    import_id = uploaded(officer, row(1))

    found = preview(officer.scope, officer.enterprise_id, import_id, RowView.NOTES, PageRequest())

    assert [f.message for kept in found.page.rows for f in kept.findings] == [
        "人员名册中没有“张三”，导入后再指定责任人。",
        "组织机构中没有“设备部”，导入后再指定责任部门。",
    ]
    assert found.upload.ready_count == 1


def test_a_name_borne_by_two_is_nobody_unless_the_department_tells_them_apart(officer: Actor):
    enterprise_id = officer.enterprise_id
    department_id = tenant.department(enterprise_id, "设备部")
    tenant.person(enterprise_id, "张三", department_id=department_id)
    tenant.person(enterprise_id, "张三", department_id=tenant.department(enterprise_id, "质检部"))

    confirm(officer, uploaded(officer, row(1), row(2, department="仓库")))

    owners = {event.number: event.owner_name for event in events(officer)}
    assert owners == {1: "张三", 2: ""}


def test_points_are_matched_by_name_and_numbers_go_on(officer: Actor):
    confirm(officer, uploaded(officer, row(1)))
    confirm(officer, uploaded(officer, row(2), row(3, point="空压站")))

    numbers = {event.number: event.point_name for event in events(officer)}

    assert numbers == {1: "配电室", 2: "配电室", 3: "空压站"}
    assert count(RiskPoint, officer) == 2


def test_units_points_and_places_come_from_the_file(officer: Actor):
    head = ("风险单元", "所在部位", *HEAD)

    confirm(officer, uploaded(officer, ["动力车间", "厂区北侧", *row(1)], head=head))

    found = event_detail(officer.scope, officer.enterprise_id, events(officer)[0].id)
    assert (found.unit_name, found.place) == ("动力车间", "厂区北侧")
    assert count(RiskUnit, officer) == 1


def test_a_risk_that_the_ledger_has_is_a_duplicate(officer: Actor):
    confirm(officer, uploaded(officer, row(1)))

    import_id = uploaded(officer, row(1), row(2))

    found = preview(
        officer.scope, officer.enterprise_id, import_id, RowView.DUPLICATES, PageRequest()
    )
    assert [f.message for kept in found.page.rows for f in kept.findings if f.is_blocking] == [
        "现行清单 R-0001 已有这条风险，不重复导入。"
    ]
    confirm(officer, import_id)
    assert [event.number for event in events(officer)] == [1, 2]


def test_the_same_file_uploaded_twice_before_confirming_enters_once(officer: Actor):
    first, second = uploaded(officer, row(1)), uploaded(officer, row(1))

    confirm(officer, first)
    confirm(officer, second)

    assert len(events(officer)) == 1
    assert upload(officer.scope, officer.enterprise_id, second).imported_count == 0


def test_a_residual_level_above_the_inherent_one_is_handed_back(officer: Actor):
    head = (
        *HEAD[:8],
        "固有风险等级",
        "残余L",
        "残余E",
        "残余C",
        "残余D",
        "残余风险等级",
        *HEAD[9:],
    )
    line = row(1)
    line[9:9] = [3, 6, 40, 720, "重大"]

    import_id = uploaded(officer, line, head=head)

    found = upload(officer.scope, officer.enterprise_id, import_id)
    assert found.ready_count == 0
