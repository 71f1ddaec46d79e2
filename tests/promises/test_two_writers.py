"""Two people write the same thing: the second sees who was first and what, and loses nothing."""

from datetime import timedelta

from sqlalchemy import func, select

from tests.dom import Page
from tests.factories import inspection, risks
from tests.factories.hazards import picture
from tests.promises.conftest import Town
from tests.promises.visitor import Form
from webapp.accounts.rules.roles import Role
from webapp.hazards.models.checks import SelfCheck
from webapp.hazards.models.hazards import Hazard
from webapp.hazards.models.plans import CheckTask
from webapp.hazards.rules.checks import AnswerResult
from webapp.hazards.service.plans import derive_plans
from webapp.inspection.models.cases import InspectionCase
from webapp.platform.clock import now
from webapp.platform.database import reading
from webapp.platform.tenancy import SYSTEM
from webapp.risks.forms.assessments import SIDES
from webapp.risks.models.ledger import RiskEvent


def form_in(page: Page, form: Form, css: str = "main form[method=post]") -> Form:
    """The form that an answer shows again."""
    action = form.action
    found = [each for each in page.select(css) if each.get("action", action) == action]
    assert len(found) == 1, [each.get("action") for each in page.select(css)]
    return Form(found[0], action)


def row_of(page: Page, label: str) -> str:
    """The line of the comparison that is about this field."""
    (found,) = [row.text for row in page.select("tr") if row.text.startswith(label)]
    return found


def test_two_officers_write_the_account_of_one_inspection(town: Town) -> None:
    visit = inspection.open_visit(town.world, at=now() - timedelta(hours=1))
    place = f"/enterprises/{visit.place[0]}/inspections/{visit.case_id}/on-site"
    first = town.visitor(town.world["inspector"])
    second = town.visitor(town.world.second_inspector)
    mine, theirs = first.form(place, "form#account"), second.form(place, "form#account")

    assert first.send(mine.fill(situation="炉坑有积水，已拍照。")).status == 303
    page = second.send(theirs.fill(situation="喷漆室通风良好。", contact_name="王主任"))

    assert page.status == 409
    assert town.world["inspector"].name in page.one(".compare").text
    assert "炉坑有积水，已拍照。" in page.one(".compare").text
    assert "喷漆室通风良好。" in page.one(".compare").text
    again = form_in(page, theirs, "form#account")
    assert again.values["situation"] == "喷漆室通风良好。"
    assert again.values["contact_name"] == "王主任"
    with reading(SYSTEM) as session:
        kept = session.scalars(
            select(InspectionCase).where(InspectionCase.id == visit.case_id)
        ).one()
        assert (kept.situation, kept.contact_name) == ("炉坑有积水，已拍照。", "陈晓峰")
    # Seen and sent again, it is a decision.
    assert second.send(again).status == 303


def test_two_workers_hand_in_the_same_check(town: Town) -> None:
    place, worker = town.world.enterprise_id, town.world["worker"]
    point = risks.make_point(place, "3 号中频炉")
    event = risks.make_event(place, point)
    for words in ("炉坑干燥无积水", "漏炉报警指示灯正常"):
        risks.make_measure(place, event, words, post_id=worker.post_id)
    derive_plans(town.world["safety_officer"].actor, place, [point], now())
    with reading(SYSTEM) as session:
        task_id = session.scalars(
            select(CheckTask.id)
            .where(CheckTask.point_id == point, CheckTask.opens_at <= now())
            .limit(1)
        ).one()
    address = f"/tasks/{task_id}/check"
    first = town.visitor(worker)
    second = town.visitor(town.colleague(Role.WORKER, "钱二虎"))
    mine, theirs = first.form(address), second.form(address)
    items = sorted(name for name in theirs.names if name.startswith("item-"))
    words, photos = (items[0].replace("item", part) for part in ("words", "photos"))

    assert first.send(mine.fill(**dict.fromkeys(items, "normal"))).status == 303
    theirs.fill(**{items[0]: "abnormal", items[1]: "normal", words: "炉坑里有两指深的积水"})
    page = second.send(theirs.attach(photos, picture(), "现场.jpg", "image/jpeg"))

    assert page.status in (409, 422)
    (message,) = page.errors
    assert f"{worker.name} 已在" in message
    ours, saved = AnswerResult.ABNORMAL.words, AnswerResult.NORMAL.words
    assert f"您选{ours}，已提交的是{saved}" in message
    again = form_in(page, theirs)
    assert (again.values[items[0]], again.values[words]) == ("abnormal", "炉坑里有两指深的积水")
    assert again.values[f"{photos}_kept"], "the picture need not be taken again"
    with reading(SYSTEM) as session:
        checks = session.scalar(
            select(func.count()).select_from(SelfCheck).where(SelfCheck.task_id == task_id)
        )
        hazards = session.scalar(
            select(func.count()).select_from(Hazard).where(Hazard.point_id == point)
        )
    assert (checks, hazards) == (1, 0)


def test_two_people_amend_the_record_of_an_enterprise(town: Town) -> None:
    first = town.visitor(town.world["safety_officer"])
    second = town.visitor(town.colleague(Role.SAFETY_OFFICER, "郑一鸣"))
    mine, theirs = first.form("/profile/edit"), second.form("/profile/edit")

    assert first.send(mine.fill(employees="240")).status == 303
    page = second.send(theirs.fill(employees="250", address="长江大道 9 号"))

    assert page.status == 409
    assert f"{town.world['safety_officer'].name} 在" in page.text
    assert row_of(page, "从业人数") == "从业人数240 人250 人"
    again = form_in(page, theirs)
    assert (again.values["employees"], again.values["address"]) == ("250", "长江大道 9 号")
    assert "240" in first.get("/profile").text
    assert second.send(again).status == 303


def test_two_people_change_a_row_of_the_ledger(town: Town) -> None:
    place = town.world.enterprise_id
    event = risks.make_event(place, risks.make_point(place, "4 号中频炉"), "炉衬烧穿")
    risks.make_measure(place, event, "每班测炉衬厚度")
    address = f"/risks/events/{event}/edit"
    first = town.visitor(town.world["safety_officer"])
    second = town.visitor(town.colleague(Role.SAFETY_OFFICER, "吴晓霞"))
    mine, theirs = first.form(address), second.form(address)
    factors = {"likelihood": "3", "exposure": "6", "consequence": "7"}
    chosen = {f"{side}_{name}": value for side in SIDES for name, value in factors.items()}

    saved = first.send(mine.fill(description="炉衬烧穿，铁水漏出", **chosen))
    assert saved.status == 303, saved.errors
    page = second.send(theirs.fill(description="炉衬开裂", remark="上周刚换过炉衬", **chosen))

    assert page.status == 409
    assert f"{town.world['safety_officer'].name} 在" in page.text
    assert any(
        "炉衬烧穿，铁水漏出" in row.text and "炉衬开裂" in row.text for row in page.select("tr")
    )
    again = form_in(page, theirs)
    assert (again.values["description"], again.values["remark"]) == ("炉衬开裂", "上周刚换过炉衬")
    with reading(SYSTEM) as session:
        kept = session.scalars(select(RiskEvent).where(RiskEvent.id == event)).one()
        assert kept.description == "炉衬烧穿，铁水漏出"
    assert second.send(again).status == 303
