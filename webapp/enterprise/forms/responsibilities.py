"""The duties of a list, and the signature under it."""

from typing import Any

from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms import (
    Form as PlainForm,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from webapp.enterprise.rules.drawings import LONGEST
from webapp.enterprise.rules.responsibilities import MOST_CHARACTERS, MOST_DUTIES, Duty
from webapp.platform.web.forms import Form, strip

_TEXT = Length(max=MOST_CHARACTERS, message=f"最多 {MOST_CHARACTERS} 字。")


class DutyForm(PlainForm):
    """One duty; an empty one is left out."""

    duty = TextAreaField("安全职责", [_TEXT], filters=[strip])
    frequency = StringField("频次", [Length(max=60, message="最多 60 字。")], filters=[strip])
    work_standard = TextAreaField("工作标准", [_TEXT], filters=[strip])
    assessment = TextAreaField("考核标准", [_TEXT], filters=[strip])
    source = StringField("依据", [Length(max=200, message="最多 200 字。")], filters=[strip])


class DutiesForm(Form):
    """All duties of a draft; `version` is the one that was read."""

    version = IntegerField(
        "版本", [InputRequired("页面不完整，请刷新后再改。")], widget=HiddenInput()
    )
    duties = FieldList(FormField(DutyForm), max_entries=MOST_DUTIES)

    def kept(self) -> tuple[Duty, ...]:
        """The duties that hold anything, in their order."""
        found = (Duty(**entry.data) for entry in self.duties.entries)
        return tuple(
            duty for duty in found if any((duty.duty, duty.work_standard, duty.assessment))
        )

    def refuse(self, error: Any) -> None:
        """Put the words of `duties-<index>-<name>` at the field of that duty."""
        for name, message in getattr(error, "fields", {}).items():
            field = self._duty_field(name)
            if field is None:
                super().refuse(error)
                return
            field.errors = [*field.errors, message]
        if not getattr(error, "fields", None):
            super().refuse(error)

    def _duty_field(self, name: str) -> Any:
        """The field of a kept duty: the rules count without the empty ones."""
        _, _, rest = name.partition("-")
        index, _, part = rest.partition("-")
        held = [e for e in self.duties.entries if any(map(e.data.get, _ASKED))]
        if not part or int(index) >= len(held):
            return None
        return held[int(index)].form[part]


_ASKED = ("duty", "work_standard", "assessment")


class SigningForm(Form):
    """A drawn signature, or the last one again."""

    way = RadioField(
        "签名方式",
        choices={"draw": "手写签名", "reuse": "沿用上次的签名"},
        default="draw",
        validators=[Optional()],
    )
    signature = HiddenField("签名", [Length(max=LONGEST, message="签名图片过大，请重签。")])
