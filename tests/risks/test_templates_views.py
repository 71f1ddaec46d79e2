"""The template pages and the tab of what waits to be confirmed."""

from collections.abc import Callable

from tests.fixtures.actors import Browser
from webapp.standards.ledger_templates import ledger_template

Open = Callable[[str], Browser]
STEEL = ledger_template("steel")
PROCESS = STEEL.processes[0]


def test_an_officer_takes_processes_and_confirms_what_is_true(client_of: Open):
    browser = client_of("safety_officer")
    page = browser.get("risks.template_show", code="steel")
    assert PROCESS.name in page.text

    browser.post("risks.template_adopt", code="steel", processes=PROCESS.code)
    page = browser.get("risks.ledger", view="proposed")
    ticked = [box["value"] for box in page.select("input[name=events]")]
    browser.post("risks.event_confirm", events=ticked)

    left = browser.get("risks.ledger", view="proposed")
    assert len(ticked) == min(PROCESS.risks, 20)
    assert len(left.select("input[name=events]")) == min(PROCESS.risks - len(ticked), 20)


def test_choosing_nothing_is_said_and_nothing_enters(client_of: Open):
    browser = client_of("safety_officer")

    page = browser.post("risks.template_adopt", code="steel")

    assert page.status == 422
    assert "请至少选择一个工艺或场所。" in page.text
    assert browser.get("risks.ledger").one(".empty h3").text == "还没有风险清单"


def test_an_unknown_template_is_not_found(client_of: Open):
    assert client_of("safety_officer").get("risks.template_show", code="nothing").status == 404
