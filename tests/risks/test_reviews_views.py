"""The page of what is to be assessed again."""

from collections.abc import Callable

from tests.fixtures.actors import Browser, World
from tests.risks.drafts import draft
from webapp.platform.clock import local_date, now
from webapp.risks.service.ledger import add_event

Open = Callable[[str], Browser]


def declared(browser: Browser, **changes: str):
    values = {"kind": "equipment", "words": "新装机械手", "point": ""}
    values["happened_on"] = local_date(now()).isoformat()
    return browser.post("risks.review_declare", **{**values, **changes})


def test_a_declared_change_lists_the_risks_with_the_reason(client_of: Open, world: World):
    event_id = add_event(world["safety_officer"].actor, draft(), at=now())
    officer = client_of("safety_officer")

    declared(officer)

    page = officer.get("risks.review_list")
    assert "新增或更换设备设施：新装机械手" in page.one("tbody tr").text
    assert [box["value"] for box in page.select("input[name=events]")] == [str(event_id)]
    officer.post("risks.review_confirm", events=[str(event_id)])
    assert officer.get("risks.review_list").one(".empty h3").text == "没有需要重新评价的风险"


def test_a_change_without_words_is_asked_for_them(client_of: Open, world: World):
    page = declared(client_of("safety_officer"), words="")

    assert page.status == 422
    assert "请填写具体情况。" in page.text


def test_a_worker_reads_and_declares_nothing(client_of: Open, world: World):
    add_event(world["safety_officer"].actor, draft(), at=now())
    declared(client_of("safety_officer"))

    page = client_of("worker").get("risks.review_list")

    assert "新装机械手" in page.text
    assert not page.select("input[name=events]")
    assert declared(client_of("worker")).status == 403
