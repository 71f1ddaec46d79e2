"""A plan being changed."""

from wtforms import SelectField
from wtforms.validators import InputRequired

from webapp.hazards.forms.versions import VersionForm
from webapp.risks.rules.control_levels import Frequency

FREQUENCIES = [(each.value, each.words) for each in Frequency]


class PlanForm(VersionForm):
    """Whose post, how often."""

    post_id = SelectField("执行岗位", [InputRequired("请选择执行岗位。")])
    frequency = SelectField("频次", [InputRequired("请选择频次。")], choices=dict(FREQUENCIES))
