"""Declaring a trigger, and the risks that were looked at again."""

from datetime import date
from uuid import UUID

from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from webapp.platform.errors import Invalid
from webapp.platform.web.forms import Form
from webapp.risks.forms.chosen import ChosenRows
from webapp.risks.forms.filters import as_id
from webapp.risks.rules.reviews import TriggerKind


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

    events = ChosenRows("风险", "请先勾选复评后结果不变的风险。")
