"""Risk assessment: method and factors give a value, the value gives a level."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from webapp.standards.refusal import Refusal
from webapp.standards.risk_methods import MethodCode, RiskLevel, RiskMethod, method, plain


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment as it is kept: method and its version, factors, value, level."""

    method: MethodCode
    version: str
    factors: Mapping[str, Decimal]
    value: Decimal
    level: RiskLevel

    @property
    def sum_words(self) -> str:
        """The calculation as papers show it: D = 3 × 6 × 15 = 270."""
        known = method(self.method, self.version)
        return f"{known.value_symbol} = {product_words(known, self.factors, ' × ')} = {self.value}"


def assess(
    code: str, factors: Mapping[str, Decimal], *, version: str | None = None
) -> Assessment | Refusal:
    """Assess by a method; a Refusal names the factor that is missing or not in the table."""
    known = method(code, version)
    for factor in known.factors:
        refusal = refused_factor(known, factor.code, factors.get(factor.code))
        if refusal is not None:
            return refusal
    taken = {f.code: plain(factors[f.code]) for f in known.factors}
    value, level = known.assess(taken)
    return Assessment(known.code, known.version, MappingProxyType(taken), value, level)


def refused_factor(known: RiskMethod, code: str, value: Decimal | None) -> Refusal | None:
    """Why a value cannot be a factor: it is missing, or it stands between the table's rows."""
    factor = known.factor(code)
    if value is None:
        return Refusal(f"{factor.symbol}（{factor.name}）未填写。", code)
    if known.allowed(code, value):
        return None
    allowed = "、".join(str(plain(row.value)) for row in factor.values)
    return Refusal(
        f"{factor.symbol}（{factor.name}）应为 {allowed} 之一，现为 {plain(value)}。", code
    )


def refused_residual(inherent: RiskLevel, residual: RiskLevel) -> Refusal | None:
    """Why a residual level cannot stand: measures never make a risk graver than it was."""
    if not residual.is_above(inherent):
        return None
    return Refusal(
        f"残余风险（{residual.full_words}）不能高于固有风险（{inherent.full_words}）。",
        "residual_level",
    )


def product_words(known: RiskMethod, factors: Mapping[str, Decimal], times: str = "×") -> str:
    """The factors as a product in the method's order: 3×6×15."""
    return times.join(str(plain(factors[f.code])) for f in known.factors)
