from datetime import timedelta

import pytest

from tests.factories import enterprise as tenant
from tests.factories.hazards import (
    hazard_row,
    make_hazard,
    steps_of,
)
from tests.hazards.arranged import sent
from webapp.accounts.rules.roles import Role
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardState
from webapp.platform.clock import now

pytestmark = pytest.mark.usefixtures("db")
S = HazardState


def test_a_hazard_goes_from_report_to_closure_by_its_pages(client_of, plant):
    hazard = make_hazard(plant, at=now())
    officer, worker = client_of("safety_officer"), client_of("worker")

    def page_of(browser):
        return browser.get("hazards.hazard_show", hazard_id=hazard)

    def version(browser):
        return page_of(browser).one("#step input[name=version]")["value"]

    graded = officer.post(
        "hazards.hazard_grade", hazard_id=hazard, level="general", version=version(officer)
    )
    assert officer.follow(graded).one("#flashes").text == "已评估分级，请下达整改。"
    officer.post(
        "hazards.hazard_assign",
        hazard_id=hazard,
        person_id=str(plant.people[Role.WORKER]),
        urgency="urgent",
        version=version(officer),
    )
    worker.post(
        "hazards.hazard_rectify",
        hazard_id=hazard,
        measures="已更换盖板",
        photos=sent(2),
        version=version(worker),
    )
    closed = officer.post(
        "hazards.hazard_verify", hazard_id=hazard, outcome="accepted", version=version(officer)
    )

    assert officer.follow(closed).one("#flashes").text == "验收通过，隐患已销号。"
    assert [state for *_, state in steps_of(plant, hazard)][-1] == "closed"


def test_a_return_without_a_reason_is_refused_at_the_field(client_of, plant):
    hazard = make_hazard(plant, S.RECTIFIED, at=now())

    page = client_of("safety_officer").post(
        "hazards.hazard_verify", hazard_id=hazard, outcome="returned"
    )

    assert page.status == 422
    assert page.errors == ["验收意见：请写明验收退回的原因。"]


def test_a_rectification_without_a_picture_keeps_its_words(client_of, plant):
    hazard = make_hazard(plant, S.ASSIGNED, at=now())

    page = client_of("worker").post(
        "hazards.hazard_rectify", hazard_id=hazard, measures="已更换盖板"
    )

    assert page.errors == ["整改后的照片：请至少拍一张整改后的照片。"]
    assert page.one("#measures").text == "已更换盖板"


def test_a_lost_update_shows_both_values_and_can_be_sent_again(client_of, plant):
    hazard = make_hazard(plant, S.GRADED, at=now())
    officer = client_of("safety_officer")
    form = {"hazard_id": hazard, "version": hazard_row(plant, hazard).version}
    officer.post("hazards.hazard_assign", **form, person_id=str(plant.people[Role.WORKER]))

    page = client_of("principal").post(
        "hazards.hazard_assign", **form, person_id=str(plant.people[Role.TEAM_LEADER])
    )

    assert page.status == 422
    assert "责任人现为“刘伟”，您填的是“马国强”。" in page.errors[0]
    again = client_of("principal").post(
        "hazards.hazard_assign",
        hazard_id=hazard,
        version=page.one("#step input[name=version]")["value"],
        person_id=str(plant.people[Role.TEAM_LEADER]),
        remark="刘伟休假",
    )
    assert (again.errors, again.status) == ([], 303)


def test_criteria_can_be_searched_and_one_makes_the_hazard_major(client_of, plant):
    hazard = make_hazard(plant, at=now())
    officer = client_of("safety_officer")

    found = officer.get("hazards.hazard_show", hazard_id=hazard, step="grading", criterion="承包")
    code = found.select("input[name=criterion_code]")[0]["value"]
    officer.post("hazards.hazard_grade", hazard_id=hazard, level="major", criterion_code=code)

    assert hazard_row(plant, hazard).criterion_code == code


def test_a_major_hazards_plan_is_written_before_its_treatment(client_of, plant):
    hazard = make_hazard(plant, S.ASSIGNED, level=HazardLevel.MAJOR, at=now())
    officer = client_of("safety_officer")

    page = officer.get("hazards.hazard_show", hazard_id=hazard)
    assert page.one("#step h2").text == "填写五落实"
    words = {
        "responsibility": "熔炼车间",
        "measures": "更换",
        "funds": "2 万元",
        "time_limit": "3 天",
    }
    saved = officer.post("hazards.hazard_plan", hazard_id=hazard, plan="停炉", **words)

    assert officer.follow(saved).one("#flashes").text == "“五落实”已保存。"


def test_a_later_date_is_granted_on_its_own_form(client_of, plant):
    hazard = make_hazard(plant, S.ASSIGNED, at=now())
    later = hazard_row(plant, hazard).due_on + timedelta(days=2)
    officer = client_of("safety_officer")

    page = officer.get("hazards.hazard_show", hazard_id=hazard, step="extension")
    done = officer.post(
        "hazards.hazard_extend", hazard_id=hazard, new_due_on=later.isoformat(), reason="等备件"
    )

    assert page.one("#step h2").text == "延期"
    assert officer.follow(done).one("#flashes").text == "已批准延期。"


def test_who_only_looks_is_told_whose_turn_it_is(client_of, plant):
    hazard = make_hazard(plant, S.RECTIFIED, at=now())

    page = client_of("worker").get("hazards.hazard_show", hazard_id=hazard)

    assert page.select("#step") == []
    assert "等待整改责任人以外的人员验收" in page.text


def warning(page):
    """What the page says of a charged person who cannot sign in."""
    found = (alert for alert in page.select(".alert") if "整改责任人没有账号" in alert.text)
    return next(found, None)


def test_who_has_no_account_is_marked_in_the_choice_and_on_the_page(client_of, plant, as_, world):
    stranger = tenant.person(plant.id, "周无号")
    hazard, officer = make_hazard(plant, S.GRADED, at=now()), client_of("safety_officer")
    choice = officer.get("hazards.hazard_show", hazard_id=hazard)
    assert "周无号（没有账号）" in choice.texts("#person_id option")

    officer.post(
        "hazards.hazard_assign",
        hazard_id=hazard,
        person_id=str(stranger),
        urgency="urgent",
        version=choice.one("#step input[name=version]")["value"],
    )

    told = warning(officer.get("hazards.hazard_show", hazard_id=hazard))
    assert told is not None
    assert told.one("a")["href"] == f"/members/invitations/new?person={stranger}"
    seen = as_(world["regulator"]).get(
        "hazards.hazard_show", hazard_id=hazard, enterprise_id=plant.id
    )
    unled = warning(seen)
    assert unled is not None
    assert not unled.select("a")


def test_nobody_is_warned_of_a_charged_person_who_has_an_account(client_of, plant):
    hazard = make_hazard(plant, S.ASSIGNED, at=now())

    page = client_of("safety_officer").get("hazards.hazard_show", hazard_id=hazard)

    assert warning(page) is None
