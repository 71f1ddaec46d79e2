from base64 import b64encode
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import func, select, update

from tests.factories.hazards import (
    NOW,
    answered,
    hazards_of,
    make_colleague,
    make_planned,
    make_plant,
    photo,
    plans_of,
    steps_of,
    tasks_of,
)
from webapp.accounts.rules.roles import Role
from webapp.hazards.models.checks import CheckAnswer, SelfCheck
from webapp.hazards.queries.checks import filled_check, task_sheet
from webapp.hazards.rules.checks import AnswerResult
from webapp.hazards.rules.submissions import Upload
from webapp.hazards.service.checks import submit_check
from webapp.hazards.service.photos import keep_photos
from webapp.hazards.service.plan_changes import pause_plan
from webapp.hazards.service.plans import derive_plans
from webapp.platform.clock import SHANGHAI
from webapp.platform.database import reading, transaction
from webapp.platform.errors import Conflict, Forbidden, Invalid, NotFound, RuleBroken
from webapp.platform.storage import StoredFile
from webapp.platform.tenancy import SYSTEM
from webapp.risks.models.measures import ControlMeasure


def drawn():
    pad = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(pad).line([(20, 20), (150, 100), (280, 30)], fill="black", width=4)
    target = BytesIO()
    pad.save(target, "PNG")
    return f"data:image/png;base64,{b64encode(target.getvalue()).decode()}"


pytestmark = pytest.mark.usefixtures("db", "files")


def planned(**values):
    plant = make_plant()
    point = make_planned(plant, **values)
    return plant, point, tasks_of(plant)[0]


def count_of(plant, model):
    with reading(SYSTEM) as session:
        return session.execute(
            select(func.count()).select_from(model).where(model.enterprise_id == plant.id)
        ).scalar_one()


def test_a_check_without_a_finding_does_its_task():
    plant, _, task = planned()

    receipt = submit_check(plant.worker, plant.id, answered(plant, task), at=NOW)

    assert (receipt.normal, receipt.abnormal, receipt.hazards) == (2, 0, ())
    done = tasks_of(plant)[0]
    assert (done.state, done.done_at) == ("done", NOW)


def test_an_abnormal_item_opens_a_hazard_that_knows_where_it_comes_from():
    plant, point, task = planned()
    submission = answered(plant, task, abnormal=1)
    item = task_sheet(plant.scope, plant.id, task.id).items[0]

    receipt = submit_check(plant.worker, plant.id, submission, at=NOW)

    [hazard] = hazards_of(plant)
    assert (hazard.point_id, hazard.event_id, hazard.measure_id, hazard.item_id) == (
        point, item.event_id, item.measure_id, item.id,
    )  # fmt: skip
    assert (hazard.check_id, hazard.reported_by_name, hazard.is_frontline) == (
        submission.key, "刘伟", True,
    )  # fmt: skip
    assert hazard.department_id == plant.workshop
    assert [(each.number, each.id) for each in receipt.hazards] == [("YH-2026-0001", hazard.id)]
    assert steps_of(plant, hazard.id) == [(1, "report", "reported")]


def test_the_receipt_names_the_digest_of_each_photo_as_it_was_sent():
    plant, _, task = planned()
    sent = photo()

    receipt = submit_check(plant.worker, plant.id, answered(plant, task, abnormal=1), at=NOW)

    with reading(SYSTEM) as session:
        [file] = session.execute(
            select(StoredFile).where(StoredFile.enterprise_id == plant.id)
        ).scalars()
    assert receipt.photos == (file.original_sha256,)
    assert file.size != len(sent.data)
    assert file.facts["thumbnail"] != file.sha256


def test_the_same_key_twice_gets_the_first_receipt_and_nothing_is_doubled():
    plant, _, task = planned()
    submission = answered(plant, task, abnormal=1)

    first = submit_check(plant.worker, plant.id, submission, at=NOW)
    second = submit_check(plant.worker, plant.id, submission, at=NOW + timedelta(minutes=5))

    assert first == second
    assert (count_of(plant, SelfCheck), count_of(plant, CheckAnswer)) == (1, 2)
    assert len(hazards_of(plant)) == 1


def test_the_same_key_in_two_requests_at_once_is_taken_in_once():
    plant, _, task = planned()
    submission = answered(plant, task, abnormal=1)
    barrier, receipts = Barrier(3), []

    def send():
        barrier.wait()
        receipts.append(submit_check(plant.worker, plant.id, submission, at=NOW))

    threads = [Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(receipts) == 3
    assert len({receipt.check_id for receipt in receipts}) == 1
    assert len({receipt.hazards for receipt in receipts}) == 1
    assert len(hazards_of(plant)) == 1


def test_the_second_of_two_workers_learns_who_was_faster_and_what_differs():
    plant, _, task = planned()
    colleague = make_colleague(plant)
    submit_check(plant.worker, plant.id, answered(plant, task), at=NOW)

    with pytest.raises(Conflict) as refused:
        submit_check(colleague, plant.id, answered(plant, task, abnormal=1), at=NOW)

    assert refused.value.message == (
        "刘伟 已在 11月24日 10:30 提交了这项检查：正常 2 项、异常 0 项。"
        "与您的答案有 1 项不同：“炉坑干燥无积水？”您选异常，已提交的是正常。"
        "您填的内容还在本页；另有发现请用“随手拍”上报。"
    )
    assert refused.value.changes == {"炉坑干燥无积水？": ("正常", "异常")}
    assert hazards_of(plant) == []


def test_two_workers_at_the_same_moment_give_one_check():
    plant, _, task = planned()
    actors = [plant.worker, make_colleague(plant)]
    barrier, outcomes = Barrier(2), []

    def send(actor):
        submission = answered(plant, task)
        barrier.wait()
        try:
            submit_check(actor, plant.id, submission, at=NOW)
            outcomes.append("accepted")
        except Conflict:
            outcomes.append("conflict")

    threads = [Thread(target=send, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["accepted", "conflict"]
    assert count_of(plant, SelfCheck) == 1


def test_each_unanswered_item_is_named_at_its_field_and_nothing_is_kept():
    plant, _, task = planned()
    submission = answered(plant, task, without=1)
    missing = task_sheet(plant.scope, plant.id, task.id).items[1]

    with pytest.raises(Invalid) as refused:
        submit_check(plant.worker, plant.id, submission, at=NOW)

    assert refused.value.fields == {
        f"item-{missing.question.hex}": "第2项“漏炉报警指示灯正常？”还没有检查结果。"
    }
    assert count_of(plant, SelfCheck) == 0


def test_an_abnormal_item_needs_words_and_a_photo():
    plant, _, task = planned()
    submission = answered(plant, task, abnormal=1)
    bare = replace(submission.answers[0], words="", uploads=())
    submission = replace(submission, answers=(bare, *submission.answers[1:]))

    with pytest.raises(Invalid) as refused:
        submit_check(plant.worker, plant.id, submission, at=NOW)

    [message] = refused.value.fields.values()
    assert message == "第1项“炉坑干燥无积水？”选了异常，请描述发现的问题。"


def test_a_file_that_is_no_photo_is_refused_at_its_item():
    plant, _, task = planned()
    submission = answered(plant, task, abnormal=1)
    fake = replace(submission.answers[0], uploads=(Upload("说明.txt", b"just text"),))
    submission = replace(submission, answers=(fake, *submission.answers[1:]))

    with pytest.raises(Invalid) as refused:
        submit_check(plant.worker, plant.id, submission, at=NOW)

    [(field, message)] = refused.value.fields.items()
    assert field == f"item-{fake.question.hex}"
    assert message == "“说明.txt”这不是图片。请上传 JPG、PNG 或 WebP 照片。"


def test_photos_kept_from_a_refused_try_count_as_sent():
    plant, _, task = planned()
    kept = keep_photos(plant.worker, plant.id, (photo(), Upload("x.txt", b"x")), at=NOW)
    submission = answered(plant, task, abnormal=1)
    again = replace(submission.answers[0], uploads=(), kept=kept)
    submission = replace(submission, answers=(again, *submission.answers[1:]))

    receipt = submit_check(plant.worker, plant.id, submission, at=NOW)

    assert len(kept) == len(receipt.photos) == 1


def test_anothers_kept_photo_cannot_be_used():
    plant, _, task = planned()
    kept = keep_photos(plant.leader, plant.id, (photo(),), at=NOW)
    submission = answered(plant, task, abnormal=1)
    stolen = replace(submission.answers[0], uploads=(), kept=kept)

    with pytest.raises(Invalid):
        submit_check(
            plant.worker, plant.id,
            replace(submission, answers=(stolen, *submission.answers[1:])), at=NOW,
        )  # fmt: skip


def test_answers_of_an_older_edition_are_refused_with_what_changed():
    plant, point, task = planned()
    submission = answered(plant, task, abnormal=1)
    with transaction(SYSTEM) as session:
        session.execute(
            update(ControlMeasure)
            .where(ControlMeasure.description == "炉坑干燥无积水")
            .where(ControlMeasure.enterprise_id == plant.id)
            .values(description="炉坑、事故坑干燥无积水")
        )
    derive_plans(plant.officer, plant.id, [point], NOW)

    with pytest.raises(Conflict) as refused:
        submit_check(plant.worker, plant.id, submission, at=NOW)

    assert refused.value.message == (
        "检查清单在您填写期间更新到了第 2 版：新增 1 项，取消 1 项。"
        "您填过的答案还在本页，请补查新增的项后再提交。"
        "取消的项中您报了异常（炉坑干燥无积水？），请另用“随手拍”上报。"
    )


def test_answers_of_an_older_edition_that_asks_the_same_are_accepted():
    plant, _, task = planned()
    submission = replace(answered(plant, task), checklist_id=uuid4())

    assert submit_check(plant.worker, plant.id, submission, at=NOW).normal == 2


def test_a_check_handed_in_after_its_day_is_late():
    plant, _, task = planned()
    submission = answered(plant, task)

    submit_check(plant.worker, plant.id, submission, at=NOW + timedelta(days=1))

    with reading(SYSTEM) as session:
        assert session.get_one(SelfCheck, (plant.id, submission.key)).is_late


def test_a_check_older_than_a_week_stays_missed():
    plant, _, task = planned()

    with pytest.raises(RuleBroken) as refused:
        submit_check(plant.worker, plant.id, answered(plant, task), at=NOW + timedelta(days=9))

    assert refused.value.message == "这项检查已过期超过 7 天，不能再补，请做当前周期的检查。"


def test_tomorrows_check_cannot_be_done_today():
    plant, _, _ = planned()
    tomorrow = tasks_of(plant)[1]

    with pytest.raises(RuleBroken) as refused:
        submit_check(plant.worker, plant.id, answered(plant, tomorrow), at=NOW)

    assert refused.value.message == "这项检查从 11月25日 00:00 开始，现在还不能提交。"


def test_a_waived_check_says_why_it_is_not_taken():
    plant, _, task = planned()
    [row] = plans_of(plant)
    submission = answered(plant, task)
    pause_plan(plant.officer, plant.id, row.id, version=row.version, at=NOW)

    with pytest.raises(RuleBroken) as refused:
        submit_check(plant.worker, plant.id, submission, at=NOW)

    assert refused.value.message.startswith("排查计划或风险点已停用，这项检查已取消。")


def test_a_leader_may_fill_in_for_the_team_but_a_worker_not_for_another_post():
    plant, _, task = planned(role=Role.WORKER)
    own = make_planned(plant, name="班组检查", role=Role.TEAM_LEADER)
    [leaders] = [each for each in tasks_of(plant, own) if each.opens_at <= NOW]

    with pytest.raises(Forbidden) as refused:
        submit_check(plant.worker, plant.id, answered(plant, leaders), at=NOW)
    submit_check(plant.leader, plant.id, answered(plant, task), at=NOW)

    assert refused.value.message == "这项检查属于“熔炼班长”岗位，请由该岗位人员或其负责人提交。"


def test_another_tenant_finds_neither_the_task_nor_the_check():
    plant, _, task = planned()
    stranger = make_plant()
    submission = answered(plant, task)
    submit_check(plant.worker, plant.id, submission, at=NOW)

    with pytest.raises(NotFound):
        submit_check(stranger.officer, stranger.id, replace(submission, key=uuid4()), at=NOW)
    with pytest.raises(NotFound):
        filled_check(stranger.scope, plant.id, submission.key)


def test_the_servers_clock_holds_and_an_impossible_start_is_dropped():
    plant, _, task = planned()
    wrong = datetime(2031, 1, 1, tzinfo=SHANGHAI)
    submission = answered(plant, task, started_at=wrong, device_at=wrong)

    submit_check(plant.worker, plant.id, submission, at=NOW)

    with reading(SYSTEM) as session:
        check = session.get_one(SelfCheck, (plant.id, submission.key))
    assert (check.submitted_at, check.started_at, check.device_at) == (NOW, None, wrong)


def test_a_filled_check_can_be_read_back_answer_by_answer():
    plant, _, task = planned()
    submission = answered(plant, task, abnormal=1, signature=drawn())
    submit_check(plant.worker, plant.id, submission, at=NOW)

    found = filled_check(plant.scope, plant.id, submission.key)

    assert [answer.result for answer in found.answers] == [
        AnswerResult.ABNORMAL, AnswerResult.NORMAL,
    ]  # fmt: skip
    assert [hazard.number for hazard in found.hazards] == ["YH-2026-0001"]
