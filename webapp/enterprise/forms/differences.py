"""What someone typed beside what another has saved meanwhile, in the words of the form."""

from typing import Any

from wtforms import BooleanField, Field, SelectField

from webapp.enterprise.rules.answers import Difference
from webapp.platform.web.forms import Form
from webapp.platform.web.versions import VersionField


def typed_differences(form: Form, saved: object) -> tuple[Difference, ...]:
    """The fields in which a saved record is not what was typed."""
    return tuple(
        Difference(field.label.text, _words(field, kept), _words(field, field.data))
        for field in form
        if not isinstance(field, VersionField)
        and (kept := getattr(saved, field.short_name, field.data)) != field.data
    )


def _words(field: Field, value: Any) -> str:
    match field:
        case SelectField():
            choices = field.iter_choices()
            return next((str(c[1]) for c in choices if field.coerce(c[0]) == value), "")
        case BooleanField():
            return "是" if value else "否"
        case _:
            return "" if value is None else str(value)
