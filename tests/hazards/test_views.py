from datetime import timedelta
from io import BytesIO

import pytest

from tests.factories.hazards import (
    answered,
    hazard_row,
    hazards_of,
    make_hazard,
    make_planned,
    picture,
    plans_of,
    plant_of,
    steps_of,
    tasks_of,
)
from tests.fixtures.actors import World, make_world
from webapp.accounts.rules.roles import Role
from webapp.hazards.queries.checks import task_sheet
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardState
from webapp.hazards.service.checks import submit_check
from webapp.platform.clock import now
from webapp.platform.identifiers import new_id

pytestmark = pytest.mark.usefixtures("db")
S = HazardState


def sent(seed=1):
    return (BytesIO(picture(seed)), "现场.jpg")


@pytest.fixture
def plant(world: World):
    return plant_of(world)


@pytest.fixture
def task(plant):
    make_planned(plant, now())
    return tasks_of(plant)[0]


def filled_in(plant, task, **changes):
    """The check's form as a browser sends it, all normal."""
    sheet = task_sheet(plant.scope, plant.id, task.id)
    form = {"key": str(new_id()), "checklist_id": str(sheet.checklist_id), "task_id": task.id}
    return form | {f"item-{item.question.hex}": "normal" for item in sheet.items} | changes


def questions(plant, task):
    return [item.question.hex for item in task_sheet(plant.scope, plant.id, task.id).items]


# every page in its empty state


@pytest.mark.parametrize(
    ("role", "endpoint", "words"),
    [
        ("worker", "hazards.today", "今天没有要查的"),
        ("team_leader", "hazards.today", "今天没有要查的"),
        ("safety_officer", "hazards.home", "今天没有应查的任务"),
        ("department_head", "hazards.home", "还没有自查和隐患记录"),
        ("principal", "hazards.home", "没有逾期或今天到期的隐患"),
        ("safety_officer", "hazards.plan_list", "还没有排查计划"),
        ("worker", "hazards.hazard_list", "还没有隐患"),
        ("worker", "hazards.report", "三步：拍照、选地点、说一句"),
    ],
)
def test_an_empty_page_says_what_to_do(client_of, world: World, role, endpoint, words):
    page = client_of(role).get(endpoint)

    assert page.status == 200
    assert words in page.text


def test_a_worker_begins_with_the_walk_and_an_officer_of_the_agency_elsewhere(client_of):
    assert client_of("worker").get("hazards.home").location.endswith("/today")
    assert client_of("inspector").get("hazards.home").status == 303


# today and the check


def test_today_leads_to_the_next_check(client_of, plant, task):
    page = client_of("worker").get("hazards.today")

    assert page.one(".day__count").text == "今天 1 处，已查 0 处"
    assert page.one(".dock a").text == "去查：1 号中频炉"
    assert page.one(".dock a")["href"] == f"/tasks/{task.id}/check"


def test_a_leader_can_look_at_the_whole_team(client_of, plant, task):
    mine = client_of("team_leader").get("hazards.today")
    team = client_of("team_leader").get("hazards.today", whose="all")

    assert "今天没有要查的" in mine.text
    assert team.texts(".stop__name") == ["1 号中频炉"]


def test_a_check_is_handed_in_and_the_receipt_shows_it(client_of, plant, task):
    browser = client_of("worker")
    browser.get("hazards.check_fill", task_id=task.id)

    answer = browser.post("hazards.check_submit", **filled_in(plant, task))
    receipt = browser.follow(answer)

    assert "服务器已收到" in receipt.text
    assert [task.state for task in tasks_of(plant)][:1] == ["done"]


def test_an_abnormal_item_is_handed_in_with_words_and_a_photo(client_of, plant, task):
    browser, [first, _] = client_of("worker"), questions(plant, task)
    form = filled_in(plant, task) | {
        f"item-{first}": "abnormal",
        f"words-{first}": "炉坑有积水。",
        f"photos-{first}": sent(),
    }

    receipt = browser.follow(browser.post("hazards.check_submit", **form))

    assert receipt.texts(".row__title") == ["炉坑有积水"]
    [hazard] = hazards_of(plant)
    page = client_of("safety_officer").get("hazards.hazard_show", hazard_id=hazard.id)
    assert page.texts(".trace li > small:first-child") == [
        "隐患", "检查项", "管控措施", "风险事件", "风险点",
    ]  # fmt: skip
    image = client_of("safety_officer").get(page.one(".photo img")["src"])
    assert (image.status, image.response.mimetype) == (200, "image/jpeg")


def test_what_is_missing_is_said_at_the_item_and_photos_are_kept(client_of, plant, task):
    browser, [first, second] = client_of("worker"), questions(plant, task)
    form = filled_in(plant, task) | {
        f"item-{first}": "abnormal",
        f"photos-{first}": sent(),
        f"item-{second}": None,
    }

    page = browser.post("hazards.check_submit", **form)

    assert page.status == 422
    assert page.errors == [
        "第1项“炉坑干燥无积水？”有隐患，请描述发现的问题。",
        "第2项“漏炉报警指示灯正常？”还没有检查结果。",
    ]
    kept = page.one("[data-photo-kept] input")["value"]
    assert browser.get(page.one("[data-photo-kept] img")["src"]).status == 200
    again = filled_in(plant, task, key=page.one("input[name=key]")["value"]) | {
        f"item-{first}": "abnormal",
        f"words-{first}": "炉坑有积水",
        f"photos-{first}_kept": kept,
    }
    assert browser.post("hazards.check_submit", **again).status == 303


def test_the_second_worker_sees_who_was_faster_with_the_own_answers_on_the_page(
    client_of, plant, task
):
    submit_check(plant.worker, plant.id, answered(plant, task), at=now())
    [first, _] = questions(plant, task)

    page = client_of("team_leader").post(
        "hazards.check_submit",
        **filled_in(plant, task) | {f"item-{first}": "unchecked", f"words-{first}": "正在检修"},
    )

    assert page.status == 422
    assert page.errors[0].startswith("刘伟 已在")
    assert page.one(f"#item-{first}-2").get("checked", "no") != "no"
    assert page.one(f"#words-{first}").text == "正在检修"


def test_one_tap_fills_a_group_without_script_but_not_what_must_be_seen(client_of, plant):
    make_planned(plant, now(), name="转运通道", level="major")
    make_planned(plant, now())
    careful, usual = sorted(tasks_of(plant)[:2], key=lambda each: each.point_id == plant.points[1])

    def after(task):
        group = task_sheet(plant.scope, plant.id, task.id).groups[0].event_id
        page = client_of("worker").post(
            "hazards.check_submit", task_id=task.id, all_normal=str(group)
        )
        return len(page.select(".verdict-in[checked]"))

    assert (after(careful), after(usual)) == (0, 2)


def test_a_photo_that_waits_in_a_form_is_shown_to_its_owner_only(client_of, plant, task):
    [first, second] = questions(plant, task)
    page = client_of("worker").post(
        "hazards.check_submit",
        **filled_in(plant, task)
        | {f"item-{first}": "abnormal", f"photos-{first}": sent(), f"item-{second}": None},
    )

    assert client_of("team_leader").get(page.one("[data-photo-kept] img")["src"]).status == 404


# reports


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


# the steps of a hazard


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


def test_the_list_keeps_its_filters_in_the_address(client_of, plant):
    make_hazard(plant, words="油管渗漏", at=now())
    make_hazard(plant, words="木箱堵塞通道", at=now())

    page = client_of("safety_officer").get("hazards.hazard_list", q="渗漏", state="open")
    nothing = client_of("safety_officer").get("hazards.hazard_list", q="没有这样的")

    assert page.texts("tbody th a") == ["油管渗漏"]
    assert page.texts(".filters__on .chip") == ["未销号", "“渗漏”"]
    assert "没有符合条件的隐患" in nothing.text


# officers, and others


def test_an_officer_of_the_region_sees_hazards_checks_plans_and_photos(client_of, world, plant):
    make_planned(plant, now())
    hazard = make_hazard(plant, at=now())
    officer, here = client_of("inspector"), {"enterprise_id": plant.id}

    listed = officer.get("hazards.hazard_list", **here)
    page = officer.get("hazards.hazard_show", hazard_id=hazard, **here)

    assert listed.texts("tbody th a") == ["干砂箱盖板变形"]
    assert page.select("#step") == []
    assert officer.get(page.one(".photo img")["src"]).status == 200
    assert officer.get("hazards.plan_list", **here).status == 200
    assert officer.get("hazards.plan_detail", plan_id=plans_of(plant)[0].id, **here).status == 200


def test_neighbours_find_neither_hazard_nor_photo(as_, client_of, plant):
    hazard = make_hazard(plant, at=now())
    source = client_of("worker").get("hazards.hazard_show", hazard_id=hazard)
    photo = source.one(".photo img")["src"]
    abroad = make_world(county="410503", township="410503001")

    for account in (abroad["safety_officer"], abroad["inspector"]):
        browser = as_(account)
        asked = {"hazard_id": hazard, "enterprise_id": plant.id}
        assert browser.get("hazards.hazard_show", **asked).status == 404
        assert browser.get(f"/enterprises/{plant.id}{photo}").status == 404
    assert as_(abroad["safety_officer"]).get(photo).status == 404


# plans


def test_a_plan_is_given_to_another_post_and_rests(client_of, plant):
    make_planned(plant, now())
    [row] = plans_of(plant)
    officer = client_of("safety_officer")
    leader = str(plant.posts[Role.TEAM_LEADER])

    changed = officer.post(
        "hazards.plan_edit", plan_id=row.id, post_id=leader, frequency="weekly", version=row.version
    )
    page = officer.follow(changed)
    version = page.one("form[action$=rest] input[name=version]")["value"]
    resting = officer.follow(officer.post("hazards.plan_pause", plan_id=row.id, version=version))
    stale = officer.follow(officer.post("hazards.plan_resume", plan_id=row.id, version=version))

    assert page.one("#flashes").text == "计划已调整，未到期的任务随之变更。"
    assert resting.one("#flashes").text == "计划已停用，未到期的任务已取消。"
    assert stale.one("#flashes").text == "计划刚被他人调整，请核对后再操作。"


def test_plans_are_derived_again_when_asked(client_of, plant):
    officer = client_of("safety_officer")

    done = officer.follow(officer.post("hazards.plan_derive"))

    assert done.one("#flashes").text == "已按现行风险清单和岗位重新生成计划。"


def test_the_desk_puts_one_thing_first(client_of, plant):
    make_hazard(plant, S.ASSIGNED, words="气瓶混放", at=now() - timedelta(days=60))

    page = client_of("safety_officer").get("hazards.home")

    assert page.one(".focus h2").text == "气瓶混放"
    assert page.texts(".stat__value") == ["0 / 0 处", "1 条", "0 条", "0 条"]


def test_the_enterprise_file_shows_plans_checks_and_hazards(client_of, plant):
    make_planned(plant, now())
    make_hazard(plant, S.ASSIGNED, words="气瓶混放", at=now())

    page = client_of("safety_officer").get("enterprise.file_show", part="hazards")

    assert "未销号隐患（列出 1 条）" in page.text
    assert "气瓶混放" in page.text
