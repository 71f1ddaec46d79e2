"""Submitting, reviewing and signing a version of the ledger."""

from datetime import date

from wtforms import DateField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from webapp.enterprise.rules.drawings import LONGEST
from webapp.platform.errors import Invalid
from webapp.platform.web.forms import Form
from webapp.platform.web.versions import VersionField

NOTE = 300


class SubmissionForm(Form):
    """What the version is about."""

    note = StringField(
        "修订说明", [Optional(), Length(max=NOTE, message="修订说明不能超过 300 个字。")]
    )


class ReviewForm(Form):
    """A department's decision; a return says why."""

    decision = RadioField(
        "审核意见",
        [InputRequired("请选择同意或退回。")],
        choices={"agree": "同意", "return": "退回修改"},
    )
    words = TextAreaField("意见", [Optional(), Length(max=NOTE, message="意见不能超过 300 个字。")])

    @property
    def agreed(self) -> bool:
        """Whether the department agrees. Raises Invalid for a return without a reason."""
        if self.decision.data == "return" and not (self.words.data or "").strip():
            raise Invalid("words", "退回时请写明要修改什么。")
        return bool(self.decision.data == "agree")


class WithdrawalForm(Form):
    """Why a submission is taken back."""

    reason = StringField(
        "撤回原因",
        [
            InputRequired("请填写撤回原因。"),
            Length(max=NOTE, message="撤回原因不能超过 300 个字。"),
        ],
    )


class PublicationForm(Form):
    """The principal's signature under the version that was shown."""

    version = VersionField()
    signature = HiddenField("签名", [Length(max=LONGEST, message="签名图片过大，请重签。")])


class DayForm(Form):
    """The day whose ledger is asked for."""

    class Meta(Form.Meta):
        """Asked by address."""

        csrf = False

    on = DateField("日期", [InputRequired("请选择日期。")])

    @property
    def day(self) -> date | None:
        """The day, None for anything that is none."""
        return self.on.data if self.validate() else None
