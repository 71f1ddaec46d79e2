"""What a template asks of a WTForms field: its attributes, its errors, the way to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import (
    Field,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectMultipleField,
)
from wtforms.fields.core import Label
from wtforms.widgets import HiddenInput


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing to correct: the element to go to (empty: the form as a whole), and the words."""

    anchor: str
    message: str


def form_errors(form: Form) -> list[FieldError]:
    """Every error, first those of fields in their order, then those of the form as a whole.

    The words at a field and in the summary are the same; the summary names the field before them.
    """
    found = [error for field in form for error in _of_field(field)]
    whole = [FieldError("", str(message)) for message in getattr(form, "form_errors", ())]
    return found + whole


def _of_field(field: Field) -> Iterator[FieldError]:
    if isinstance(field, FormField):
        for inner in field.form:
            yield from _of_field(inner)
        return
    if isinstance(field, FieldList):
        for entry in field.entries:
            yield from _of_field(entry)
    for message in _own_messages(field.errors):
        yield FieldError(anchor_of(field), f"{_label_of(field)}{message}")


def _own_messages(errors: Sequence[Any]) -> Iterator[str]:
    """Messages of the field itself: a list of fields also carries those of its entries."""
    return (str(error) for error in errors if not isinstance(error, (Mapping, list, tuple)))


def _label_of(field: Field) -> str:
    label: Label | str = field.label
    words = label.text if isinstance(label, Label) else str(label)
    return f"{words}：" if words else ""


def anchor_of(field: Field) -> str:
    """The id of the element that takes the focus; a group of choices hands it to its first.

    Empty for a hidden field: nobody can go there.
    """
    if isinstance(field.widget, HiddenInput):
        return ""
    return f"{field.id}-0" if isinstance(field, RadioField | SelectMultipleField) else str(field.id)


def control_attrs(
    field: Field, css: str, hint: str = "", attrs: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Attributes of a control: its class, what describes it, whether it is wrong."""
    notes = [f"{field.id}-hint"] if hint else []
    made: dict[str, Any] = {"class": css}
    if field.errors:
        notes.append(f"{field.id}-error")
        made["aria-invalid"] = "true"
    if notes:
        made["aria-describedby"] = " ".join(notes)
    return made | dict(attrs or {})


def own_errors(field: Field) -> list[str]:
    """Messages to show at the field itself."""
    return list(_own_messages(field.errors))
