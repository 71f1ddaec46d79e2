"""Declaring a trigger, and the risks that were looked at again."""

from datetime import date
from uuid import UUID

from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional

from webapp.platform.errors import Invalid
from webapp.platform.web.forms import Form
from webapp.risks.forms.filters import as_id
from webapp.risks.rules.reviews import TriggerKind

MOST_AT_ONCE = 500


class TriggerForm(Form):
    """What happened, when and where."""

    kind = SelectField("触发事项", choices={kind.value: kind.words for kind in TriggerKind})
    words = StringField(
        "具体情况",
        [
            InputRequired("请填写具体情况。"),
            Length(max=200, message="具体情况不能超过 200 个字。"),
        ],
    )
    happened_on = DateField("发生日期", [InputRequired("请选择发生日期。")])
    point = SelectField("涉及的风险点", [Optional()], choices={})

    def offer(self, points: list[tuple[str, str]]) -> None:
        """Fill the list with the enterprise's points."""
        self.point.choices = {"": "全部风险点"} | dict(points)

    @property
    def day(self) -> date:
        """When it happened. Raises Invalid without a day."""
        if self.happened_on.data is None:
            raise Invalid("happened_on", "请选择发生日期。")
        return self.happened_on.data

    @property
    def point_id(self) -> UUID | None:
        """The point that was chosen, None for all."""
        return as_id(self.point.data or "")


class ReviewedForm(Form):
    """The risks whose assessment still holds."""

    events = SelectMultipleField(
        "风险",
        [
            InputRequired("请先勾选复评后结果不变的风险。"),
            Length(max=MOST_AT_ONCE, message="一次最多确认 500 条。"),
        ],
        validate_choice=False,
        choices=[],
    )

    @property
    def event_ids(self) -> tuple[UUID, ...]:
        """The chosen rows; what is no id counts as none."""
        found = (as_id(value) for value in self.events.data or [])
        return tuple(id_ for id_ in found if id_ is not None)
