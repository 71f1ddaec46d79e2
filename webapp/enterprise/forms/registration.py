"""What an enterprise says of itself, and what its agency answers."""

from typing import Any

from wtforms import (
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import EqualTo, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from webapp.accounts.rules.passwords import MAX_LENGTH
from webapp.accounts.rules.roles import Role
from webapp.enterprise.rules.registration import FIELD_WORDS, Application
from webapp.platform.errors import Conflict, Invalid, RuleBroken
from webapp.platform.web.forms import Form
from webapp.standards import industries, regions

# Value → words; a group of them under its name.
_Choices = dict[str, str | dict[str, str]]
CHOOSE: _Choices = {"": "请选择"}


def _townships() -> _Choices:
    """Townships grouped by their county, so that one list does without a script."""
    return CHOOSE | {
        county.name: {town.code: town.name for town in regions.townships(county.code)}
        for county in regions.counties()
    }


def _divisions() -> _Choices:
    """Divisions of GB/T 4754 grouped by section."""
    return CHOOSE | {name: dict(divisions) for name, divisions in industries.choices()}


def _scales() -> _Choices:
    return {scale.value: scale.words for scale in industries.Scale}


def _categories() -> _Choices:
    return {each.code: each.name for each in industries.supervision_categories()}


def _roles() -> _Choices:
    return {role.value: role.words for role in (Role.SAFETY_OFFICER, Role.PRINCIPAL)}


class CountField(IntegerField):
    """A whole number; what is none is said in Chinese."""

    def process_formdata(self, valuelist: Any) -> None:
        """Read the number. Raises ValueError."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError("从业人数应为 1 以上的整数。") from None


class ProfileForm(Form):
    """The record of an enterprise; the rules say what is valid, the words here what is asked."""

    uscc = StringField(
        FIELD_WORDS["uscc"],
        description="营业执照上的 18 位代码。",
        render_kw={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
    )
    name = StringField(
        FIELD_WORDS["name"],
        description="与营业执照一致的全称。",
        render_kw={"autocomplete": "organization"},
    )
    region_code = SelectField(FIELD_WORDS["region_code"], choices=_townships)
    address = StringField(
        FIELD_WORDS["address"],
        description="实际生产经营的地点，检查人员按它上门。",
        render_kw={"autocomplete": "street-address"},
    )
    industry_code = SelectField(
        FIELD_WORDS["industry_code"],
        choices=_divisions,
        description="按国民经济行业分类（GB/T 4754）选主要活动。",
    )
    supervision_categories = SelectMultipleField(
        FIELD_WORDS["supervision_categories"],
        choices=_categories,
        description="涉及几类就选几类，拿不准可以不选，由应急管理局核定。",
    )
    scale = RadioField(
        FIELD_WORDS["scale"],
        choices=_scales,
        validate_choice=False,
    )
    employees = CountField(
        FIELD_WORDS["employees"],
        description="包括劳务派遣和外包驻场人员。",
        render_kw={"inputmode": "numeric", "min": "1"},
    )
    legal_representative = StringField(
        FIELD_WORDS["legal_representative"], render_kw={"autocomplete": "off"}
    )
    principal_name = StringField(
        FIELD_WORDS["principal_name"],
        render_kw={"autocomplete": "off"},
    )
    principal_phone = TelField(FIELD_WORDS["principal_phone"], render_kw={"autocomplete": "off"})
    safety_officer_name = StringField(
        FIELD_WORDS["safety_officer_name"], render_kw={"autocomplete": "off"}
    )
    safety_officer_phone = TelField(
        FIELD_WORDS["safety_officer_phone"], render_kw={"autocomplete": "off"}
    )

    def refuse(self, error: Invalid | RuleBroken | Conflict) -> None:
        """Put the rules' words at fields that nothing else has been said of."""
        if not isinstance(error, Invalid):
            super().refuse(error)
            return
        fresh = {name: words for name, words in error.fields.items() if not self._said(name)}
        for name, words in fresh.items():
            super().refuse(Invalid(name, words))

    def _said(self, name: str) -> bool:
        field = self._fields.get(name)
        return field is not None and bool(field.errors)

    def application(self) -> Application:
        """What was typed, as the rules and services take it."""
        return Application(
            uscc=self.uscc.data or "",
            name=self.name.data or "",
            region_code=self.region_code.data or "",
            industry_code=self.industry_code.data or "",
            scale=self.scale.data or "",
            employees=self.employees.data or 0,
            address=self.address.data or "",
            legal_representative=self.legal_representative.data or "",
            principal_name=self.principal_name.data or "",
            principal_phone=self.principal_phone.data or "",
            safety_officer_name=self.safety_officer_name.data or "",
            safety_officer_phone=self.safety_officer_phone.data or "",
            supervision_categories=tuple(self.supervision_categories.data or ()),
        )


class AmendmentForm(ProfileForm):
    """The record being changed; `version` is the one that was read."""

    version = IntegerField(
        "版本", [InputRequired("页面不完整，请刷新后再改。")], widget=HiddenInput()
    )


class MemberApplicantForm(Form):
    """Who applies: someone who is signed in already and applies for a further enterprise."""

    role = RadioField(
        "您在企业的身份",
        choices=_roles,
        validators=[InputRequired("请选择您在企业的身份。")],
        description="审核通过后以这个身份登录；另一位由您邀请加入。",
    )
    key = HiddenField(validators=[Length(max=36)])


class ApplicantForm(MemberApplicantForm):
    """Who applies, and the account they will sign in with."""

    login = StringField(
        "登录账号",
        [InputRequired("请填写登录账号。"), Length(max=64, message="登录账号太长。")],
        description="建议用手机号。",
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "登录密码",
        [InputRequired("请填写登录密码。"), Length(max=MAX_LENGTH, message="密码太长。")],
        description="至少 10 个字符（汉字算两个），可以用一句好记的话。",
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "再输一遍密码",
        [InputRequired("请再输一遍密码。"), EqualTo("password", "两次输入的密码不一样。")],
        render_kw={"autocomplete": "new-password"},
    )


class ProgressForm(Form):
    """Where an application stands: for one who knows code and telephone number."""

    uscc = StringField(
        FIELD_WORDS["uscc"],
        [InputRequired("请填写统一社会信用代码。")],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    phone = TelField(
        "申请中填写的电话",
        [InputRequired("请填写申请中主要负责人或安全管理人员的电话。")],
        description="主要负责人或安全管理人员的电话，任一个。",
        render_kw={"autocomplete": "off"},
    )


class RejectionForm(Form):
    """Why an application is handed back."""

    remark = TextAreaField(
        "退回原因",
        [Optional(), Length(max=500, message="退回原因不能超过 500 字。")],
        description="写清要改什么，企业在“查询进度”里能看到。",
    )


def application_values(application: Application) -> dict[str, Any]:
    """An application as the values of a form."""
    return {name: getattr(application, name) for name in FIELD_WORDS}
