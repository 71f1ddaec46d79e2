"""Filling in a check and looking at one."""

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import actor, allow, enterprise_in_view, page, phone_page, scope, viewer
from webapp.hazards.forms.checks import CheckForm, check_form, filled, instant_of
from webapp.hazards.forms.photos import uuid_of
from webapp.hazards.queries.checks import FilledCheck, Sheet, filled_check, handed_in, task_sheet
from webapp.hazards.rules.checks import AnswerResult, with_others_normal
from webapp.hazards.rules.submissions import GivenAnswer, Submission
from webapp.hazards.service.checks import submit_check
from webapp.hazards.service.photos import keep_photos
from webapp.hazards.views.blueprint import bp
from webapp.hazards.views.kept import thumbs
from webapp.platform.clock import now
from webapp.platform.identifiers import new_id

Kept = dict[UUID, tuple[UUID, ...]]


@bp.get("/tasks/<uuid:task_id>/check")
@allow("checks.submit")
def check_fill(task_id: UUID) -> ResponseReturnValue:
    """A task to be filled in; its key is made before the first try to send it.

    One that was handed in already shows what was answered.
    """
    sheet = task_sheet(scope(), enterprise_in_view(), task_id)
    done = handed_in(scope(), enterprise_in_view(), task_id)
    if done is not None:
        return phone_page("hazards/checks/done.html", sheet=sheet, **_answered(done))
    form = check_form(item.question for item in sheet.items)
    form.key.data, form.checklist_id.data = str(new_id()), str(sheet.checklist_id)
    form.started_at.data = now().isoformat()
    return _sheet_page(sheet, form, {})


@bp.post("/tasks/<uuid:task_id>/check")
@allow("checks.submit")
def check_submit(task_id: UUID) -> ResponseReturnValue:
    """Take the check in, or show what is missing with everything that was typed and taken."""
    sheet = task_sheet(scope(), enterprise_in_view(), task_id)
    form, given = check_form(item.question for item in sheet.items), filled()
    if form.all_normal.data:
        return _fill_group(sheet, form, given)
    if form.validate():
        with form.refusals():
            receipt = submit_check(
                actor(), enterprise_in_view(), _submission(task_id, form, given), at=now()
            )
            return redirect(url_for("hazards.check_accepted", check_id=receipt.check_id), 303)
    form.checklist_id.data = str(sheet.checklist_id)
    return _sheet_page(sheet, form, _keep(given)), 422


def _submission(task_id: UUID, form: CheckForm, given: tuple[GivenAnswer, ...]) -> Submission:
    return Submission(
        key=uuid_of(form.key.data) or new_id(),
        task_id=task_id,
        checklist_id=uuid_of(form.checklist_id.data) or task_id,
        answers=given,
        is_mobile="Mobi" in request.headers.get("User-Agent", ""),
        started_at=instant_of(form.started_at.data),
        device_at=instant_of(form.device_at.data),
        signature=form.signature.data or "",
    )


def _keep(given: tuple[GivenAnswer, ...]) -> Kept:
    """The pictures of each answer, those of earlier tries and those of this one."""
    return {
        answer.question: (
            *answer.kept,
            *keep_photos(actor(), enterprise_in_view(), answer.uploads, at=now()),
        )
        for answer in given
        if answer.kept or answer.uploads
    }


def _fill_group(
    sheet: Sheet, form: CheckForm, given: tuple[GivenAnswer, ...]
) -> ResponseReturnValue:
    """One tap for a group, without script: the page again with the group filled in."""
    answers = with_others_normal(
        [item.as_rule for item in sheet.items],
        [answer.as_rule for answer in given],
        form.all_normal.data or "",
    )
    for answer in answers:
        if answer.result is AnswerResult.NORMAL:
            form.of("item", answer.item_key).data = answer.result.value
    form.all_normal.data = ""
    return _sheet_page(sheet, form, _keep(given))


def _sheet_page(sheet: Sheet, form: CheckForm, kept: Kept) -> str:
    return phone_page(
        "hazards/checks/fill.html",
        sheet=sheet,
        form=form,
        kept={question: thumbs(files) for question, files in kept.items()},
        now=now(),
        draft=f"check:{viewer().user_id}:{sheet.task_id}",
    )


@bp.get("/checks/<uuid:check_id>/accepted")
@allow("checks.submit")
def check_accepted(check_id: UUID) -> ResponseReturnValue:
    """The receipt: what was taken in and what became of it."""
    check = filled_check(scope(), enterprise_in_view(), check_id)
    draft = f"check:{viewer().user_id}:{check.task_id}"
    return phone_page("hazards/checks/accepted.html", check=check, draft=draft, now=now())


@bp.get("/checks/<uuid:check_id>", defaults={"enterprise_id": None})
@bp.get("/enterprises/<uuid:enterprise_id>/checks/<uuid:check_id>")
@allow("checks.see")
def check_show(check_id: UUID, enterprise_id: UUID | None) -> ResponseReturnValue:
    """A check as it was handed in."""
    check = filled_check(scope(), enterprise_in_view(enterprise_id), check_id)
    return page("hazards/checks/show.html", enterprise_id=enterprise_id, **_answered(check))


def _answered(check: FilledCheck) -> dict[str, Any]:
    """A check with its answers by question and its hazards by item."""
    return {
        "check": check,
        "answers": {answer.item_key: answer for answer in check.answers},
        "hazards": {hazard.item_id: hazard for hazard in check.hazards},
    }
