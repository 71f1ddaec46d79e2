"""The staff."""

from wtforms import DateField, StringField, TelField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from webapp.enterprise.forms.organisation import IdSelectField
from webapp.platform.web.forms import Form
from webapp.platform.web.versions import VersionField


class PersonForm(Form):
    """Someone who works here."""

    name = StringField(
        "姓名",
        [InputRequired("请填写姓名。"), Length(max=30, message="姓名不能超过 30 个字。")],
        render_kw={"autocomplete": "off"},
    )
    phone = TelField("手机号", [Optional()], render_kw={"autocomplete": "off"})
    post_id = IdSelectField("岗位", validators=[Optional()])
    department_id = IdSelectField(
        "部门", validators=[Optional()], description="有岗位的按岗位所属部门，不用另选。"
    )
    joined_on = DateField("入职日期", [Optional()])


class PersonChangeForm(PersonForm):
    """Someone's record as it was seen, being changed."""

    version = VersionField()


class HandOverForm(Form):
    """Who takes the post over."""

    to_person_id = IdSelectField("接任人", validators=[DataRequired("请选择接任人。")])


class LeavingForm(Form):
    """On which day someone left."""

    left_on = DateField("离职日期", [InputRequired("请选择离职日期。")])
