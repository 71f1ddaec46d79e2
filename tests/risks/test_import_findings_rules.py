"""What is found wrong with a row, and whether the row is handed back for it."""

from time import process_time

import pytest

from tests.risks.ledgers import HEAD, Page, plain, read, row, said, wrong, xlsx
from webapp.platform.spreadsheets.reader import read_workbook
from webapp.risks.rules.import_ledger.contract import dry_run
from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.import_ledger.preview import preview
from webapp.risks.rules.import_ledger.records import FindingCode, is_blocking
from webapp.standards.risk_methods import RiskLevel

LS_HEAD = ("序号", "风险点", "危险源", "事故类型", "L", "S", "R", "风险等级", "管控措施")
MES_HEAD = ("序号", "风险点", "危险源", "事故类型", "M", "E", "S", "R", "风险等级", "管控措施")


@pytest.mark.parametrize(
    ("changed", "field", "code", "message"),
    [
        (
            {"likelihood": 4, "value": 360, "level": "重大"},
            "likelihood",
            "not_in_table",
            "L（事故发生的可能性）应为 10、6、3、1、0.5、0.2、0.1 之一，表中为 4。",
        ),
        (
            {"exposure": "经常"},
            "exposure",
            "not_in_table",
            "E 应为数字，表中为“经常”。",
        ),
        ({"consequence": None}, "consequence", "missing_field", "C（发生事故产生的后果）未填写。"),
        ({"value": 240}, "value", "value_mismatch", "D 应为 3×6×15＝270，表中为 240。"),
        ({"value": "算错"}, "value", "value_mismatch", "D 应为 3×6×15＝270，表中为 “算错”。"),
        ({"level": "一般"}, "level", "level_mismatch", "D＝270，风险等级应为较大，表中为一般。"),
        (
            {"level": "未知"},
            "level",
            "not_in_table",
            "风险等级“未知”认不出，应为重大、较大、一般、低之一。",
        ),
        ({"measure": "/"}, "measure", "missing_measure", "没有填写管控措施。"),
        ({"source": None}, "hazard_source", "missing_field", "没有填写危险源。"),
        ({"value": None}, "value", "missing_field", "没有填写风险值，将按取值计算为 270。"),
        (
            {"level": None},
            "level",
            "missing_field",
            "没有填写风险等级，将按风险值 270 定为较大。",
        ),
        ({"person": ""}, "person", "missing_field", "没有填写责任人，导入后可以补充。"),
    ],
)
def test_each_thing_wrong_is_named_with_what_it_should_be(
    changed: dict[str, str | int | None], field: str, code: str, message: str
) -> None:
    found = plain(row(1), row(2), row(3, **changed), row(4))

    assert wrong(found) == [(2, 4, field, code)]
    assert found.findings[0].message == message
    assert found.findings[0].sheet == "风险分级管控清单"


def test_a_row_with_a_blocking_finding_is_not_ready_and_the_others_are() -> None:
    found = plain(
        row(1), row(2, value=240), row(3, person=""), row(4, level="低"), row(5, level=None)
    )

    assert [r.index for r in found.ready] == [0, 2, 4]
    assert [f.index for f in found.findings_of(1)] == [1]


def test_only_facts_that_can_be_added_later_do_not_block() -> None:
    assert all(is_blocking(code) for code in FindingCode)
    assert is_blocking(FindingCode.MISSING_FIELD, Field.POINT)
    assert not is_blocking(FindingCode.MISSING_FIELD, Field.PERSON)


def test_a_column_that_nobody_filled_is_not_reported_row_by_row() -> None:
    found = plain(row(1, person=None, department=None), row(2, person=None, department=None))

    assert wrong(found) == []


def test_the_later_of_two_equal_rows_is_the_duplicate_even_on_another_sheet() -> None:
    copy = row(7, source="线路 老化1", value=270)

    found = read(
        xlsx(Page([HEAD, row(1), row(2)], name="一车间"), Page([HEAD, copy], name="二车间"))
    )

    assert wrong(found) == [(2, 2, "hazard_source", "duplicate")]
    assert found.findings[0].message == "与工作表“一车间”第 2 行重复：配电室、线路 老化1。"


def test_the_same_source_with_another_accident_is_no_duplicate() -> None:
    assert wrong(plain(row(1), row(1, accident="火灾"))) == []


def test_a_wrong_value_and_the_level_drawn_from_it_are_both_found() -> None:
    found = plain(row(1, value=405, level="重大"))

    assert wrong(found) == [
        (0, 2, "value", "value_mismatch"),
        (0, 2, "level", "level_mismatch"),
    ]


def test_a_colour_that_contradicts_the_word_is_found() -> None:
    found = plain([*row(1), "黄色"], [*row(2), "橙"], head=(*HEAD, "颜色"))

    assert wrong(found) == [(0, 2, "colour", "level_mismatch")]
    assert found.findings[0].message == "颜色与等级不一致：较大风险应为橙色，表中为黄色。"


def test_direct_judgement_may_raise_a_level_and_never_lower_it() -> None:
    head = (*HEAD, "备注")

    found = plain(
        [*row(1, level="重大"), "直接判定：涉及重大危险源"],
        [*row(2, level="低"), "直接判定"],
        [*row(3, level="重大"), ""],
        head=head,
    )

    assert wrong(found) == [(1, 3, "level", "level_mismatch"), (2, 4, "level", "level_mismatch")]
    assert found.rows[0].level is RiskLevel.MAJOR
    assert found.rows[0].grade.is_direct


def test_a_directly_judged_row_needs_no_factors() -> None:
    dashes = {"likelihood": "/", "exposure": "/", "consequence": "/", "value": "直接判定"}

    found = plain(row(1), row(2, **dashes, level="重大"))

    assert wrong(found) == []
    assert (found.rows[1].method, found.rows[1].value, found.rows[1].level) == (
        None,
        None,
        RiskLevel.MAJOR,
    )


def test_a_ledger_with_levels_alone_is_taken_at_its_word() -> None:
    head = ("风险点", "危险源", "可能导致的后果", "风险等级", "主要管控措施", "责任人")

    found = plain(
        ["锅炉房", "超压", "锅炉爆炸", "重大", "安全阀定期校验", "李四"],
        ["锅炉房", "缺水", "锅炉爆炸", "", "水位计", "李四"],
        head=head,
    )

    assert said(found) == [(2, "锅炉房", "超压", "", "重大"), (3, "锅炉房", "缺水", "", "")]
    assert found.rows[0].accident_types == ("16",)
    assert wrong(found) == [(1, 3, "level", "missing_field")]
    assert found.method is None


def test_ls_and_mes_ledgers_are_told_by_their_factors() -> None:
    ls = plain(
        [1, "食堂", "燃气泄漏", "火灾", 4, 5, 20, "重大", "报警器"],
        [2, "食堂", "地面湿滑", "其他伤害", 2, 6, 12, "一般", "及时清理"],
        head=LS_HEAD,
    )
    mes = plain([1, "锯床", "无护罩", "机械伤害", 3, 6, 8, 144, "较大", "护罩"], head=MES_HEAD)

    assert (ls.method, mes.method) == ("ls", "mes")
    assert wrong(ls) == [(1, 3, "severity", "not_in_table")]
    assert wrong(mes) == []


def test_a_ledger_of_two_methods_is_judged_row_by_row() -> None:
    head = ("风险点", "危险源", "评价方法", "L", "E", "C(S)", "D(R)", "风险等级", "管控措施")

    found = plain(
        ["配电室", "线路老化", "LEC", 3, 6, 15, 270, "较大", "检查"],
        ["行车", "吊钩磨损", "LS", 3, "/", 5, 15, "较大", "探伤"],
        ["行车", "限位失灵", "", 3, "", 4, 13, "一般", "校验"],
        ["行车", "制动失灵", "LEC", 3, "", 15, 270, "较大", "校验"],
        head=head,
    )

    assert [r.method for r in found.rows[:3]] == ["lec", "ls", "ls"]
    assert wrong(found) == [(2, 4, "value", "value_mismatch"), (3, 5, "exposure", "missing_field")]
    assert found.findings[0].message == "R 应为 3×4＝12，表中为 13。"


def test_the_residual_assessment_is_judged_too() -> None:
    head = (*HEAD, "残余风险L", "残余风险E", "残余风险C", "残余风险值", "残余风险等级")

    found = plain([*row(1), 1, 6, 15, 80, "一般"], head=head)

    assert wrong(found) == [(0, 2, "residual_value", "value_mismatch")]


def test_the_command_lines_json_keeps_its_contract() -> None:
    found = dry_run(plain(row(1), row(2, point="空压机房", value=240), row(3, measure=None)))

    assert {key: found[key] for key in ("method", "rows", "ready", "points")} == {
        "method": "lec",
        "rows": 3,
        "ready": 1,
        "points": 2,
    }
    assert found["findings"] == [
        {
            "index": 1,
            "sheet": "风险分级管控清单",
            "row": 3,
            "field": "value",
            "code": "value_mismatch",
            "message": "D 应为 3×6×15＝270，表中为 240。",
        },
        {
            "index": 2,
            "sheet": "风险分级管控清单",
            "row": 4,
            "field": "measure",
            "code": "missing_measure",
            "message": "没有填写管控措施。",
        },
    ]


def test_two_thousand_rows_are_read_and_judged_within_five_seconds() -> None:
    data = xlsx(Page([HEAD, *(row(n, point=f"风险点{n // 10}") for n in range(2000))]))

    start = process_time()
    found = preview(read_workbook(data, "台账.xlsx").sheets)
    spent = process_time() - start

    assert (len(found.rows), len(found.ready), len(found.points)) == (2000, 2000, 200)
    assert spent < 5
