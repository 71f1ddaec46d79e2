import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.enterprise.rules.organisation import PostKind
from webapp.enterprise.rules.pasted_rows import MOST_ROWS, parse_pasted

PLAIN = """\
\t总经理\t主要负责人\t王建国\t13837251234
安环部\t专职安全员\t\t李红\t13837251235
机加工车间\t车间主任\t\t张伟\t13837251236
机加工车间/甲班\t甲班班长\t\t赵强\t
\t车工\t\t钱丽\t
\t\t\t孙磊\t
"""


def read(text):
    return [
        (row.department, row.team, row.post, row.kind, row.name) for row in parse_pasted(text).rows
    ]


def messages(text):
    return [finding.message for finding in parse_pasted(text).findings]


def test_rows_without_a_heading_are_read_in_the_usual_order():
    assert read(PLAIN) == [
        ("", "", "总经理", PostKind.PRINCIPAL, "王建国"),
        ("安环部", "", "专职安全员", PostKind.SAFETY_OFFICER, "李红"),
        ("机加工车间", "", "车间主任", PostKind.DEPARTMENT_HEAD, "张伟"),
        ("机加工车间", "甲班", "甲班班长", PostKind.TEAM_LEADER, "赵强"),
        ("机加工车间", "甲班", "车工", PostKind.WORKER, "钱丽"),
        ("机加工车间", "甲班", "车工", PostKind.WORKER, "孙磊"),
    ]
    assert messages(PLAIN) == []


def test_a_heading_decides_the_order_and_unknown_columns_are_passed_over():
    text = "序号\t姓名\t岗位\t部门\t备注\n1\t李红\t电工\t设备科\t夜班\n"

    assert read(text) == [("设备科", "", "电工", PostKind.SPECIAL_OPERATOR, "李红")]


def test_a_title_above_the_heading_is_passed_over():
    text = "组织机构一览表\n部门（车间）\t岗位名称\t姓 名\n铸造车间\t造型工\t周明"

    assert read(text) == [("铸造车间", "", "造型工", PostKind.WORKER, "周明")]


def test_a_team_may_have_a_column_of_its_own():
    text = "部门\t班组\t岗位\t姓名\n铸造车间\t一班\t造型工\t周明\n\t二班\t造型工\t吴亮\n"

    assert [row[:2] for row in read(text)] == [("铸造车间", "一班"), ("铸造车间", "二班")]


def test_a_post_is_not_carried_into_another_department():
    text = "铸造车间\t造型工\t\t周明\n机修车间\t\t\t吴亮"

    assert len(read(text)) == 1
    assert messages(text) == ["第 2 行：缺少岗位。"]


def test_a_post_without_a_holder_is_a_row():
    assert read("铸造车间\t造型工") == [("铸造车间", "", "造型工", PostKind.WORKER, "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\t造型工\t\t周明", "第 1 行：缺少部门。"),
        ("铸造车间\t造型工\t\t周明\t1383725", "第 1 行：手机号“1383725”应为 11 位数字。"),
        ("铸造车间\t造型工\t\t\t13837251234", "第 1 行：有手机号但没有姓名。"),
        (
            "铸造车间\t造型工\t\t周明\t13837251234\n铸造车间\t熔炼工\t\t吴亮\t13837251234",
            "第 2 行：手机号与第 1 行的周明相同。",
        ),
        (
            "铸造车间\t造型工\t\t周明\t13837251234\n铸造车间\t熔炼工\t\t周明\t13837251234",
            "第 2 行：周明已在第 1 行，一人只登记一个主要岗位。",
        ),
        (f"铸造车间\t{'长' * 61}", "第 1 行：内容太长，最多 60 个字。"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text, message):
    assert messages(text) == [message]


def test_an_unknown_kind_is_told_with_the_known_ones():
    (message,) = messages("铸造车间\t造型工\t大工\t周明")

    assert message.startswith("第 1 行：岗位类别“大工”不认识，可填：主要负责人、")


@pytest.mark.parametrize("text", ["", "  \n\t\n", "部门\t姓名\n铸造\t周明", "部门\t岗位"])
def test_nothing_to_read_is_told(text):
    assert read(text) == []
    assert messages(text) == ["没有可识别的内容，请按“部门、岗位、岗位类别、姓名、手机”粘贴。"]


def test_too_many_rows_are_refused_as_a_whole():
    text = "\n".join(["铸造车间\t造型工"] * (MOST_ROWS + 1))

    assert read(text) == []
    assert messages(text) == ["一次最多粘贴 2000 行，请分次导入。"]


CELLS = st.text(alphabet="部门岗位姓名甲乙 /\t1383725", max_size=12)


@given(st.lists(CELLS, max_size=12).map("\n".join))
def test_anything_pasted_is_understood_or_told(text):
    found = parse_pasted(text)
    lines = {row.row for row in found.rows}

    assert all(row.post for row in found.rows)
    assert lines.isdisjoint(finding.row for finding in found.findings)
    if text.strip():
        assert found.rows or found.findings
