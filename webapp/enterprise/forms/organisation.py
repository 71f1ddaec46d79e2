"""Departments, posts, and rows pasted from a spreadsheet."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from webapp.enterprise.rules.organisation import DepartmentKind, PostKind
from webapp.platform.web.forms import Form
from webapp.platform.web.versions import VersionField

NAME_LONGEST = 60
PASTE_LONGEST = 400_000
_NAME = Length(max=NAME_LONGEST, message="名称不能超过 60 个字。")

Choices = Sequence[tuple[str, str]]


def as_id(value: Any) -> UUID | None:
    """The id behind a chosen option; an empty one is none, as is what is no id."""
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None


class IdSelectField(SelectField):
    """A choice among records by id; the empty choice is None."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, coerce=as_id, **options)

    def offer(self, nothing: str, choices: Choices) -> None:
        """Fill the list, the empty choice first."""
        self.choices = {"": nothing} | dict(choices)

    def pre_validate(self, form: Any) -> None:
        """Whether the record is one of those offered. Raises ValueError."""
        offered = {as_id(value) for value, *_ in self.iter_choices()}
        if self.data not in offered:
            raise ValueError("所选内容已不存在，请重新选择。")


class DepartmentForm(Form):
    """A department or team and its place."""

    name = StringField("名称", [InputRequired("请填写名称。"), _NAME])
    kind = RadioField(
        "类别",
        choices={kind.value: kind.words for kind in DepartmentKind},
        default=DepartmentKind.DEPARTMENT.value,
        coerce=str,
    )
    parent_id = IdSelectField("上级部门", validators=[Optional()])
    is_production = BooleanField(
        "承担生产作业", default=True, description="行政、财务等部门可以不勾选。"
    )


class DepartmentChangeForm(DepartmentForm):
    """A department as someone saw it, being changed."""

    version = VersionField()


class PostForm(Form):
    """A post and where it belongs."""

    name = StringField("岗位名称", [InputRequired("请填写岗位名称。"), _NAME])
    kind = SelectField(
        "岗位类别",
        choices={kind.value: kind.words for kind in PostKind},
        default=PostKind.WORKER.value,
        description="决定责任清单从哪份模板开始。",
    )
    department_id = IdSelectField(
        "所属部门或班组", validators=[Optional()], description="公司领导岗位可以不选部门。"
    )


class PostChangeForm(PostForm):
    """A post as someone saw it, being changed."""

    version = VersionField()


class PasteForm(Form):
    """Rows pasted as text, or a file that holds them."""

    text = TextAreaField(
        "粘贴表格",
        [Optional(), Length(max=PASTE_LONGEST, message="内容太长，请分几次粘贴。")],
        description="在 Excel 里选中带表头的区域，复制后粘贴到这里。",
    )
    file = FileField("或上传文件", [Optional()])
