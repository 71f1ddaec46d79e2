"""A check being filled in: three fields an item, made from the sheet that asks it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from flask import request
from wtforms import Field, HiddenField, MultipleFileField, RadioField, TextAreaField
from wtforms.validators import Length, Optional

from webapp.enterprise.rules.drawings import LONGEST
from webapp.hazards.forms.photos import kept_of, uploads_of, uuid_of
from webapp.hazards.rules.checks import MAX_WORDS, AnswerResult
from webapp.hazards.rules.submissions import GivenAnswer
from webapp.platform.web.forms import Form

_RESULTS = {result.value for result in AnswerResult}
_CHOICES = {result.value: result.words for result in AnswerResult}


class CheckForm(Form):
    """What every check carries besides its answers."""

    key = HiddenField("提交编号")
    checklist_id = HiddenField("清单版本")
    started_at = HiddenField("开始时间")
    device_at = HiddenField("手机时间")
    all_normal = HiddenField("整组正常")
    signature = HiddenField("签名", [Optional(), Length(max=LONGEST)])
    signature_points = HiddenField("签名笔迹", [Optional(), Length(max=LONGEST)])

    def of(self, part: str, question: UUID) -> Field:
        """The field of an item: ``item``, ``words`` or ``photos``."""
        return cast("Field", self[f"{part}-{question.hex}"])


def check_form(questions: Iterable[UUID]) -> CheckForm:
    """The form of a sheet that asks these questions."""
    fields: dict[str, Any] = {}
    for number, question in enumerate(questions, 1):
        fields[f"item-{question.hex}"] = RadioField("", choices=_CHOICES, validate_choice=False)
        fields[f"words-{question.hex}"] = TextAreaField(
            f"第{number}项说明", [Length(max=MAX_WORDS)]
        )
        fields[f"photos-{question.hex}"] = MultipleFileField("")
    made = type("FilledCheckForm", (CheckForm,), fields)
    return cast("CheckForm", made())


def filled() -> tuple[GivenAnswer, ...]:
    """The answers as they were given, also to questions that are asked no longer.

    The posted names decide, not the form's fields: an answer must not vanish because the
    checklist changed while it was on its way.
    """
    answers = []
    for name, value in request.form.items():
        question = uuid_of(name.removeprefix("item-")) if name.startswith("item-") else None
        if question is None or value not in _RESULTS:
            continue
        answers.append(
            GivenAnswer(
                question,
                AnswerResult(value),
                request.form.get(f"words-{question.hex}", "").strip(),
                uploads_of(f"photos-{question.hex}"),
                kept_of(f"photos-{question.hex}"),
            )
        )
    return tuple(answers)


def instant_of(text: str | None) -> datetime | None:
    """An instant in ISO form with its zone, or None."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None
