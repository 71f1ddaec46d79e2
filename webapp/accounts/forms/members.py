"""Inviting and moving members; joining by a link."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import PasswordField, SelectField, StringField, TelField
from wtforms.validators import EqualTo, InputRequired, Length, Optional, Regexp

from webapp.accounts.forms.login import LOGIN_LONGEST
from webapp.accounts.rules.passwords import MAX_LENGTH
from webapp.accounts.rules.roles import Role
from webapp.accounts.rules.staff import InviteeRow
from webapp.platform.web.forms import Form, UuidField

NAME_LONGEST = 40
NOT_ON_STAFF = "none"


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
    namesake = SelectField(
        "人员名单",
        [Optional()],
        validate_choice=False,
        description="选中后，对方加入就有自己的岗位、任务和责任清单。",
    )

    def offer_namesakes(self, staff: Sequence[InviteeRow]) -> None:
        """Ask which of the staff of this name is meant, unless a record is named already."""
        rows = () if self.person_id.data or self.role.data == Role.EXPERT else staff
        choices = [(str(row.person_id), row.words) for row in rows]
        self.namesake.choices = (
            [*choices, (NOT_ON_STAFF, "都不是，此人不在人员名单里")] if choices else []
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and that a person of this name on the staff was not passed over."""
        valid = super().validate(extra_validators)
        offered = [value for value, *_ in self.namesake.iter_choices()]
        if not offered or self.namesake.data in offered:
            return valid
        self.namesake.errors = ["人员名单里有同名的人，请确认是不是本人。"]
        self.namesake.data = offered[0]
        return False

    def values(self) -> dict[str, Any]:
        """What was typed, with the chosen record of the staff."""
        values = super().values()
        chosen = values.pop("namesake")
        if self.namesake.choices and chosen != NOT_ON_STAFF:
            values["person_id"] = UUID(chosen)
        return values


def _as_id(value: Any) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None


class LinkForm(Form):
    """Which of the staff a member is."""

    person_id = SelectField("人员", coerce=_as_id, validate_choice=False)

    def offer(self, staff: Sequence[InviteeRow]) -> None:
        """Fill the list with the staff without an account."""
        rows = [(str(row.person_id), row.words) for row in staff]
        self.person_id.choices = [("", "请选择"), *rows]


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
