"""Which heading means which field, and how a correction is remembered."""

import pytest

from tests.risks.ledgers import HEAD, Page, plain, row, xlsx
from webapp.platform.spreadsheets.reader import read_workbook
from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.import_ledger.headings import candidates
from webapp.risks.rules.import_ledger.mapping import fingerprint
from webapp.risks.rules.import_ledger.preview import preview

SYNONYMS = {
    Field.ORDINAL: "序号 编号 风险点编号",
    Field.UNIT: "风险单元 评价单元 单元名称 车间",
    Field.POINT: "风险点 风险点名称 *风险点： 风险点（场所/部位） 主要风险点",
    Field.PLACE: "场所/部位 所在部位 部位 地点 风险点位置",
    Field.POINT_KIND: "类型 风险点类型",
    Field.ACTIVITY: "作业活动 作业活动名称 作业活动/设备设施 设备设施名称 工作任务",
    Field.STEP: "作业步骤 工作步骤 检查项目 工序 作业步骤或检查项目",
    Field.HAZARD_SOURCE: "危险源 危险有害因素 危险（有害）因素 危险、有害因素 危害因素 不安全因素 "
    "危险源或潜在事件 主要危险源 危险源名称 潜在危害",
    Field.EVENT: "风险事件 潜在事件",
    Field.ACCIDENT_TYPES: "事故类型 可能导致的事故类型 可能发生的事故类型及后果 "
    "易发生事故类型 事故类别 可能造成的事故",
    Field.OUTCOME: "后果 可能造成的后果 主要后果 事故后果",
    Field.METHOD: "评价方法 评估方法",
    Field.LIKELIHOOD: "L 可能性 可能性（L） 可能性L 发生事故的可能性（L） P",
    Field.EXPOSURE: "E 暴露频率 暴露频率（E） 频繁程度E 人员暴露于危险环境的频繁程度（E）",
    Field.CONSEQUENCE: "C 后果（C） 后果严重性C 发生事故产生的后果（C）",
    Field.SEVERITY: "S 严重性 严重性（S） 后果严重程度 严重程度S",
    Field.VALUE: "D R 风险值 风险值（D） 风险度R D值 危险性 D=LEC D=L×E×C 评分",
    Field.LEVEL: "风险等级 风险级别 评价级别 等级 固有风险等级 风险分级 安全风险等级",
    Field.COLOUR: "颜色 风险颜色 四色标识",
    Field.MEASURE: "管控措施 控制措施 现有控制措施 主要管控措施 防范措施 安全措施 风险管控措施",
    Field.ENGINEERING: "工程技术 工程技术措施 工程控制措施",
    Field.MANAGEMENT: "管理措施 管理 管理控制措施",
    Field.TRAINING: "培训教育 教育培训措施 培训",
    Field.PERSONAL_PROTECTION: "个体防护 个体防护措施 个人防护",
    Field.EMERGENCY: "应急处置 应急处置措施 应急措施",
    Field.IMPROVEMENT: "建议改进措施 新增措施",
    Field.CONTROL_LEVEL: "管控层级 管控级别 风险管控层级",
    Field.DEPARTMENT: "责任部门 责任单位 管控责任部门 部门",
    Field.PERSON: "责任人 管控责任人 负责人",
    Field.PHONE: "联系电话 电话",
    Field.POST: "岗位 责任岗位",
    Field.FREQUENCY: "排查频次 检查周期 管控频次",
    Field.REMARK: "备注",
}


@pytest.mark.parametrize(
    ("heading", "field"),
    [(heading, field) for field, words in SYNONYMS.items() for heading in words.split()],
)
def test_a_heading_is_understood(heading: str, field: Field) -> None:
    assert candidates((heading,))[0][0] is field


def test_a_frequency_of_numbers_beside_a_likelihood_is_the_exposure() -> None:
    head = ("风险点", "危险源", "可能性", "频次", "后果", "分值", "等级", "管控措施", "排查周期")

    found = plain(["冲床", "无护罩", 3, 6, 3, 54, "低", "加护罩", "每班"], head=head)

    assert (found.method, found.findings) == ("lec", ())
    assert found.rows[0].frequency == "each_shift"


def test_the_level_of_a_row_is_preferred_to_that_of_its_point() -> None:
    head = ("风险点", "风险点等级", "危险源", "L", "S", "R", "风险等级", "管控措施")

    assert plain(["冲床", "重大", "无护罩", 3, 4, 12, "一般", "加护罩"], head=head).findings == ()


@pytest.mark.parametrize(
    "names", [("危险源", "危害因素"), ("危害因素", "危险源"), ("危险源", "危险有害因素")]
)
def test_a_harmful_factor_in_its_own_column_follows_its_source(names: tuple[str, str]) -> None:
    head = ("风险点", *names, "L", "S", "风险等级", "管控措施")
    cells = {"危险源": "叉车", "危害因素": "倒车视线不良", "危险有害因素": "倒车视线不良"}

    found = plain(["库房", *(cells[name] for name in names), 3, 4, "一般", "装倒车影像"], head=head)

    assert [row.hazard_source for row in found.rows] == ["叉车：倒车视线不良"]
    assert found.findings == ()


def test_a_source_named_once_is_carried_down_to_its_harmful_factors() -> None:
    head = ("风险点", "危险源", "危害因素", "L", "S", "风险等级", "管控措施")
    rows = [
        ["库房", source, factor, 3, 4, "一般", "装倒车影像"]
        for source, factor in (("叉车", "超速"), ("", "超载"), ("", "叉车无证驾驶"))
    ]

    found = plain(*rows, head=head)

    assert [row.hazard_source for row in found.rows] == ["叉车：超速", "叉车：超载", "叉车无证驾驶"]


@pytest.mark.parametrize("heading", ["作业频率", "隐患描述", "整改期限", "分析人", "图片", ""])
def test_a_heading_of_something_else_is_left_alone(heading: str) -> None:
    assert candidates((heading,)) == ()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("风险点", "名称"), Field.POINT),
        (("风险点", "类型"), Field.POINT_KIND),
        (("风险评价", "后果"), Field.SEVERITY),
        (("管控责任", "部门"), Field.DEPARTMENT),
        (("残余风险评价", "L"), Field.RESIDUAL_LIKELIHOOD),
        (("残余风险", "等级"), Field.RESIDUAL_LEVEL),
        (("固有风险", "等级"), Field.LEVEL),
        (("风险管控措施", "培训"), Field.TRAINING),
    ],
)
def test_a_heading_is_understood_by_the_one_above_it(path: tuple[str, ...], field: Field) -> None:
    assert candidates(path)[0][0] is field


def test_synonyms_in_any_order_with_breaks_and_blanks_make_one_ledger() -> None:
    head = (
        "管控\n责任人",
        "风险 级别",
        "危险有害\n因素",
        "可能造成的后果",
        "场所/部位",
        "可能性\n（L）",
        "暴露频率（E）",
        "后果（C）",
        "风险值\n（D）",
        "主要控制措施",
        "排查周期",
        "照片",
    )

    found = plain(
        ["张三", "较大", "线路老化", "触电", "配电室", 3, 6, 15, 270, "检查", "每周", ""], head=head
    )

    assert found.findings == ()
    (only,) = found.rows
    assert (only.point, only.hazard_source, only.person) == ("配电室", "线路老化", "张三")
    assert (only.frequency, only.accident_types) == ("weekly", ("05",))
    assert found.mapping is not None
    assert found.mapping.unknown == (11,)
    assert 0.7 < found.mapping.confidence < 1


def test_an_activity_stands_for_the_point_where_no_column_names_it() -> None:
    head = ("序号", "作业活动", "作业步骤", "危险源", "L", "S", "R", "风险等级", "管控措施")

    (only,) = plain([1, "动火作业", "清理", "易燃物", 3, 5, 15, "较大", "清理现场"], head=head).rows

    assert (only.point, only.activity, only.step) == ("动火作业", "", "清理")


def test_a_corrected_mapping_is_used_for_the_headings_it_was_made_for() -> None:
    head = ("序号", "甲", "乙", "事故类型", "L", "E", "C", "D", "风险等级", "管控措施")
    sheets = read_workbook(xlsx(Page([head, row(1)[:10]])), "台账.xlsx").sheets
    proposed = preview(sheets)
    assert proposed.mapping is not None
    columns = {**proposed.mapping.columns, 1: Field.POINT, 2: Field.HAZARD_SOURCE}

    found = preview(sheets, {proposed.mapping.fingerprint: columns})

    assert [(r.point, r.hazard_source) for r in found.rows] == [("配电室", "线路老化1")]
    assert found.findings == ()
    assert found.mapping is not None
    assert found.mapping.confidence == 1


def test_a_fingerprint_heeds_words_and_order_but_not_blanks() -> None:
    known = fingerprint(["风险点", "危险源"])

    assert fingerprint(["风险点 ", "危险\n源"]) == known
    assert fingerprint(["危险源", "风险点"]) != known
    assert len(fingerprint(HEAD)) == 24
