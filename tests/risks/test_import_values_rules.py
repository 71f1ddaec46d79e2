"""Numbers, levels, colours, frequencies and measures as ledgers write them."""

from decimal import Decimal

import pytest

from tests.risks.ledgers import HEAD, Page, plain, read, row, said, wrong, xls, xlsx
from webapp.risks.rules.control_levels import Frequency
from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.import_ledger.levels import Scale, fill_level, level, scale_of
from webapp.risks.rules.import_ledger.measures import measures
from webapp.risks.rules.import_ledger.values import (
    control_level,
    frequency,
    method_code,
    number,
    point_kind,
)
from webapp.standards.risk_methods import ControlLevel, MethodCode, RiskLevel

MAJOR, SIGNIFICANT, MODERATE, LOW = RiskLevel


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", "3"),
        ("3 ", "3"),
        ("　１５", "15"),
        ("0.5", "0.5"),
        ("０．５", "0.5"),
        (".5", "0.5"),
        ("270.0", "270"),
        ("D=270", "270"),
        ("D＝２７０", "270"),
        ("270（较大）", "270"),
        ("270/较大", "270"),
        ("3×6×15=270", "270"),
        ("3*6*15＝270（较大）", "270"),
        ("15分", "15"),
        ("L=3", "3"),
    ],
)
def test_a_number_is_read_however_it_is_typed(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "/", "较大", "#VALUE!", "1-3", "3~6", "可能"])
def test_what_states_no_single_number_is_none(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ("重大风险", "重大", "红", "红色", "一级", "1级", "Ⅰ级", "I级", "A级", "1", "极其危险"),
            MAJOR,
        ),
        (
            (
                "较大风险",
                "较大",
                "橙",
                "橙色",
                "二级",
                "2级",
                "Ⅱ级",
                "II",
                "B",
                "270（较大）",
                "高度危险",
            ),
            SIGNIFICANT,
        ),
        (("一般风险", "一般", "黄", "三级", "3 级", "Ⅲ级", "C级", "显著危险", "中度"), MODERATE),
        (
            (
                "低风险",
                "低",
                "蓝色",
                "四级",
                "Ⅳ级",
                "IV",
                "D级",
                "5级",
                "Ⅴ级",
                "E",
                "稍有危险",
                "一般危险",
            ),
            LOW,
        ),
    ],
)
def test_a_level_is_read_from_words_numbers_letters_and_colours(
    texts: tuple[str, ...], expected: RiskLevel
) -> None:
    assert {level(text) for text in texts} == {expected}


def test_a_level_that_names_none_of_the_four_is_unknown() -> None:
    assert [level(text) for text in ("", "高", "未评价", "270", "6级")] == [None] * 5


def test_words_move_down_in_tables_whose_gravest_level_is_called_huge() -> None:
    scale = scale_of([("巨大风险", MAJOR), ("重大风险", SIGNIFICANT)])

    assert scale is Scale.HUGE_FIRST
    words = ("巨大风险", "重大风险", "中等风险", "可接受风险", "轻微或可忽略风险")
    assert [level(word, scale) for word in words] == [MAJOR, SIGNIFICANT, MODERATE, LOW, LOW]


def test_numbers_count_from_the_gravest_unless_the_values_prove_the_contrary() -> None:
    downward = [("1级", MAJOR), ("2级", SIGNIFICANT), ("5级", LOW)]
    upward = [("5级", MAJOR), ("4级", SIGNIFICANT), ("1级", LOW)]

    assert scale_of(downward) is Scale.USUAL
    assert scale_of(upward) is Scale.ASCENDING
    assert scale_of([("1级", LOW)]) is Scale.USUAL
    assert [level(t, Scale.ASCENDING) for t in ("5级", "3级", "1级")] == [MAJOR, MODERATE, LOW]


def test_a_five_level_ledger_is_read_by_its_own_scale() -> None:
    rows = [
        row(1, value=540, likelihood=6, level="5"),
        row(2, level="4"),
        row(3, value=90, likelihood=1, level="3"),
        row(4, value=42, likelihood=1, consequence=7, level="2"),
    ]

    found = plain(*rows)

    assert [r.level for r in found.rows] == [MAJOR, SIGNIFICANT, MODERATE, LOW]
    assert wrong(found) == []


@pytest.mark.parametrize(
    ("fills", "expected"),
    [
        (("FF0000", "C00000", "FF3333"), MAJOR),
        (("FFC000", "FF9900", "F79646", "ED7D31"), SIGNIFICANT),
        (("FFFF00", "FFFF99"), MODERATE),
        (("0070C0", "00B0F0", "0000FF", "4F81BD"), LOW),
        (("FFFFFF", "D9D9D9", "000000", "92D050", "7030A0", None), None),
    ],
)
def test_a_fill_means_the_level_of_the_nearest_hue(
    fills: tuple[str | None, ...], expected: RiskLevel | None
) -> None:
    assert {fill_level(fill) for fill in fills} == {expected}


def test_levels_given_only_as_fills_are_read_from_xlsx_and_xls() -> None:
    rows = [HEAD, row(1, level=None), row(2, level=None, likelihood=1, value=90)]

    from_xlsx = read(xlsx(Page(rows, fills={"I2": "FFC000", "I3": "FFFF00"})))
    from_xls = read(xls(Page(rows), colours={"I2": "orange", "I3": "yellow"}))

    for found in (from_xlsx, from_xls):
        assert [r.grade.stated_level for r in found.rows] == [SIGNIFICANT, MODERATE]
        assert wrong(found) == []


def test_a_fill_that_contradicts_the_value_is_found() -> None:
    found = read(xlsx(Page([HEAD, row(1, level=None)], fills={"I2": "FF0000"})))

    assert wrong(found) == [(0, 2, "level", "level_mismatch")]


def test_stray_blanks_and_full_width_digits_do_no_harm() -> None:
    found = plain(
        row(
            1,
            point=" 配电室　",
            likelihood="３ ",
            exposure=" 6",
            consequence="１５",
            value="D＝270",
        )
    )

    assert said(found) == [(2, "配电室", "线路老化1", "270", "较大")]
    assert wrong(found) == []


def test_value_and_level_may_share_one_column() -> None:
    head = [h for h in HEAD if h != "风险等级"]
    cells = [v for v in row(1, value="270（较大）") if v != "较大"]

    found = plain(cells, head=head)

    assert said(found) == [(2, "配电室", "线路老化1", "270", "较大")]
    assert found.rows[0].grade.stated_level is SIGNIFICANT


def test_uncomputed_formulas_are_computed() -> None:
    found = plain(row(1, value="=E2*F2*G2", level=None))

    assert said(found) == [(2, "配电室", "线路老化1", "270", "较大")]
    assert wrong(found) == []


def test_accident_types_become_codes_and_keep_their_words() -> None:
    (only,) = plain(row(1, accident="触电、机械伤害/火灾；跳水")).rows

    assert only.accident_types == ("05", "03", "08")
    assert only.accident_words == "触电、机械伤害/火灾；跳水"


def test_department_and_person_may_share_one_column() -> None:
    head = [*HEAD[:10], "责任单位/责任人"]

    (only,) = plain([*row(1)[:10], "冲压车间/张三"], head=head).rows

    assert (only.department, only.person) == ("冲压车间", "张三")


def test_a_phone_behind_a_name_is_taken_apart() -> None:
    (only,) = plain(row(1, person="张三 13800000000")).rows

    assert (only.person, only.phone) == ("张三", "13800000000")


def test_frequencies_control_levels_kinds_and_methods_are_read() -> None:
    assert [
        frequency(t) for t in ("每班一次", "1次/天", "每周", "每月1次", "1次/季度", "半年", "每年")
    ] == list(Frequency)
    assert control_level("车间级、班组级") is ControlLevel.DEPARTMENT
    assert control_level("岗位") is ControlLevel.POST
    assert [point_kind(t) for t in ("设备设施", "作业活动", "场所")] == [
        "equipment",
        "activity",
        "place",
    ]
    assert [method_code(t) for t in ("LEC法", "作业条件危险性分析", "LS", "风险矩阵法", "MES")] == [
        MethodCode.LEC,
        MethodCode.LEC,
        MethodCode.LS,
        MethodCode.LS,
        MethodCode.MES,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1、安装防护罩；2、定期检查。3.佩戴安全帽", ["安装防护罩", "定期检查", "佩戴安全帽"]),
        ("（1）检查\n（2）记录", ["检查", "记录"]),
        ("①断电②挂牌③验电", ["断电", "挂牌", "验电"]),
        ("距地1.5m设护栏；压力不超0.4MPa", ["距地1.5m设护栏", "压力不超0.4MPa"]),
        ("停电。验电。", ["停电", "验电"]),
        ("检查线路", ["检查线路"]),
        ("/", []),
        ("无", []),
    ],
)
def test_a_cell_of_measures_is_split_into_single_ones(text: str, expected: list[str]) -> None:
    assert [m.text for m in measures([(Field.MANAGEMENT, text)])] == expected


@pytest.mark.parametrize(
    "text",
    [
        "工程技术措施：安装护栏；管理措施：1.巡检 2.挂牌\n"
        "培训教育：班前会\n个体防护：安全帽。应急处置：断电",
        "1.工程技术措施：安装护栏\n2.管理措施：巡检；挂牌\n"
        "3.培训教育措施：班前会\n4.个体防护措施：安全帽\n5.应急处置措施：断电",
        "【工程】安装护栏【管理】巡检；挂牌【培训】班前会【个体防护】安全帽【应急】断电",
    ],
)
def test_category_words_in_one_cell_part_the_five_kinds(text: str) -> None:
    found = measures([(Field.MEASURE, text)])

    assert [(m.kind.value, m.text) for m in found] == [
        ("engineering", "安装护栏"),
        ("management", "巡检"),
        ("management", "挂牌"),
        ("training", "班前会"),
        ("personal_protection", "安全帽"),
        ("emergency", "断电"),
    ]
    assert not any(m.is_guessed for m in found)


@pytest.mark.parametrize(
    "text",
    [
        "1.工程技术：装倒车影像 2.管理：限速1.5m以下 3.培训：持证",
        "1.工程技术：装倒车影像2.管理：限速1.5m以下3.培训：持证",
        "（1）工程技术措施：装倒车影像 （2）管理措施：限速1.5m以下 （3）培训教育措施：持证",
        "①工程：装倒车影像 ②管理：限速1.5m以下 ③培训：持证",
        "一、工程技术：装倒车影像 二、管理：限速1.5m以下 三、培训：持证",
        "（一）工程技术：装倒车影像（二）管理：限速1.5m以下（三）培训：持证",
        "工程技术：装倒车影像 管理：限速1.5m以下 培训：持证",
    ],
)
def test_numbered_kinds_on_one_line_part_as_those_on_several(text: str) -> None:
    found = measures([(Field.MEASURE, text)])

    assert [(m.kind.value, m.text) for m in found] == [
        ("engineering", "装倒车影像"),
        ("management", "限速1.5m以下"),
        ("training", "持证"),
    ]
    assert not any(m.is_guessed for m in found)


def test_measures_numbered_within_a_numbered_kind_stay_with_it() -> None:
    found = measures([(Field.MEASURE, "1.工程技术：1）加护栏 2）装限位 2.管理：加强 管理 教育")])

    assert [(m.kind.value, m.text) for m in found] == [
        ("engineering", "加护栏"),
        ("engineering", "装限位"),
        ("management", "加强 管理 教育"),
    ]


def test_the_kind_of_a_plain_measure_is_guessed_and_marked() -> None:
    found = measures(
        [(Field.MEASURE, "佩戴绝缘手套；启动应急预案；新员工培训；安装漏电保护器；每周巡检")]
    )

    assert [(m.kind.value, m.is_guessed) for m in found] == [
        ("engineering", True),
        ("management", True),
        ("training", True),
        ("personal_protection", True),
        ("emergency", True),
    ]
