"""One's own password and authenticator."""

from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from webapp.accounts.rules.passwords import MAX_LENGTH
from webapp.platform.web.forms import Form

_LONGEST = Length(max=MAX_LENGTH, message="密码太长。")


class PasswordForm(Form):
    """The present password and the new one, twice."""

    present = PasswordField(
        "现在的密码",
        [InputRequired("请填写现在的密码。"), _LONGEST],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        "新密码",
        [InputRequired("请填写新密码。"), _LONGEST],
        description="至少 10 个字符（汉字算两个），可以用一句好记的话。",
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "再输一遍新密码",
        [InputRequired("请再输一遍新密码。"), EqualTo("password", "两次输入的新密码不一样。")],
        render_kw={"autocomplete": "new-password"},
    )
