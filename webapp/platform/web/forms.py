"""The form all forms extend: nothing typed is lost, nothing typed breaks a page."""

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, ClassVar
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    FieldList,
    FormField,
    HiddenField,
    PasswordField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.i18n import get_translations
from wtforms.validators import DataRequired, InputRequired, Length

from webapp.platform.errors import Conflict, Invalid, RuleBroken

LINE, TEXT = 200, 4000

# Embedding and override marks can make a text read as another; Cc, Cs and NUL break storage.
_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_LINE_BREAKS = frozenset("\r\n\t")


def strip(value: Any) -> Any:
    """The text without blanks at its ends."""
    return value.strip() if isinstance(value, str) else value


def printable(text: str) -> str:
    """The text without characters that nobody can see or that change others' order."""
    if text.isprintable():
        # By far the most common case, and a hundred times faster than looking at each character.
        return text
    return "".join(character for character in text if not _is_unprintable(character))


def _is_unprintable(character: str) -> bool:
    if character in _LINE_BREAKS:
        return False
    return character in _MARKS or unicodedata.category(character) in ("Cc", "Cs", "Cn")


class UuidField(HiddenField):
    """The id of something that was picked; None when nothing was."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the id. Raises ValueError for anything else."""
        picked: Any = None
        if valuelist and valuelist[0]:
            try:
                picked = UUID(valuelist[0])
            except ValueError:
                raise ValueError("选择的内容已失效，请刷新页面后重新选择。") from None
        self.data = picked


class Words:
    """WTForms' own messages in Chinese: its catalogue has no zh_Hans_CN and leaves some out."""

    _catalogue = get_translations(["zh"])
    _missing: ClassVar[dict[str, str]] = {
        "'%(value)s' is not a valid choice for this field.": "所选内容不在可选范围内。",
        "This field cannot be edited.": "这一项不能修改。",
        "This field is disabled and cannot have a value.": "这一项不用填写。",
        "Date must be at least %(min)s.": "日期不能早于 %(min)s。",
        "Date must be at most %(max)s.": "日期不能晚于 %(max)s。",
        "Date must be between %(min)s and %(max)s.": "日期应在 %(min)s 至 %(max)s 之间。",
        "Not a valid week value.": "不是有效的周次。",
    }

    def gettext(self, words: str) -> str:
        """One message."""
        return self._missing.get(words) or str(self._catalogue.gettext(words))

    def ngettext(self, one: str, many: str, count: int) -> str:
        """A message about a number of things; Chinese has one form for all numbers."""
        return self._missing.get(one) or str(self._catalogue.ngettext(one, many, count))


class Form(FlaskForm):
    """A form with bounds on every text field, whether its author thought of them or not."""

    class Meta(FlaskForm.Meta):
        """Blanks are cut off at binding; passwords are left as they were typed."""

        def get_translations(self, form: Any) -> "Words":
            """Messages of WTForms' own fields in Chinese."""
            return Words()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Bind with the common filter."""
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                filters = [*unbound_field.kwargs.get("filters", ()), strip]
                options = {**options, "filters": filters}
            bound: Field = unbound_field.bind(form=form, **options)
            return bound

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields' own rules, then length and printability of every text."""
        valid = bool(super().validate(extra_validators))
        for field in _leaves(self):
            message = _text_fault(field)
            if message and not field.errors:
                field.errors = [*field.errors, message]
                valid = False
            _make_showable(field)
        for field in self:
            if isinstance(field, FieldList) and any(entry.errors for entry in field.entries):
                # A list tells what its entries told when it was asked; some spoke later.
                field.errors = [entry.errors for entry in field.entries]
        return valid

    def values(self) -> dict[str, Any]:
        """What was typed, by field name, for a use case's keyword arguments."""
        return {
            field.short_name: field.data
            for field in self
            if field.short_name != "csrf_token" and not isinstance(field, SubmitField)
        }

    def refusals(self) -> "Refusals":
        """Show what the use case refuses at its field, or above the form, instead of an error."""
        return Refusals(self)

    def refuse(self, error: Invalid | RuleBroken | Conflict) -> None:
        """Put the error's words where the user looks for them."""
        fields = error.fields if isinstance(error, Invalid) else {"": error.message}
        for name, message in fields.items():
            field = self._fields.get(name)
            if field is None:
                self.form_errors.append(message)
            else:
                field.errors = [*field.errors, message]


class Refusals(AbstractContextManager[None, bool]):
    """Keeps a use case's refusals inside the form; any other error goes on."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Take the refusal in."""
        if not isinstance(error, Invalid | RuleBroken | Conflict):
            return False
        self._form.refuse(error)
        return True


def _leaves(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields that hold what was typed, those of lists and of forms within the form too."""
    for field in fields:
        if isinstance(field, FieldList):
            yield from _leaves(field.entries)
        elif isinstance(field, FormField):
            yield from _leaves(field.form)
        else:
            yield field


def _make_showable(field: Field) -> None:
    """Drop what would break the very page that names it when it is shown again."""
    if isinstance(field, StringField) and isinstance(field.data, str):
        field.data = printable(field.data)
    raw = field.raw_data or ()
    field.raw_data = [printable(one) if isinstance(one, str) else one for one in raw]


def _asked(field: Field) -> str:
    """The field's own words for being required."""
    asking = (v for v in field.validators if isinstance(v, InputRequired | DataRequired))
    return next((str(validator.message) for validator in asking if validator.message), "")


def _text_fault(field: Field) -> str:
    if not isinstance(field, StringField) or not isinstance(field.data, str):
        return ""
    label = str(field.label.text)
    if field.flags.required and not field.data.strip():
        # Something was sent, so WTForms is content; blanks alone are nothing to a reader.
        return _asked(field) or f"请填写{label}。"
    if printable(field.data) != field.data:
        return f"{label}中有看不见的控制字符，已替您去掉，请核对后再提交。"
    if any(isinstance(validator, Length) for validator in field.validators):
        return ""
    limit = TEXT if isinstance(field, TextAreaField) else LINE
    if len(field.data) > limit:
        return f"{label}不能超过 {limit} 个字，现在有 {len(field.data)} 个字。"
    return ""
