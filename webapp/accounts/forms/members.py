"""Inviting and moving members; joining by a link."""

from wtforms import PasswordField, SelectField, StringField, TelField
from wtforms.validators import EqualTo, InputRequired, Length, Optional, Regexp

from webapp.accounts.forms.login import LOGIN_LONGEST
from webapp.accounts.rules.passwords import MAX_LENGTH
from webapp.accounts.rules.roles import Role
from webapp.platform.web.forms import Form, UuidField

NAME_LONGEST = 40


class RoleForm(Form):
    """A role out of those that the present user may give."""

    role = SelectField("角色", [InputRequired("请选择角色。")], validate_choice=True)

    def offer(self, roles: tuple[Role, ...]) -> None:
        """Fill the list with these roles."""
        self.role.choices = [(role.value, role.words) for role in roles]


class InvitationForm(RoleForm):
    """Who is invited and into which role."""

    name = StringField(
        "姓名",
        [InputRequired("请填写姓名。"), Length(max=NAME_LONGEST, message="姓名不能超过 40 个字。")],
        render_kw={"autocomplete": "off"},
    )
    phone = TelField(
        "手机号",
        [Optional(), Regexp(r"1[3-9][0-9]{9}\Z", message="手机号应为 11 位数字，请核对。")],
        render_kw={"autocomplete": "off", "inputmode": "tel"},
    )
    person_id = UuidField("人员", [Optional()])


class JoiningForm(Form):
    """The invited person's own login and password."""

    login = StringField(
        "账号",
        [InputRequired("请填写账号。"), Length(max=LOGIN_LONGEST, message="账号太长。")],
        description="登录时使用，建议用手机号。",
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "密码",
        [InputRequired("请填写密码。"), Length(max=MAX_LENGTH, message="密码太长。")],
        description="至少 10 个字符（汉字算两个），可以用一句好记的话。",
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "再输一遍密码",
        [InputRequired("请再输一遍密码。"), EqualTo("password", "两次输入的密码不一样。")],
        render_kw={"autocomplete": "new-password"},
    )
