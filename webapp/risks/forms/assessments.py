"""The calculator: factors to choose with their words, for each method its own form."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from wtforms import SelectField, SelectMultipleField

from webapp.platform.web.forms import Form
from webapp.risks.rules.drafts import AssessmentDraft, declarable_rules
from webapp.standards.risk_methods import Factor, MethodCode, RiskMethod, method, methods, plain

SIDES = ("inherent", "residual")
USUAL = MethodCode.LEC


def chosen_method(code: str | None) -> RiskMethod:
    """The method of that code; the usual one for anything else."""
    known = {each.code.value: each for each in methods()}
    return known.get((code or "").lower(), method(USUAL))


class FactorChoice(SelectField):
    """A factor's values with their words; nothing between two rows can be chosen."""

    def __init__(self, label: str, factor: Factor, **options: Any) -> None:
        values = {str(plain(v.value)): f"{plain(v.value)}　{v.words}" for v in factor.values}
        super().__init__(label, choices={"": "请选择"} | values, validate_choice=False, **options)


@cache
def assessment_fields(code: MethodCode) -> Mapping[str, Any]:
    """Unbound fields of both sides: ``inherent_likelihood`` and so on."""
    words = {"inherent": "固有", "residual": "残余"}
    found: dict[str, Any] = {
        f"{side}_{factor.code}": FactorChoice(
            f"{words[side]} {factor.symbol} {factor.name}", factor
        )
        for side in SIDES
        for factor in method(code).factors
    }
    found["declared"] = SelectMultipleField(
        "直接判定为重大风险的情形",
        choices={rule.code: rule.text for rule in declarable_rules()},
    )
    return found


@cache
def calculator(code: MethodCode) -> type[Form]:
    """The calculator alone, for looking at a result without saving."""
    meta = type("Meta", (Form.Meta,), {"csrf": False})
    return type(f"{code.name}Calculator", (Form,), {**assessment_fields(code), "Meta": meta})


def assessment_draft(form: Form, known: RiskMethod) -> AssessmentDraft:
    """What was chosen; a factor that was not is left out and will be asked for."""
    return AssessmentDraft(
        known.code,
        _factors(form, known, "inherent"),
        _factors(form, known, "residual"),
        frozenset(form["declared"].data or ()),
    )


def _factors(form: Form, known: RiskMethod, side: str) -> dict[str, Decimal]:
    found = {}
    for factor in known.factors:
        value = _number(form[f"{side}_{factor.code}"].data)
        if value is not None:
            found[factor.code] = value
    return found


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text or "")
    except InvalidOperation:
        return None
