"""Charging a post with risks on its level."""

from uuid import UUID

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from webapp.platform.web.forms import Form
from webapp.risks.forms.filters import as_id
from webapp.standards.risk_methods import ControlLevel

MOST_AT_ONCE = 500


class DutyForm(Form):
    """The risks, the level and the post that is charged with them."""

    level = HiddenField("管控层级")
    events = SelectMultipleField(
        "风险",
        [
            InputRequired("请先勾选风险。"),
            Length(max=MOST_AT_ONCE, message="一次最多指定 500 条。"),
        ],
        validate_choice=False,
        choices=[],
    )
    post_id = SelectField("责任岗位", [InputRequired("请选择责任岗位。")], choices=[])
    words = StringField(
        "这一层级还没有措施的，增加一条",
        [Length(max=200, message="不能超过 200 个字。")],
        default="检查各项管控措施是否落实",
        render_kw={"autocomplete": "off"},
    )

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Fill the list with the posts that people hold."""
        self.post_id.choices = [("", "请选择"), *choices]

    @property
    def event_ids(self) -> tuple[UUID, ...]:
        """The chosen risks; what is no id counts as none."""
        found = (as_id(value) for value in self.events.data or [])
        return tuple(id_ for id_ in found if id_ is not None)

    @property
    def chosen_post(self) -> UUID | None:
        """The chosen post."""
        return as_id(self.post_id.data or "")


def level_of(value: str | None) -> ControlLevel | None:
    """The level that an address or a form names, if it is one."""
    return next((level for level in ControlLevel if level.value == value), None)
