"""Choosing the processes of a template, and the proposals to confirm."""

from wtforms import SelectMultipleField
from wtforms.validators import InputRequired

from webapp.platform.web.forms import Form
from webapp.risks.forms.chosen import ChosenRows
from webapp.standards.ledger_templates import LedgerTemplate


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

    events = ChosenRows("风险", "请先勾选看过、与实际相符的风险。")
