"""Choosing the processes of a template, and the proposals to confirm."""

from uuid import UUID

from wtforms import SelectMultipleField
from wtforms.validators import InputRequired, Length

from webapp.platform.web.forms import Form
from webapp.risks.forms.filters import as_id
from webapp.standards.ledger_templates import LedgerTemplate

MOST_AT_ONCE = 500


class AdoptionForm(Form):
    """The processes and places that the enterprise has."""

    processes = SelectMultipleField(
        "工艺和场所", [InputRequired("请至少选择一个工艺或场所。")], choices=[]
    )

    def offer(self, template: LedgerTemplate) -> None:
        """Fill the list with what the template holds."""
        self.processes.choices = [(p.code, p.name) for p in template.processes]


class ConfirmationForm(Form):
    """The rows that someone has looked at."""

    events = SelectMultipleField(
        "风险",
        [
            InputRequired("请先勾选看过、与实际相符的风险。"),
            Length(max=MOST_AT_ONCE, message="一次最多确认 500 条。"),
        ],
        validate_choice=False,
        choices=[],
    )

    @property
    def event_ids(self) -> tuple[UUID, ...]:
        """The chosen rows; what is no id counts as none."""
        found = (as_id(value) for value in self.events.data or [])
        return tuple(id_ for id_ in found if id_ is not None)
