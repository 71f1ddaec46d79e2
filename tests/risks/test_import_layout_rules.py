"""Ledgers of many shapes, each read to its last row."""

from tests.risks.ledgers import HEAD, Page, plain, read, row, said, text_table, wrong, xls, xlsx

GOOD = (2, "配电室", "线路老化1", "270", "较大")
TWO_LINES = (
    (
        "序号",
        "风险点",
        "危险源",
        "事故类型",
        "风险评价",
        "",
        "",
        "",
        "",
        "管控措施",
        "",
        "",
        "",
        "",
        "责任人",
    ),
    (
        "",
        "",
        "",
        "",
        "L",
        "E",
        "C",
        "D",
        "风险等级",
        "工程技术",
        "管理",
        "培训教育",
        "个体防护",
        "应急处置",
        "",
    ),
)
TWO_LINE_ROW = (
    1,
    "冲床",
    "无防护罩",
    "机械伤害",
    1,
    6,
    7,
    42,
    "低",
    "防护罩",
    "巡检",
    "培训",
    "手套",
    "急停",
    "李四",
)
TWO_LINE_MERGES = (
    "A{0}:A{1}",
    "B{0}:B{1}",
    "C{0}:C{1}",
    "D{0}:D{1}",
    "E{0}:I{0}",
    "J{0}:N{0}",
    "O{0}:O{1}",
)


def _merges(top: int) -> list[str]:
    return [area.format(top, top + 1) for area in TWO_LINE_MERGES]


def test_a_bare_table_is_read_as_it_stands() -> None:
    found = plain(row(1), row(2, value=42, likelihood=1, consequence=7, level="低"))

    assert said(found) == [GOOD, (3, "配电室", "线路老化2", "42", "低")]
    assert wrong(found) == []
    assert found.method == "lec"


def test_a_title_two_heading_lines_numbering_and_signatures_are_no_rows() -> None:
    rows = [
        ["安阳某公司安全风险分级管控清单"],
        ["编制单位：安阳某公司", *[""] * 8, "日期：2026年3月8日"],
        *TWO_LINES,
        list(range(1, 16)),
        TWO_LINE_ROW,
        [],
        ["编制人：王五", "", "", "审核人：赵六", "", "", "", "批准人："],
        ["注：本表一式两份。"],
    ]

    found = read(xlsx(Page(rows, merged=["A1:O1", *_merges(3)])))

    assert said(found) == [(6, "冲床", "无防护罩", "42", "低")]
    assert [m.kind.value for m in found.rows[0].measures] == [
        "engineering",
        "management",
        "training",
        "personal_protection",
        "emergency",
    ]
    assert wrong(found) == []


def test_two_heading_lines_without_merges_are_understood_from_a_text_file() -> None:
    found = read(text_table([*TWO_LINES, TWO_LINE_ROW], "gb18030"), "台账.csv")

    assert said(found) == [(3, "冲床", "无防护罩", "42", "低")]
    assert len(found.rows[0].measures) == 5


def test_three_heading_lines_tell_the_inherent_from_the_residual_assessment() -> None:
    rows = [
        [
            "风险点",
            "",
            "危险源",
            "风险评价",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "管控措施",
            "责任人",
        ],
        ["名称", "类型", "", "固有风险", "", "", "", "", "残余风险", "", "", "", "", "", ""],
        ["", "", "", *("L", "E", "C", "D", "等级"), *("L", "E", "C", "D", "等级"), "", ""],
        [
            "涂装线",
            "设备设施",
            "溶剂挥发",
            3,
            6,
            15,
            270,
            "较大",
            1,
            6,
            15,
            90,
            "一般",
            "通风",
            "李四",
        ],
    ]
    merged = ["A1:B1", "A2:A3", "B2:B3", "C1:C3", "D1:M1", "D2:H2", "I2:M2", "N1:N3", "O1:O3"]

    found = read(xlsx(Page(rows, merged=merged)))

    assert said(found) == [(4, "涂装线", "溶剂挥发", "270", "较大")]
    (only,) = found.rows
    assert only.point_kind == "equipment"
    assert only.residual is not None
    assert (str(only.residual.value), only.residual.level) == ("90", "moderate")


def test_merged_points_are_carried_down_in_xlsx_and_xls() -> None:
    rows = [HEAD, row(1), row(2, point=None), row(3, point=None), row(4, point="空压机房")]
    page = Page(rows, merged=["B2:B4"])

    for data in (xlsx(page), xls(page)):
        assert [r.point for r in read(data).rows] == ["配电室"] * 3 + ["空压机房"]


def test_an_empty_point_beside_merged_ones_is_missing() -> None:
    rows = [HEAD, row(1), row(2, point=None), row(3, point=None)]

    found = read(xlsx(Page(rows, merged=["B2:B3"])))

    assert wrong(found) == [(2, 4, "point", "missing_field")]


def test_an_empty_point_among_repeated_names_is_missing() -> None:
    found = plain(row(1), row(2), row(3, point=None), row(4))

    assert wrong(found) == [(2, 4, "point", "missing_field")]


def test_a_point_named_once_for_several_rows_is_carried_down_without_merges() -> None:
    rows = [HEAD, row(1), row(2, point=""), row(3, point="空压机房"), row(4, point="")]

    found = read(text_table(rows), "台账.csv")

    assert [r.point for r in found.rows] == ["配电室", "配电室", "空压机房", "空压机房"]
    assert wrong(found) == []


def test_same_as_above_takes_the_value_above() -> None:
    found = plain(row(1), row(2, point="同上", department="〃", measure="同上"))

    assert (found.rows[1].point, found.rows[1].department) == ("配电室", "设备部")
    assert found.rows[1].measures == found.rows[0].measures


def test_headings_and_titles_repeated_on_each_printed_page_are_skipped() -> None:
    title = ["安全风险分级管控清单"]
    rows = [title, HEAD, row(1), ["第1页 共2页"], title, HEAD, row(2), ["第2页 共2页"]]

    found = read(xlsx(Page(rows, merged=["A1:L1", "A5:L5"])))

    assert [r.row for r in found.rows] == [3, 7]
    assert wrong(found) == []


def test_two_heading_lines_repeated_on_each_page_are_skipped() -> None:
    second = (2, "锯床", *TWO_LINE_ROW[2:])
    rows = [*TWO_LINES, TWO_LINE_ROW, *TWO_LINES, second]

    found = read(xlsx(Page(rows, merged=[*_merges(1), *_merges(4)])))

    assert [(r.row, r.point) for r in found.rows] == [(3, "冲床"), (6, "锯床")]


def test_subtotals_and_blank_rows_are_no_rows() -> None:
    rows = [HEAD, row(1), ["小计", 1], [], row(2), ["合计：2 项"], [None, "总计", None, 2]]

    assert [r.row for r in read(xlsx(Page(rows))).rows] == [2, 5]


def test_rows_that_hold_only_a_number_or_a_formula_result_are_no_rows() -> None:
    empty = [3, *[None] * 6, 0, "低"]

    assert len(plain(row(1), row(2), empty, [4]).rows) == 2


def test_a_line_across_the_table_names_the_unit_of_the_rows_below() -> None:
    rows = [HEAD, ["一、冲压车间"], row(1), ["二、涂装车间"], row(2)]

    found = read(xlsx(Page(rows, merged=["A2:L2", "A4:L4"])))

    assert [(r.unit, r.point) for r in found.rows] == [
        ("冲压车间", "配电室"),
        ("涂装车间", "配电室"),
    ]


def test_a_line_across_the_table_names_the_point_where_there_is_no_such_column() -> None:
    head = [h for h in HEAD if h != "风险点"]
    rows = [head, ["（一）配电室"], [v for v in row(1) if v != "配电室"]]

    found = read(text_table([[*r, *[""] * (len(head) - len(r))] for r in rows]), "台账.csv")

    assert said(found) == [(3, "配电室", "线路老化1", "270", "较大")]


def test_measures_on_lines_of_their_own_belong_to_one_merged_source() -> None:
    rows = [
        HEAD,
        row(1, measure="绝缘检测"),
        [None] * 9 + ["上锁挂牌"],
        [None] * 9 + ["佩戴绝缘手套"],
        row(2),
    ]
    merged = [f"{column}2:{column}4" for column in "ABCDEFGHIKL"]

    found = read(xlsx(Page(rows, merged=merged)))

    assert [r.row for r in found.rows] == [2, 5]
    assert {m.text for m in found.rows[0].measures} == {"绝缘检测", "上锁挂牌", "佩戴绝缘手套"}
    assert wrong(found) == []


def test_measure_lines_without_merges_belong_to_the_row_above() -> None:
    rows = [HEAD, row(1), [*[""] * 9, "上锁挂牌", "", ""]]

    found = read(text_table(rows), "台账.csv")

    assert [m.text for r in found.rows for m in r.measures] == ["定期检查线路", "上锁挂牌"]


def test_a_measure_merged_across_the_five_columns_has_no_certain_kind() -> None:
    rows = [*TWO_LINES, [*TWO_LINE_ROW[:9], "安装防护罩；佩戴手套", "", "", "", "", "李四"]]

    found = read(xlsx(Page(rows, merged=[*_merges(1), "J3:N3"])))

    assert [(m.kind.value, m.is_guessed) for m in found.rows[0].measures] == [
        ("engineering", True),
        ("personal_protection", True),
    ]
