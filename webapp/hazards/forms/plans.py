"""A plan being changed."""

from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from webapp.hazards.rules.schedule import Frequency
from webapp.platform.web.forms import Form

FREQUENCIES = [(each.value, each.words) for each in Frequency]


class VersionForm(Form):
    """A deed on the plan that its author saw."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class PlanForm(VersionForm):
    """Whose post, how often."""

    post_id = SelectField("执行岗位", [InputRequired("请选择执行岗位。")])
    frequency = SelectField("频次", [InputRequired("请选择频次。")], choices=FREQUENCIES)
