"""One form for each step of a hazard."""

from wtforms import (
    DateField,
    Field,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from webapp.hazards.forms.photos import uuid_of
from webapp.hazards.forms.versions import VersionForm
from webapp.hazards.rules.deadlines import Urgency
from webapp.hazards.rules.grading import HazardLevel, Implementation
from webapp.hazards.rules.lifecycle import HazardSource, HazardState, Outcome
from webapp.platform.web.forms import Form

WORDS = Length(max=500, message="最多 500 字。")


class GradeForm(VersionForm):
    """General or major, by a criterion where one is met."""

    level = RadioField(
        "隐患级别",
        [InputRequired("请选择隐患级别。")],
        choices={each.value: each.words for each in HazardLevel},
        default=HazardLevel.GENERAL.value,
    )
    criterion_code = StringField("判定标准", [Length(max=40)])
    reason = TextAreaField("理由", [WORDS])


class AssignForm(VersionForm):
    """Who has to rectify, how urgent it is or until when."""

    person_id = SelectField("整改责任人", [InputRequired("请选择整改责任人。")])
    urgency = RadioField(
        "紧急程度",
        choices={each.value: each.words for each in Urgency},
        default=Urgency.ORDINARY.value,
    )
    due_on = DateField("整改期限", [Optional()])
    remark = TextAreaField("要求", [WORDS])


class RectifyForm(VersionForm):
    """What was done, and a picture of the result."""

    measures = TextAreaField("整改措施", [WORDS])
    photos = MultipleFileField("整改后的照片")


class VerifyForm(VersionForm):
    """Accepted, or returned with a reason."""

    outcome = SelectField("验收结论", choices={each.value: each.value for each in Outcome})
    remark = TextAreaField("验收意见", [WORDS])


class CloseForm(VersionForm):
    """The closing remark."""

    words = TextAreaField("销号意见", [WORDS])


class ConsentForm(VersionForm):
    """What the agency saw."""

    words = TextAreaField("核查意见", [InputRequired("请写明核查情况。"), WORDS])


class ExtendForm(VersionForm):
    """A later day and why."""

    new_due_on = DateField("延期到", [InputRequired("请选择延期后的日期。")])
    reason = TextAreaField("延期原因和期间的安全措施", [WORDS])


class PlanForm(VersionForm):
    """The five implementations of a major hazard."""

    responsibility = TextAreaField("责任：负责治理的机构和人员", [WORDS])
    measures = TextAreaField("措施：采取的方法和措施", [WORDS])
    funds = TextAreaField("资金：经费和物资", [WORDS])
    time_limit = TextAreaField("时限：治理的时限和要求", [WORDS])
    plan = TextAreaField("预案：治理期间的安全措施和应急预案", [WORDS])

    def words(self) -> dict[Implementation, str]:
        """What was written under each of the five."""
        return {each: self[each.value].data or "" for each in Implementation}


class ReportForm(Form):
    """A hazard someone came across: photo, place, words."""

    key = HiddenField("提交编号")
    photos = MultipleFileField("照片")
    point_id = StringField("风险点")
    place = StringField("具体位置", [Length(max=100)])
    words = TextAreaField("哪里不对", [WORDS])
    is_distinct = HiddenField("不是同一处")

    def validate_point_id(self, field: Field) -> None:
        """An id or nothing."""
        if field.data and uuid_of(field.data) is None:
            raise ValidationError("请重新选择风险点。")


STATES = [(each.value, each.words) for each in HazardState]
LEVELS = [(each.value, each.words) for each in HazardLevel]
SOURCES = [(each.value, each.words) for each in HazardSource]
