"""The calculator: value and level of what is chosen, computed here and saved nowhere."""

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from webapp.accounts.access import allow, page
from webapp.platform.web.forms import Form
from webapp.risks.forms.assessments import assessment_draft, calculator, chosen_method
from webapp.risks.rules.assessment import Assessment
from webapp.risks.rules.control_levels import answering_level
from webapp.risks.rules.drafts import Assessed, assessed
from webapp.risks.views.blueprint import bp
from webapp.standards.refusal import Refusal
from webapp.standards.risk_methods import ControlLevel, RiskMethod


@dataclass(frozen=True, slots=True)
class Result:
    """What the chosen factors give, or what is still missing or wrong."""

    known: RiskMethod
    found: Assessed | None
    refusals: tuple[Refusal, ...]
    is_begun: bool

    @property
    def control_level(self) -> ControlLevel | None:
        """Which level of the enterprise has to answer."""
        return answering_level(self.found.residual_level) if self.found else None

    def factors(self, side: Assessment) -> list[dict[str, str]]:
        """Each factor of a side with the words of its value."""
        return [
            {"symbol": factor.symbol, "value": str(row.value), "words": row.words}
            for factor in self.known.factors
            for row in factor.values
            if row.value == side.factors[factor.code]
        ]

    def product(self, side: Assessment) -> str:
        """The factors of a side as a product."""
        return " × ".join(str(value) for value in side.factors.values())


@bp.get("/risks/assessment")
@allow("risks.edit")
def assessment_result() -> ResponseReturnValue:
    """The result as a fragment."""
    known = chosen_method(request.args.get("method"))
    form = calculator(known.code)(request.args)
    return page("risks/events/_result.html", result=result_of(form, known))


def result_of(form: Form, known: RiskMethod) -> Result:
    """What a form's factors give."""
    draft = assessment_draft(form, known)
    found = assessed(draft)
    is_begun = bool(draft.inherent or draft.residual)
    if isinstance(found, Assessed):
        return Result(known, found, (), is_begun)
    return Result(known, None, found, is_begun)
