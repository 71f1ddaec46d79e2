"""A risk event as a form: what, where, how grave, and what is done about it."""

from functools import cache
from typing import Any
from uuid import UUID

from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from webapp.platform.web.forms import Form, UuidField
from webapp.platform.web.versions import VersionField
from webapp.risks.forms.assessments import assessment_draft, assessment_fields
from webapp.risks.forms.filters import as_id, one_of
from webapp.risks.rules.control_levels import Frequency
from webapp.risks.rules.drafts import (
    LONGEST_MEASURE,
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST_MEASURES,
    EventDraft,
    MeasureDraft,
)
from webapp.risks.rules.words import POINT_KINDS
from webapp.standards.accident_types import accident_types
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, MethodCode, method

Choices = list[tuple[str, str]]


class MeasureForm(Form):
    """One measure; a line without words counts as none."""

    class Meta(Form.Meta):
        """The form around it guards it."""

        csrf = False

    id = UuidField()
    category = SelectField("类别", choices={c.value: c.words for c in MeasureCategory})
    description = TextAreaField(
        "措施内容", [Length(max=LONGEST_MEASURE, message="措施内容不能超过 500 个字。")]
    )
    control_level = SelectField("管控层级", choices={c.value: c.words for c in ControlLevel})
    post_id = SelectField("责任岗位", choices={}, validate_choice=True)
    frequency = SelectField(
        "排查频次", choices={"": "按层级"} | {f.value: f.words for f in Frequency}
    )

    @property
    def draft(self) -> MeasureDraft:
        """The measure as the rules see it."""
        return MeasureDraft(
            category=MeasureCategory(self.category.data),
            description=self.description.data or "",
            control_level=ControlLevel(self.control_level.data),
            post_id=as_id(self.post_id.data or ""),
            frequency=one_of(Frequency, self.frequency.data or ""),
            id=as_id(str(self.id.data or "")),
        )


class EventForm(Form):
    """What every method's form has; ``event_form`` adds the factors."""

    code = MethodCode.LEC
    version = IntegerField("版本", [Optional()], widget=HiddenInput())
    method = HiddenField()
    point = StringField(
        "风险点",
        [
            InputRequired("请填写风险点。"),
            Length(max=LONGEST_NAME, message="风险点不能超过 100 个字。"),
        ],
    )
    point_kind = SelectField("风险点类型", choices=POINT_KINDS)
    place = StringField(
        "所在部位", [Length(max=LONGEST_NAME, message="所在部位不能超过 100 个字。")]
    )
    activity = StringField(
        "作业活动", [Length(max=LONGEST_NAME, message="作业活动不能超过 100 个字。")]
    )
    step = StringField(
        "作业步骤或检查项目", [Length(max=LONGEST_NAME, message="作业步骤不能超过 100 个字。")]
    )
    hazard_source = TextAreaField(
        "危险源",
        [
            InputRequired("请填写危险源。"),
            Length(max=LONGEST_WORDS, message="危险源不能超过 1000 个字。"),
        ],
    )
    description = TextAreaField(
        "可能发生的风险事件",
        [
            InputRequired("请填写可能发生的风险事件。"),
            Length(max=LONGEST_WORDS, message="风险事件不能超过 1000 个字。"),
        ],
    )
    accident_types = SelectMultipleField(
        "可能的事故类型",
        [InputRequired("请至少选择一种可能的事故类型。")],
        choices={t.code: t.name for t in accident_types()},
    )
    consequence = TextAreaField(
        "后果和影响范围", [Length(max=LONGEST_WORDS, message="后果不能超过 1000 个字。")]
    )
    residual_level = HiddenField("残余风险")
    control_level = SelectField(
        "管控层级",
        choices={"": "按风险等级"} | {c.value: c.words for c in ControlLevel},
    )
    department_id = SelectField("责任部门", choices={})
    owner_id = SelectField("责任人", choices={})
    remark = TextAreaField("备注", [Length(max=LONGEST_WORDS, message="备注不能超过 1000 个字。")])
    measures = FieldList(FormField(MeasureForm), "管控措施", max_entries=MOST_MEASURES)

    def offer(self, *, departments: Choices, people: Choices, posts: Choices) -> None:
        """Fill the lists that come out of the organisation."""
        self.department_id.choices = {"": "请选择"} | dict(departments)
        self.owner_id.choices = {"": "请选择"} | dict(people)
        for entry in self.measures:
            entry.form.post_id.choices = {"": "按层级自动"} | dict(posts)

    def draft(self) -> EventDraft:
        """The event as the rules see it."""
        return EventDraft(
            point=self.point.data or "",
            point_kind=self.point_kind.data,
            place=self.place.data or "",
            activity=self.activity.data or "",
            step=self.step.data or "",
            hazard_source=self.hazard_source.data or "",
            description=self.description.data or "",
            accident_types=tuple(self.accident_types.data or ()),
            consequence=self.consequence.data or "",
            assessment=assessment_draft(self, method(self.code)),
            control_level=one_of(ControlLevel, self.control_level.data or ""),
            department_id=as_id(self.department_id.data or ""),
            owner_id=as_id(self.owner_id.data or ""),
            remark=self.remark.data or "",
            measures=tuple(e.form.draft for e in self.measures if e.form.description.data),
        )


@cache
def event_form(code: MethodCode) -> type[EventForm]:
    """The form of an event that is assessed by this method."""
    fields: dict[str, Any] = {**assessment_fields(code), "code": code}
    return type(f"{code.name}EventForm", (EventForm,), fields)


class RemovalForm(Form):
    """Why an event leaves the ledger, and which state of it was seen."""

    version = VersionField()
    reason = StringField(
        "删除原因",
        [InputRequired("请填写删除原因。"), Length(max=200, message="删除原因不能超过 200 个字。")],
    )


def blank_measures(count: int, level: ControlLevel = ControlLevel.POST) -> list[dict[str, Any]]:
    """Empty lines to type into, one kind after the other."""
    kinds = tuple(MeasureCategory)
    return [
        {"category": kinds[at % len(kinds)].value, "control_level": level.value}
        for at in range(count)
    ]


def text_of(value: UUID | None) -> str:
    """An id as a select's value."""
    return "" if value is None else str(value)
