"""Signing in."""

from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from webapp.accounts.rules.passwords import MAX_LENGTH
from webapp.platform.web.forms import Form, UuidField

LOGIN_LONGEST = 64


class LoginForm(Form):
    """Name and password."""

    login = StringField(
        "手机号或账号",
        [InputRequired("请填写手机号或账号。"), Length(max=LOGIN_LONGEST, message="账号太长。")],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "密码",
        [InputRequired("请填写密码。"), Length(max=MAX_LENGTH, message="密码太长。")],
        render_kw={"autocomplete": "current-password"},
    )
    is_kept = BooleanField("这是我自己的手机，30 天内免登录")


class CodeForm(Form):
    """The six digits of the authenticator."""

    code = StringField(
        "动态口令",
        [InputRequired("请填写动态口令。"), Regexp(r"[0-9]{6}\Z", message="动态口令是 6 位数字。")],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "6"},
    )


class OrganisationForm(Form):
    """The organisation to work for."""

    membership_id = UuidField("单位", [InputRequired("请选择一个单位。")])
