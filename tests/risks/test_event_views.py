from collections.abc import Callable

import pytest

from tests.dom import Page
from tests.fixtures.actors import Account, Browser, World
from tests.risks.drafts import draft, measure
from webapp.platform.clock import now
from webapp.risks.service.ledger import add_event, change_event

Open = Callable[[str], Browser]

LEC = {
    "inherent_likelihood": "3",
    "inherent_exposure": "6",
    "inherent_consequence": "40",
    "residual_likelihood": "3",
    "residual_exposure": "6",
    "residual_consequence": "15",
}
EVENT = {
    "method": "lec",
    "point": "1 号中频炉",
    "point_kind": "equipment",
    "hazard_source": "炉料潮湿",
    "description": "铁水遇水爆炸",
    "accident_types": ["18", "07"],
    "control_level": "",
    "department_id": "",
    "owner_id": "",
    "measures-0-category": "engineering",
    "measures-0-description": "炉坑干燥无积水",
    "measures-0-control_level": "post",
    "measures-0-post_id": "",
    "measures-0-frequency": "",
    **LEC,
}


@pytest.fixture
def officer(world: World) -> Account:
    return world["safety_officer"]


@pytest.fixture
def event_id(officer: Account):
    return add_event(officer.actor, draft(), at=now())


def rows(page: Page) -> list[str]:
    return page.texts("tbody tr:not(.row-detail) th")


def test_a_row_opens_in_place_with_both_assessments_and_five_kinds(client_of: Open, event_id):
    page = client_of("worker").get(
        "risks.event_show", event_id=event_id, headers={"HX-Request": "true"}
    )

    assert page.texts(".assess__sum") == ["3 × 6 × 40 = 720", "3 × 6 × 15 = 270"]
    assert page.texts(".measures__kind") == [
        "工程技术1 条",
        "管理1 条",
        "培训教育未填",
        "个体防护未填",
        "应急处置未填",
    ]
    assert not page.select("h1")


def test_a_risk_is_entered_with_the_calculator(client_of: Open, world: World):
    browser = client_of("safety_officer")

    answer = browser.post("risks.event_add", **EVENT)

    page = browser.follow(answer)
    assert page.one("h1").text.startswith("R-0001 1 号中频炉")
    assert page.texts(".assess__head .risk") == ["重大", "较大"]
    assert "岗位" in page.one(".measures li li small").text


def test_the_calculator_answers_without_saving(client_of: Open):
    page = client_of("safety_officer").get("risks.assessment_result", method="lec", **LEC)

    assert page.texts(".assess__sum") == ["3 × 6 × 40 = 720", "3 × 6 × 15 = 270"]
    assert "至少由部门级管控" in page.one("#assessment-result").text


def test_the_calculator_says_what_is_missing(client_of: Open):
    page = client_of("safety_officer").get(
        "risks.assessment_result", method="ls", inherent_likelihood="4"
    )

    assert page.texts(".alert li")[0] == "S（事件后果严重性）未填写。"


def test_without_script_the_result_comes_with_the_page_and_nothing_is_saved(client_of: Open):
    browser = client_of("safety_officer")

    page = browser.post("risks.event_add", **EVENT, calculate="1")

    assert page.status == 200
    assert page.one("#hazard_source").text == "炉料潮湿"
    assert page.texts("#assessment-result .assess__sum b") == ["720", "270"]
    assert rows(browser.get("risks.ledger")) == []


def test_another_method_keeps_what_was_typed(client_of: Open):
    page = client_of("safety_officer").post("risks.event_add", **EVENT, switch="ls")

    assert page.one("#hazard_source").text == "炉料潮湿"
    assert page.texts("#assessment label")[:2] == ["L 事故发生的可能性", "S 事件后果严重性"]


def test_more_lines_for_measures_keep_what_was_typed(client_of: Open):
    page = client_of("safety_officer").post("risks.event_add", **EVENT, more="1")

    assert len(page.select("textarea[name^='measures-']")) == 4
    assert page.one("#measures-0-description").text == "炉坑干燥无积水"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"point": ""}, "风险点：请填写风险点。"),
        ({"hazard_source": " "}, "危险源：请填写危险源。"),
        ({"description": ""}, "可能发生的风险事件：请填写可能发生的风险事件。"),
        ({"accident_types": None}, "可能的事故类型：请至少选择一种可能的事故类型。"),
        ({"measures-0-description": ""}, "管控措施：请至少填写一条管控措施。"),
        ({"control_level": "post"}, "管控层级：较大风险至少由部门级管控，不能降为岗位级。"),
        (
            {"inherent_likelihood": "4"},
            "固有 L 事故发生的可能性："
            "L（事故发生的可能性）应为 10、6、3、1、0.5、0.2、0.1 之一，现为 4。",
        ),
        (
            {"residual_consequence": ""},
            "残余 C 发生事故产生的后果：C（发生事故产生的后果）未填写。",
        ),
        (
            {"residual_consequence": "100"},
            "残余风险：残余风险（重大风险）不能高于固有风险（较大风险）。",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client_of: Open, changed: dict, message: str):
    sent = EVENT | changed
    if "残余风险（" in message:
        sent["inherent_consequence"] = "15"

    page = client_of("safety_officer").post("risks.event_add", **sent)

    assert page.status == 422
    assert message in page.errors


def test_the_second_of_two_editors_sees_both_and_can_decide(
    client_of: Open, officer: Account, event_id
):
    browser = client_of("safety_officer")
    form = {**EVENT, "version": "1", "hazard_source": "炉料潮湿结块"}
    changed = draft(consequence="两人死亡", measures=(measure("改过的措施"),))
    change_event(officer.actor, event_id, changed, version=1, at=now())

    page = browser.post("risks.event_change", event_id=event_id, **form)

    assert page.status == 409
    assert "刚被其他人修改" in page.one(".alert--warn b").text
    differing = page.texts(".alert--warn tbody th")
    assert {"危险源", "后果和影响范围", "管控措施"} <= set(differing)
    assert page.one("#hazard_source").text == "炉料潮湿结块"
    again = browser.post(
        "risks.event_change",
        event_id=event_id,
        **{**form, "version": page.one("#version")["value"]},
    )
    assert browser.follow(again).select(".alert--ok")


def test_an_event_can_be_removed_with_a_reason(client_of: Open, event_id):
    browser = client_of("safety_officer")

    without = browser.post("risks.event_remove", event_id=event_id, version="1", reason="")
    page = browser.follow(
        browser.post("risks.event_remove", event_id=event_id, version="1", reason="设备报废")
    )

    assert without.errors == ["删除原因：请填写删除原因。"]
    assert page.one(".alert--ok p").text == "已从风险清单删除，编号和历史记录保留。"


def test_a_department_head_is_told_where_the_right_ends(client_of: Open, event_id):
    answer = client_of("department_head").post(
        "risks.event_remove", event_id=event_id, version="1", reason="重复"
    )

    assert answer.status == 403
    assert "只能编制本部门的风险" in answer.text
