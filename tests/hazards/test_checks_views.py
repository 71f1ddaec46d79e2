import pytest

from tests.factories.hazards import (
    answered,
    hazards_of,
    make_planned,
    tasks_of,
)
from tests.hazards.arranged import sent
from webapp.hazards.queries.checks import task_sheet
from webapp.hazards.rules.checks import AnswerResult
from webapp.hazards.service.checks import submit_check
from webapp.platform.clock import now
from webapp.platform.identifiers import new_id

pytestmark = pytest.mark.usefixtures("db")


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


def test_the_answers_to_choose_bear_the_words_that_refusals_use(client_of, plant, task):
    page = client_of("worker").get("hazards.check_fill", task_id=task.id)

    assert page.texts(".verdict")[:3] == [each.words for each in AnswerResult]


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
        "第1项“炉坑干燥无积水？”选了异常，请描述发现的问题。",
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


def test_a_finished_task_shows_what_was_answered_and_no_form(client_of, plant, task):
    submit_check(plant.worker, plant.id, answered(plant, task, abnormal=1), at=now())

    page = client_of("worker").get("hazards.check_fill", task_id=task.id)

    assert "已查过" in page.text
    assert "提交检查" not in page.text
    assert not page.select("#check")
    assert page.texts("tbody .tag").count("异常") == 1
    assert hazards_of(plant)[0].number in page.text


def test_words_with_a_mark_that_turns_them_around_are_named_by_their_field(client_of, plant, task):
    question = questions(plant, task)[0]
    form = filled_in(plant, task) | {
        f"item-{question}": "unchecked",
        f"words-{question}": "设备\u202e停用",
    }

    answer = client_of("worker").post("hazards.check_submit", **form)

    assert answer.status == 422
    assert answer.errors == [
        "第1项说明：第1项说明中有看不见的控制字符，已替您去掉，请核对后再提交。"
    ]
