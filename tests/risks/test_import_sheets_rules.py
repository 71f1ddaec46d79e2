"""Which sheets and tables are the ledger, and what the lines above them say."""

from tests.risks.ledgers import HEAD, Page, plain, read, row, said, wrong, xlsx

GOOD = (2, "配电室", "线路老化1", "270", "较大")


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


def test_a_workbook_without_a_ledger_says_what_is_missing() -> None:
    found = read(xlsx(Page([["姓名", "电话", "部门"], ["张三", "139", "设备部"]])))

    assert found.rows == ()
    assert found.problem is not None
    assert found.problem.startswith("没有找到风险清单。")


def test_sheets_with_nothing_like_a_heading_are_passed_over() -> None:
    found = read(xlsx(Page([["2026年度"], ["安阳某公司"]], name="Sheet1"), Page([HEAD, row(1)])))

    assert said(found) == [GOOD]


def test_a_worksheet_of_job_hazards_names_its_point_in_a_bracketed_line() -> None:
    head = [
        [
            "序号",
            "作业步骤",
            "危险源或潜在事件（人、物、作业环境、管理）",
            "可能发生的事故类型及后果",
        ],
        ["", "", "", ""],
    ]
    head[0] += ["现有控制措施", "", "风险评价", "", "", "", "评价级别", "管控级别"]
    head[1] += ["工程技术措施", "管理措施", "可能性L", "频次E", "后果C", "风险值D", "", ""]
    rows = [
        ["工作危害分析评价记录（JHA+LEC）"],
        [
            "单位：某公司",
            "",
            "岗位：冲压工",
            "",
            "风险点（作业活动）名称：冲压作业",
            "",
            "No：JHA-001",
        ],
        *head,
        [
            1,
            "开机检查",
            "光电保护失效",
            "机械伤害",
            "光电保护",
            "点检",
            1,
            6,
            15,
            90,
            "3级",
            "车间级",
        ],
        ["分析人：", "张三", "", "日期：", "", "审核人：", "李四"],
        ["", "", "", "企业负责人（签字）：", "赵六"],
    ]
    merged = ["A1:L1", "E3:F3", "G3:J3", *(f"{c}3:{c}4" for c in "ABCDKL")]

    found = read(xlsx(Page(rows, merged=merged)))

    assert said(found) == [(5, "冲压作业", "光电保护失效", "90", "一般")]
    assert (found.rows[0].post, found.rows[0].step) == ("冲压工", "开机检查")
    assert found.rows[0].control_level == "department"
    assert wrong(found) == []


def test_a_check_list_analysis_without_points_takes_its_items_for_them() -> None:
    head = [
        "序号",
        "检查项目",
        "标准",
        "不符合标准情况及后果",
        "现有管控措施",
        "L",
        "S",
        "R",
        "评价级别",
    ]

    found = read(
        xlsx(Page([head, [1, "安全阀", "定期校验", "未校验", "年度校验", 2, 5, 10, "3级"]]))
    )

    assert said(found) == [(2, "安全阀", "未校验", "10", "一般")]
    assert wrong(found) == []
