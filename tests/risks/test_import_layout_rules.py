"""Ledgers of many shapes, each read to its last row."""

from itertools import chain

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


def test_covers_notes_and_method_tables_are_skipped_and_ledgers_joined() -> None:
    method = [
        ["取值", "可能性", "频繁程度", "后果", "风险等级"],
        [10, "完全可以预料", "连续", "死亡", "重大"],
    ]
    scl = [
        [
            "序号",
            "设备设施名称",
            "检查项目",
            "危险源",
            "事故类型",
            "L",
            "S",
            "R",
            "风险等级",
            "现有控制措施",
        ],
        [1, "行车", "吊钩", "吊钩磨损", "起重伤害", 3, 5, 15, "较大", "定期探伤"],
    ]

    found = read(
        xlsx(
            Page([["安全风险清单"], ["安阳某公司"]], name="封面"),
            Page([["1. 本表由班组填写"]], name="填表说明"),
            Page([HEAD, row(1), row(2)], name="作业活动"),
            Page(method, name="LEC取值表"),
            Page(scl, name="设备设施"),
            Page([["序号", "名称"], [1, "风险点"]], name="目录"),
        )
    )

    assert [(r.index, r.sheet, r.row, r.point) for r in found.rows] == [
        (0, "作业活动", 2, "配电室"),
        (1, "作业活动", 3, "配电室"),
        (2, "设备设施", 2, "行车"),
    ]
    assert found.rows[2].method == "ls"
    assert [table.sheet for table in found.tables] == ["作业活动", "设备设施"]
    assert wrong(found) == []


def test_a_list_of_points_beside_the_ledger_is_not_read() -> None:
    points = [
        ["编号", "风险点名称", "类型", "可能导致的事故类型", "风险等级", "责任人"],
        [1, "配电室", "场所", "触电", "较大", "张三"],
    ]

    found = read(xlsx(Page(points, name="风险点台账"), Page([HEAD, row(1)])))

    assert said(found) == [GOOD]


def test_a_hidden_ledger_is_not_read() -> None:
    found = read(xlsx(Page([HEAD, row(1)]), Page([HEAD, row(2)], name="旧", is_hidden=True)))

    assert said(found) == [GOOD]


def test_two_tables_of_different_shape_in_one_sheet_are_both_read() -> None:
    second = [
        "序号",
        "场所/部位",
        "危险有害因素",
        "可能性L",
        "严重性S",
        "风险度R",
        "风险级别",
        "控制措施",
    ]
    rows = [HEAD, row(1), [], second, [1, "食堂", "燃气泄漏", 2, 5, 10, "一般", "报警器"]]

    found = plain(*rows[1:])

    assert [(r.row, r.point, r.method) for r in found.rows] == [
        (2, "配电室", "lec"),
        (5, "食堂", "ls"),
    ]


def test_a_table_that_begins_off_the_corner_is_found() -> None:
    rows = [[], [], [None, None, *HEAD], [None, None, *row(1)]]

    assert said(read(xlsx(Page(rows)))) == [(4, *GOOD[1:])]


def test_lines_above_the_table_name_the_activity_for_all_its_rows() -> None:
    rows = [
        ["工作危害分析（JHA）记录表"],
        ["单位：机修车间", "", "工作岗位：电工", "", "工作任务：停送电作业"],
        ["序号", "工作步骤", "潜在危害", "主要后果", "L", "S", "R", "风险等级", "控制措施"],
        [1, "验电", "验电器失效", "触电", 2, 5, 10, "一般", "使用前检查"],
    ]

    found = read(xlsx(Page(rows, merged=["A1:I1"])))

    (only,) = found.rows
    assert (only.point, only.step, only.hazard_source) == ("停送电作业", "验电", "验电器失效")
    assert (only.post, only.accident_types) == ("电工", ("05",))


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


def test_a_web_page_named_xls_is_read_with_its_spans() -> None:
    cells = "".join(f"<td>{value}</td>" for value in row(1)[4:])
    page = (
        '<html><head><meta charset="gb2312"></head><body><table border=1>'
        f"<tr>{''.join(f'<th>{h}</th>' for h in HEAD)}</tr>"
        f"<tr><td>1</td><td rowspan=2>配电室</td><td>线路<br>老化</td><td>触电</td>{cells}</tr>"
        f"<tr><td>2</td><td>小动物进入</td><td>触电</td>{cells}</tr></table></body></html>"
    )

    found = read(page.encode("gb18030"), "台账.xls")

    assert [(r.point, r.hazard_source) for r in found.rows] == [
        ("配电室", "线路\n老化"),
        ("配电室", "小动物进入"),
    ]
    assert wrong(found) == []


def test_an_xml_spreadsheet_of_2003_is_read() -> None:
    def line(cells: object) -> str:
        return "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in cells)  # type: ignore[attr-defined]

    text = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="清单"><Table>'
        f'<Row>{line(HEAD)}</Row><Row ss:Index="4">{line(row(1))}</Row>'
        "</Table></Worksheet></Workbook>"
    )

    assert said(read(text.encode(), "台账.xls")) == [(4, *GOOD[1:])]


def test_text_files_of_every_encoding_and_delimiter_say_the_same() -> None:
    rows = [HEAD, row(1, measure="检查；测温，记录")]
    files = [
        text_table(rows, encoding, delimiter)
        for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16")
        for delimiter in (",", "\t", ";")
    ]

    read_files = [read(data, "台账.csv") for data in files]

    assert set(chain.from_iterable(said(found) for found in read_files)) == {GOOD}
    assert {len(found.rows[0].measures) for found in read_files} == {2}


def test_a_workbook_without_a_ledger_says_what_is_missing() -> None:
    found = read(xlsx(Page([["姓名", "电话", "部门"], ["张三", "139", "设备部"]])))

    assert found.rows == ()
    assert found.problem is not None
    assert found.problem.startswith("没有找到风险清单。")


def test_sheets_with_nothing_like_a_heading_are_passed_over() -> None:
    found = read(xlsx(Page([["2026年度"], ["安阳某公司"]], name="Sheet1"), Page([HEAD, row(1)])))

    assert said(found) == [GOOD]
