"""Taking in a filled check: once, whole, and with every hazard it found."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from webapp.enterprise.service.signatures import png_of
from webapp.hazards.events import CheckSubmitted, TaskDone
from webapp.hazards.models.checks import CheckAnswer, SelfCheck
from webapp.hazards.models.hazards import Hazard
from webapp.hazards.models.plans import CheckTask
from webapp.hazards.queries.checks import Sheet, SheetItem, sheet
from webapp.hazards.rules.checks import Answer, AnswerResult, Judgement, hazard_title, judge
from webapp.hazards.rules.lifecycle import HazardSource
from webapp.hazards.rules.schedule import due_day
from webapp.hazards.rules.submissions import (
    GivenAnswer,
    OpenedHazard,
    Receipt,
    Submission,
    receipt_of,
)
from webapp.hazards.service.acts import act
from webapp.hazards.service.lifecycle import open_hazard
from webapp.hazards.service.photos import Picture, StoredPhoto, prepared, store
from webapp.hazards.service.task_doors import check_edition, check_may_fill, check_open
from webapp.platform import storage
from webapp.platform.clock import local_date
from webapp.platform.errors import Invalid
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work

ACTION = "check.submitted"
_LONGEST_FILLING = timedelta(days=30)


def submit_check(
    actor: Actor, enterprise_id: UUID, submission: Submission, *, at: datetime
) -> Receipt:
    """Take in a filled check: answers, pictures and hazards in one transaction, or nothing.

    A repeated key gets the first receipt. Raises Invalid with a message for each item (fields
    ``item-<question>``), Conflict when another has done the task or the checklist has changed
    since it was opened, RuleBroken when it is too early or too late, Forbidden for others' tasks.
    """
    pictures = {
        answer.question: prepared(answer.uploads, field=_field(answer.question))
        for answer in submission.answers
    }
    signature = png_of(submission.signature) if submission.signature else b""
    with act(actor, enterprise_id, ACTION, at=at, subject=submission.task_id) as work:
        earlier = work.claim(submission.key, ACTION)
        if earlier is not None:
            return receipt_of(earlier)
        task = work.locked(CheckTask, enterprise_id, submission.task_id)
        asked = sheet(work.session, enterprise_id, submission.task_id)
        answers = tuple(answer.as_rule for answer in submission.answers)
        check_may_fill(work, asked)
        check_open(work, asked, answers)
        check_edition(work, asked, submission.checklist_id, answers)
        judgement = _judged(asked, answers)
        check = _check(work, task, submission, judgement)
        check.signature_file_id = _signed(work, enterprise_id, signature)
        work.add(check)
        work.add(*_answer_rows(check, asked, submission, at))
        hazards, photos = _open_hazards(work, check, asked, submission, pictures)
        _finish(work, task, check)
        work.note(point=asked.point, normal=judgement.normal, abnormal=judgement.abnormal)
        receipt = Receipt(
            check.id,
            at,
            judgement.normal,
            judgement.abnormal,
            judgement.unchecked,
            hazards,
            photos,
        )
        work.seal(submission.key, receipt.as_json())
    return receipt


def _field(question: UUID) -> str:
    return f"item-{question.hex}"


def _signed(work: Work, enterprise_id: UUID, png: bytes) -> UUID | None:
    if not png:
        return None
    return storage.add_file(
        work.session,
        enterprise_id,
        png,
        name="检查人签名.png",
        media_type="image/png",
        added_by=work.actor.user_id,
        at=work.at,
    )


def _judged(asked: Sheet, answers: tuple[Answer, ...]) -> Judgement:
    judgement = judge([item.as_rule for item in asked.items], answers)
    if judgement.is_accepted:
        return judgement
    fields = {
        _field(refusal.item_key) if refusal.item_key else "answers": refusal.message
        for refusal in reversed(judgement.refusals)
    }
    first = next(iter(fields))
    raise Invalid(first, fields.pop(first), **fields)


def _check(work: Work, task: CheckTask, submission: Submission, judgement: Judgement) -> SelfCheck:
    return SelfCheck(
        enterprise_id=task.enterprise_id,
        id=submission.key,
        task_id=task.id,
        checklist_id=task.checklist_id,
        person_id=work.actor.person_id,
        submitted_by=work.actor.user_id,
        submitted_by_name=work.actor.name,
        submitted_at=work.at,
        started_at=_plausible(submission.started_at, work.at),
        device_at=submission.device_at,
        is_mobile=submission.is_mobile,
        is_late=work.at > task.due_at,
        normal_count=judgement.normal,
        abnormal_count=judgement.abnormal,
        unchecked_count=judgement.unchecked,
    )


def _plausible(started_at: datetime | None, at: datetime) -> datetime | None:
    """When the filling began, unless the phone's clock is wrong beyond use."""
    if started_at is None or not at - _LONGEST_FILLING <= started_at <= at:
        return None
    return started_at


def _answer_rows(
    check: SelfCheck, asked: Sheet, submission: Submission, at: datetime
) -> list[CheckAnswer]:
    ids = {item.question: item.id for item in asked.items}
    return [
        CheckAnswer(
            enterprise_id=check.enterprise_id,
            check_id=check.id,
            item_id=ids[answer.question],
            answered_on=local_date(at),
            result=answer.result.value,
            words=answer.words,
        )
        for answer in submission.answers
    ]


def _open_hazards(
    work: Work,
    check: SelfCheck,
    asked: Sheet,
    submission: Submission,
    pictures: Mapping[UUID, tuple[Picture, ...]],
) -> tuple[tuple[OpenedHazard, ...], tuple[str, ...]]:
    items = {item.question: item for item in asked.items}
    hazards: list[OpenedHazard] = []
    digests: list[str] = []
    for answer in submission.answers:
        if answer.result is not AnswerResult.ABNORMAL:
            continue
        stored = store(work, check.enterprise_id, pictures[answer.question], answer.kept)
        digests.extend(photo.original_sha256 for photo in stored)
        hazards.append(_open(work, check, asked, items[answer.question], answer, stored))
    return tuple(hazards), tuple(digests)


def _open(
    work: Work,
    check: SelfCheck,
    asked: Sheet,
    item: SheetItem,
    answer: GivenAnswer,
    stored: tuple[StoredPhoto, ...],
) -> OpenedHazard:
    title = hazard_title(answer.words)
    hazard_id = open_hazard(
        work.actor,
        check.enterprise_id,
        title=title,
        description=answer.words,
        source=HazardSource.SELF_CHECK,
        place=asked.place,
        point_id=asked.point_id,
        event_id=item.event_id,
        measure_id=item.measure_id,
        item_id=item.id,
        check_id=check.id,
        photos=[photo.file_id for photo in stored],
        at=work.at,
    )
    number = work.locked(Hazard, check.enterprise_id, hazard_id).number
    return OpenedHazard(hazard_id, number, title)


def _finish(work: Work, task: CheckTask, check: SelfCheck) -> None:
    task.state, task.done_at = "done", work.at
    work.publish(
        TaskDone(
            task.enterprise_id,
            task.id,
            due_day(task.due_at),
            on_time=not check.is_late,
            is_mobile=check.is_mobile,
            is_late=check.is_late,
            person_id=check.person_id,
            at=work.at,
        )
    )
    work.publish(
        CheckSubmitted(
            task.enterprise_id,
            check.id,
            task.id,
            check.normal_count,
            check.abnormal_count,
            work.at,
        )
    )
