"""Saying whom a name means."""

from uuid import UUID

from wtforms import HiddenField, SelectField
from wtforms.validators import AnyOf, InputRequired

from webapp.platform.errors import Invalid
from webapp.platform.web.forms import Form
from webapp.risks.forms.filters import as_id

STALE = "请从列表中选择要指定的名称。"
Choices = list[tuple[str, str]]


class AssignmentForm(Form):
    """A name, what kind of name it is, and whom or what it means."""

    words = HiddenField("名称", [InputRequired(STALE)])
    kind = HiddenField("种类", [AnyOf(("owner", "department"), STALE)])
    target = SelectField("指定为", [InputRequired("请选择要指定的人员或部门。")], choices={})

    def offer(self, *, departments: Choices, people: Choices) -> None:
        """Fill the list with what this kind of name can mean."""
        known = people if self.kind.data == "owner" else departments
        self.target.choices = {"": "请选择"} | dict(known)

    @property
    def target_id(self) -> UUID:
        """What was chosen. Raises Invalid for nothing."""
        found = as_id(self.target.data or "")
        if found is None:
            raise Invalid("target", "请选择要指定的人员或部门。")
        return found
