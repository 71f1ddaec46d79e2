from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.factories import enterprise as tenant
from tests.risks.drafts import draft, lec, measure
from tests.risks.importing import actions
from tests.risks.round_trips import (
    NOW,
    confirm,
    differences,
    edited,
    exported,
    looked_at,
    rest_lines,
    rows_of,
    said,
    uploaded,
    with_cells,
    written,
)
from webapp.platform import bus
from webapp.platform.database import reading, transaction
from webapp.platform.errors import NotFound, RuleBroken
from webapp.platform.tenancy import SYSTEM, Actor
from webapp.risks.events import MeasuresChanged
from webapp.risks.models.ledger import RiskEvent
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.changes_rest import changes_rest
from webapp.risks.queries.imports import upload
from webapp.risks.rules.drafts import AssessmentDraft, declarable_rules
from webapp.risks.rules.round_trip.comparison import Fate
from webapp.risks.service import imports, round_trip
from webapp.risks.service.ledger import add_event
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, RiskLevel

LATER = NOW + timedelta(days=2)


@pytest.fixture
def officer(db: str) -> Actor:
    return tenant.staff_actor(tenant.enterprise())


@pytest.fixture
def first(officer: Actor) -> UUID:
    return add_event(officer, draft(), at=NOW)


@pytest.fixture
def second(officer: Actor, first: UUID) -> UUID:
    return add_event(officer, draft(hazard_source="炉衬侵蚀"), at=NOW)


def measures_of(event_id: UUID) -> dict[str, UUID]:
    with reading(SYSTEM) as session:
        rows = session.execute(
            select(ControlMeasure.description, ControlMeasure.id).where(
                ControlMeasure.event_id == event_id, ControlMeasure.removed_at.is_(None)
            )
        )
        return {row.description: row.id for row in rows}


def test_a_file_that_nobody_changed_changes_nothing(officer: Actor, second: UUID):
    found = looked_at(officer, uploaded(officer, exported(officer)))

    assert found.trip.rows == ()
    assert (found.trip.row_count, found.trip.absent) == (2, 0)


def test_a_changed_cell_is_shown_as_old_and_new_and_nothing_else_is(officer: Actor, second: UUID):
    (row,) = differences(officer, with_cells(exported(officer), {2: {"事故后果": "烧伤"}}))

    assert (row.row, row.number, row.fate) == (2, "R-0001", Fate.CHANGED)
    assert said(row) == {"事故后果": ("灼烫伤亡", "烧伤")}


def test_confirmed_changes_are_written_row_by_row_and_leave_the_rest(officer: Actor, second: UUID):
    before = rows_of(officer)

    written(officer, with_cells(exported(officer), {3: {"备注": "每季复评", "作业步骤": "修炉"}}))

    same, changed = rows_of(officer)
    assert same == before[0]
    assert (changed.remark, changed.step, changed.version) == ("每季复评", "修炉", 2)
    assert (changed.hazard_source, changed.measures) == ("炉衬侵蚀", before[1].measures)
    assert actions(officer).count("ledger.event_changed") == 1
    assert actions(officer)[-1] == "ledger.changed_by_file"


def test_a_second_confirmation_changes_nothing(officer: Actor, first: UUID):
    import_id = written(officer, with_cells(exported(officer), {2: {"备注": "复评"}}))
    entries = actions(officer)

    confirm(officer, import_id)
    again = round_trip.write_changes(officer, import_id, at=LATER)

    assert again == {"changed": 1, "added": 0, "left": 0}
    assert actions(officer) == entries


def test_upper_rooms_hear_once_of_all_changed_points(officer: Actor, second: UUID):
    heard: list[MeasuresChanged] = []

    def listen(_work: object, event: MeasuresChanged) -> None:
        heard.append(event)

    bus.subscribe(MeasuresChanged, listen)
    written(officer, with_cells(exported(officer), {2: {"备注": "一"}, 3: {"备注": "二"}}))
    bus._subscribers[MeasuresChanged].remove(listen)

    assert len([e for e in heard if e.enterprise_id == officer.enterprise_id]) == 1


def test_factors_give_value_and_level_and_these_are_shown(officer: Actor, first: UUID):
    data = with_cells(exported(officer), {2: {"残余C": "７", "残余L": 1}})

    (row,) = differences(officer, data)
    written(officer, data)

    assert said(row)["残余D"] == ("270", "42")
    assert said(row)["残余风险等级"] == ("较大", "低")
    assert rows_of(officer)[0].residual.level is RiskLevel.LOW
    assert rows_of(officer)[0].control_level is ControlLevel.DEPARTMENT


def test_a_control_level_rises_with_the_risk(officer: Actor, first: UUID):
    (row,) = differences(officer, with_cells(exported(officer), {2: {"残余C": 40}}))

    assert said(row)["管控层级"] == ("部门级", "公司级")


@pytest.mark.parametrize(
    ("heading", "value", "words"),
    [
        ("残余风险等级", "一般", "应为较大，不能直接改写"),
        ("残余D", 70, "现在是 270"),
        ("残余L", 4, "应为"),
        ("残余E", "经常", "应为数字"),
        ("固有C", 1, "不能高于固有风险"),
        ("管控层级", "岗位级", "不能降为岗位级"),
        ("可能发生的事故类型", "火星撞地球", "不是 GB 6441 的事故类型"),
        ("危险源", None, "请填写危险源。"),
        ("危险源", "长" * 1001, "不能超过 1000 个字"),
        ("责任部门", "月球车间", "组织机构里没有“月球车间”"),
        ("责任人", "查无此人", "人员名册里没有“查无此人”"),
        ("责任岗位", "宇航员", "没有岗位“宇航员”"),
        ("排查频次", "偶尔", "请填写每班"),
        ("所在部位", "别处", "这一项属于风险点“1 号中频炉”"),
        ("工程技术措施", "长" * 501, "一条措施不能超过 500 个字"),
        ("评价方法", "凭感觉", "请填写评价方法"),
        ("编号", "R-0009", "编号与行标识不是同一条风险"),
    ],
)
def test_a_row_is_refused_with_the_reason_at_its_column(
    officer: Actor, first: UUID, heading: str, value: object, words: str
):
    before = rows_of(officer)
    import_id = uploaded(officer, with_cells(exported(officer), {2: {heading: value}}))

    (row,) = looked_at(officer, import_id).trip.rows

    assert row.fate is Fate.REFUSED
    assert any(words in problem.message for problem in row.problems)
    with pytest.raises(RuleBroken):
        confirm(officer, import_id)
    assert rows_of(officer) == before


def test_good_rows_are_written_and_refused_ones_go_back_to_be_sent_again(
    officer: Actor, second: UUID
):
    data = with_cells(exported(officer), {2: {"备注": "好"}, 3: {"残余L": 4, "备注": "坏"}})

    import_id = written(officer, data)

    assert [row.remark for row in rows_of(officer)] == ["好", ""]
    (line,) = rest_lines(officer, import_id)
    assert (line["编号"], line["备注"], line["原表行号"]) == ("R-0002", "坏", "3")
    assert str(line["未导入原因"]).startswith("残余L：L（事故发生的可能性）应为")
    rest = changes_rest(officer.scope, officer.enterprise_id, import_id).data
    written(officer, with_cells(rest, {2: {"残余L": "3"}}))
    assert [row.remark for row in rows_of(officer)] == ["好", "坏"]


def test_measures_keep_their_ids_when_others_come_go_or_change(officer: Actor, db: str):
    lines = ("炉坑无积水", "设漏炉报警", "设防溅挡板")
    kinds = tuple(measure(text) for text in lines)
    event_id = add_event(officer, draft(measures=kinds), at=NOW)
    before = measures_of(event_id)

    text = "加装测温\n炉坑无积水；\n设漏炉报警并联锁；\n"
    written(officer, with_cells(exported(officer), {2: {"工程技术措施": text}}))

    after = measures_of(event_id)
    assert set(after) == {"加装测温", "炉坑无积水", "设漏炉报警并联锁"}
    assert after["炉坑无积水"] == before["炉坑无积水"]
    assert after["设漏炉报警并联锁"] == before["设漏炉报警"]


def test_a_measure_of_several_lines_stays_one_when_another_is_added(officer: Actor, db: str):
    event_id = add_event(officer, draft(measures=(measure("先停机；\n再挂牌"),)), at=NOW)
    before = measures_of(event_id)

    text = "先停机；\n再挂牌；\n专人监护"
    written(officer, with_cells(exported(officer), {2: {"工程技术措施": text}}))

    assert measures_of(event_id).keys() == {"先停机；\n再挂牌", "专人监护"}
    assert measures_of(event_id)["先停机；\n再挂牌"] == before["先停机；\n再挂牌"]


def test_a_row_without_a_mark_is_a_new_risk(officer: Actor, first: UUID):
    def add(sheet, columns) -> None:
        new = {
            "风险单元": "熔炼",
            "风险点": "2 号中频炉",
            "风险点类型": "设备设施",
            "危险源": "感应器漏水",
            "风险事件": "漏水遇铁水爆炸",
            "可能发生的事故类型": "其他爆炸",
            "评价方法": "LEC",
            "固有L": 3,
            "固有E": 6,
            "固有C": 15,
            "管理措施": "班前检查水压",
        }
        for heading, value in new.items():
            sheet.cell(3, columns[heading]).value = value

    data = edited(exported(officer), add)
    (row,) = differences(officer, data)
    written(officer, data)

    assert row.fate is Fate.NEW
    new = rows_of(officer)[1]
    assert (new.number, new.point, new.unit) == (2, "2 号中频炉", "熔炼")
    assert (new.inherent.value, new.residual.value) == (270, 270)
    assert new.measures == {MeasureCategory.MANAGEMENT: ("班前检查水压",)}


def test_a_copied_row_is_new_and_the_unchanged_one_stays_itself(officer: Actor, first: UUID):
    def copy(sheet, columns) -> None:
        sheet.insert_rows(2)
        for column in columns.values():
            sheet.cell(2, column).value = sheet.cell(3, column).value
        sheet.cell(2, columns["危险源"]).value = "另一种危险源"

    (row,) = differences(officer, edited(exported(officer), copy))

    assert (row.row, row.fate, row.number) == (2, Fate.NEW, "")


def test_a_copy_that_says_the_same_is_refused_as_a_repetition(officer: Actor, first: UUID):
    def copy(sheet, columns) -> None:
        for column in columns.values():
            sheet.cell(3, column).value = sheet.cell(2, column).value

    (row,) = differences(officer, edited(exported(officer), copy))

    assert row.fate is Fate.REFUSED
    assert "R-0001 已有这条风险" in row.problems[0].message


def test_rows_that_the_file_no_longer_has_stay_in_the_ledger(officer: Actor, second: UUID):
    data = edited(exported(officer), lambda sheet, _: sheet.delete_rows(2))

    found = looked_at(officer, uploaded(officer, data))

    assert (found.trip.rows, found.trip.absent) == ((), 1)
    assert len(rows_of(officer)) == 2


def test_columns_may_change_places_go_or_be_merged(officer: Actor, second: UUID):
    def work(sheet, columns) -> None:
        sheet.insert_rows(1)
        sheet.cell(1, 1).value = "2026 年清单"
        sheet.delete_cols(columns["备注"])
        sheet.insert_cols(1)
        sheet.cell(2, 1).value = "我的批注"
        activity = columns["作业活动"] + 1
        sheet.merge_cells(start_row=3, end_row=4, start_column=activity, end_column=activity)

    found = looked_at(officer, uploaded(officer, edited(exported(officer), work)))

    assert found.trip.rows == ()
    assert found.trip.unread == ("我的批注",)


def test_a_damaged_mark_is_refused_instead_of_becoming_a_new_risk(officer: Actor, first: UUID):
    def damage(sheet, columns) -> None:
        sheet.cell(2, max(columns.values())).value = "改坏了"

    (row,) = differences(officer, edited(exported(officer), damage))

    assert row.fate is Fate.REFUSED
    assert "行标识被改动" in row.problems[0].message


def test_a_stated_level_stays_while_other_cells_change(officer: Actor, first: UUID):
    with transaction(SYSTEM) as session:
        event = session.get_one(RiskEvent, (officer.enterprise_id, first))
        event.owner_words = "外聘专家"
    data = with_cells(exported(officer), {2: {"备注": "改", "责任人": None}})

    written(officer, data)

    row = rows_of(officer)[0]
    assert (row.owner, row.residual.value, row.remark) == ("", 270, "改")


def test_a_ledger_of_another_enterprise_is_imported_as_a_new_one(officer: Actor, first: UUID):
    other = tenant.staff_actor(tenant.enterprise())

    import_id = round_trip.receive_upload(other, exported(officer), "清单.xlsx", at=NOW)

    found = upload(other.scope, other.enterprise_id, import_id)
    assert (found.is_round_trip, found.ready_count) == (False, 1)


def test_a_returned_ledger_never_enters_as_a_new_one(officer: Actor, first: UUID):
    import_id = uploaded(officer, with_cells(exported(officer), {2: {"备注": "改"}}))

    with pytest.raises(NotFound):
        imports.confirm(officer, import_id, 1, at=NOW)
    with pytest.raises(NotFound):
        imports.import_rows(officer, import_id, at=NOW)
    assert len(rows_of(officer)) == 1


def test_direct_judgement_stays_when_factors_change(officer: Actor, db: str):
    rule = declarable_rules()[0].code
    judged = AssessmentDraft("lec", lec("3", "6", "40"), lec("3", "6", "7"), frozenset({rule}))
    add_event(officer, draft(assessment=judged), at=NOW)

    written(officer, with_cells(exported(officer), {2: {"残余C": 3}}))

    assert rows_of(officer)[0].residual.level is RiskLevel.MAJOR
    assert rows_of(officer)[0].residual.value == 54
