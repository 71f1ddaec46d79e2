import pytest

from tests.factories.hazards import (
    hazards_of,
    make_planned,
)
from tests.hazards.arranged import sent
from webapp.platform.clock import now
from webapp.platform.identifiers import new_id

pytestmark = pytest.mark.usefixtures("db")


def test_a_report_is_three_taps_and_says_what_becomes_of_it(client_of, plant):
    browser = client_of("worker")

    answer = browser.post(
        "hazards.report_send", key=str(new_id()), words="油管渗漏", place="泵房", photos=sent()
    )

    assert hazards_of(plant)[0].number in browser.follow(answer).text


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ({"words": None}, "说一句：请说一句哪里不对。"),
        ({"photos": None}, "照片：请至少拍一张照片。"),
        ({"place": None}, "具体位置：请选择风险点，或写明在哪里。"),
        ({"point_id": "nonsense"}, "风险点：请重新选择风险点。"),
    ],
)
def test_a_report_without_what_it_needs_says_so(client_of, plant, missing, message):
    form = {"key": str(new_id()), "words": "油管渗漏", "place": "泵房", "photos": sent()}

    page = client_of("worker").post("hazards.report_send", **form | missing)

    assert page.status == 422
    assert page.errors == [message.replace("说一句：", "哪里不对：")]


def test_what_may_have_been_reported_already_is_offered_first(client_of, plant):
    point = str(make_planned(plant, now()))
    form = {"point_id": point, "words": "主钩防脱钩卡子没有了", "key": str(new_id())}
    browser = client_of("worker")
    browser.post("hazards.report_send", **form, photos=sent())

    asked = browser.post(
        "hazards.report_send",
        **form | {"key": str(new_id()), "words": "防脱钩卡子又没有了"},
        photos=sent(2),
    )
    anyway = browser.post(
        "hazards.report_send",
        **form | {"key": str(new_id()), "words": "防脱钩卡子又没有了"},
        is_distinct="1",
        photos_kept=asked.one("[data-photo-kept] input")["value"],
    )

    assert asked.one(".same h2").text == "可能有人报过了"
    assert anyway.status == 303
    assert len(hazards_of(plant)) == 2
