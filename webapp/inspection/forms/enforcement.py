"""Signing a paper; serving and re-inspecting."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from webapp.enterprise.rules.drawings import LONGEST
from webapp.inspection.forms.cases import SharedForm, new_key
from webapp.inspection.rules.cases import Outcome
from webapp.inspection.rules.enforcement import Service
from webapp.inspection.rules.hands import SentHand, SentHands
from webapp.inspection.rules.reinspection import Seen
from webapp.platform.web.forms import Form, UuidField

POINTS_LONGEST = 2_000_000
SIGN, REFUSE = "sign", "refuse"


class SigningForm(Form):
    """The hands of both officers and the unit, or its reason."""

    key = UuidField("提交编号", [InputRequired("页面已失效，请刷新后再试。")], default=new_key)
    seen_sha256 = HiddenField("文书摘要", [InputRequired("页面已失效，请刷新后再试。")])
    officer_1 = HiddenField("主办签名", [Length(max=LONGEST)])
    officer_1_points = HiddenField("主办笔迹", [Length(max=POINTS_LONGEST)])
    officer_2 = HiddenField("协办签名", [Length(max=LONGEST)])
    officer_2_points = HiddenField("协办笔迹", [Length(max=POINTS_LONGEST)])
    way = RadioField(
        "被检查单位",
        choices={SIGN: "签字", REFUSE: "拒绝签字"},
        default=SIGN,
        validators=[InputRequired("请选择签字或拒绝签字。")],
    )
    unit_name = StringField("签名人姓名")
    unit_signature = HiddenField("被检查单位签名", [Length(max=LONGEST)])
    unit_signature_points = HiddenField("被检查单位笔迹", [Length(max=POINTS_LONGEST)])
    unit_refusal = TextAreaField("拒签原因", description="照原话记。")
    officer_signatures = HiddenField("执法人员签名")
    """Carries the message of the rule of two hands; nothing is typed here."""

    def name_signers(self, officers: Sequence[str], unit_word: str) -> None:
        """Call each pad what the page calls it, so that a message names it alike."""
        for number, name in enumerate(officers[:2], 1):
            self[f"officer_{number}"].label.text = f"{name}签名"
        self.unit_signature.label.text = f"{unit_word}签名"
        self.unit_name.label.text = f"{unit_word}姓名"

    def hands(self) -> SentHands:
        """What was drawn or written, not decoded."""
        officers = tuple(
            SentHand(self[name].data or "", self[f"{name}_points"].data or "")
            for name in ("officer_1", "officer_2")
        )
        return SentHands(
            officers=officers,
            unit_name=self.unit_name.data or "",
            unit=SentHand(self.unit_signature.data or "", self.unit_signature_points.data or ""),
            refusal=self.unit_refusal.data or "",
            is_refused=self.way.data == REFUSE,
        )

    def forget_hands(self) -> None:
        """Empty the pads: what was signed is not what stands there now."""
        for name in ("officer_1", "officer_2", "unit_signature"):
            self[name].data = self[f"{name}_points"].data = ""


class ServiceForm(Form):
    """How a paper reached the unit."""

    how = RadioField(
        "送达方式",
        choices={each.value: each.words for each in Service},
        default=Service.LEFT.value,
        validators=[InputRequired("请选择送达方式。")],
    )


class ReinspectionForm(SharedForm):
    """What became of an order's items; the fields are made for the items still open."""

    def outcomes(self, numbers: Iterable[int]) -> dict[int, Seen]:
        """What was marked, by the order's item numbers."""
        return {number: self._seen(number) for number in numbers}

    def _seen(self, number: int) -> Seen:
        marked = self[f"outcome-{number}"].data
        outcome = Outcome(marked) if marked in set(Outcome) else None
        return Seen(outcome, self[f"words-{number}"].data or "")

    def show(self, values: Mapping[str, str]) -> None:
        """Put texts into the fields, as after a merge."""
        for name, text in values.items():
            self[name].data = text


def reinspection_form(items: Mapping[int, Seen], *, is_sent: bool) -> ReinspectionForm:
    """The form of the open items, with what is kept of them unless one was sent."""
    fields: dict[str, Any] = {}
    for number, kept in items.items():
        fields[f"outcome-{number}"] = RadioField(
            f"第 {number} 项",
            choices={each.value: each.words for each in Outcome},
            default=kept.outcome.value if kept.outcome else None,
            validators=[Optional()],
        )
        fields[f"words-{number}"] = TextAreaField("说明", default=kept.words)
    made = type("ItemsForm", (ReinspectionForm,), fields)
    return cast("ReinspectionForm", made() if is_sent else made(formdata=None))
