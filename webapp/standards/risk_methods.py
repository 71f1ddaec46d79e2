"""Risk assessment: the methods' tables, the four levels, who controls a level, direct judgement.

Values are Decimal because 0.1 and 0.2 are factors, and a level must not hang on a float's tail.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from math import prod
from types import MappingProxyType
from typing import Any

from webapp.standards.loader import UnknownCode, table


class ControlLevel(StrEnum):
    """Who in the enterprise controls a risk, highest first."""

    COMPANY = "company"
    DEPARTMENT = "department"
    TEAM = "team"
    POST = "post"

    @property
    def words(self) -> str:
        """The level's name on papers and screens."""
        return _CONTROL_WORDS[self]

    @property
    def with_lower(self) -> tuple["ControlLevel", ...]:
        """This level and all below: what an upper level controls, each lower one controls too."""
        everyone = tuple(ControlLevel)
        return everyone[everyone.index(self) :]


class RiskLevel(StrEnum):
    """The four levels of risk, highest first."""

    MAJOR = "major"
    SIGNIFICANT = "significant"
    MODERATE = "moderate"
    LOW = "low"

    @property
    def words(self) -> str:
        """The short name: 重大, 较大, 一般, 低."""
        return _LEVEL_WORDS[self]

    @property
    def full_words(self) -> str:
        """The full name: 重大风险 … 低风险."""
        return f"{_LEVEL_WORDS[self]}风险"

    @property
    def colour(self) -> str:
        """The English word of its colour, the key of the colour tokens."""
        return _COLOURS[self][0]

    @property
    def colour_words(self) -> str:
        """The Chinese word of its colour: 红 橙 黄 蓝."""
        return _COLOURS[self][1]

    @property
    def number(self) -> int:
        """1 for major to 4 for low, as data exchange writes it."""
        return tuple(RiskLevel).index(self) + 1

    def is_above(self, other: "RiskLevel") -> bool:
        """Whether this level is the graver one of the two."""
        return self.number < other.number


_CONTROL_WORDS = dict(zip(ControlLevel, ("公司级", "部门级", "班组级", "岗位级"), strict=True))
_LEVEL_WORDS = dict(zip(RiskLevel, ("重大", "较大", "一般", "低"), strict=True))
_COLOUR_NAMES = (("red", "红"), ("orange", "橙"), ("yellow", "黄"), ("blue", "蓝"))
_COLOURS = dict(zip(RiskLevel, _COLOUR_NAMES, strict=True))


class MethodCode(StrEnum):
    """The assessment methods that ship."""

    LEC = "lec"
    LS = "ls"
    MES = "mes"


@dataclass(frozen=True, slots=True)
class FactorValue:
    """One value of a factor with its words; ``columns`` are the aspects of a severity table."""

    value: Decimal
    words: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor of a method; ``code`` is the ledger's field name, ``symbol`` the letter L, E, C …"""

    code: str
    symbol: str
    name: str
    values: tuple[FactorValue, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """All values from a lower limit up to the next band's; the limit itself may be left out."""

    level: RiskLevel
    lower: Decimal
    is_lower_included: bool
    label: str

    def holds(self, value: Decimal) -> bool:
        """Whether the value reaches the band's lower limit."""
        return value > self.lower or (self.is_lower_included and value == self.lower)


@dataclass(frozen=True, slots=True)
class RiskMethod:
    """A method in one version: its factors, and the bands from the highest down."""

    code: MethodCode
    version: str
    name: str
    value_symbol: str
    formula: str
    applies_to: tuple[str, ...]
    is_optional: bool
    factors: tuple[Factor, ...]
    bands: tuple[Band, ...]
    band_set: str
    band_sets: Mapping[str, tuple[Band, ...]]

    def factor(self, code: str) -> Factor:
        """A factor by its field name or its letter; raises UnknownCode when it has none such."""
        for factor in self.factors:
            if code in (factor.code, factor.symbol):
                return factor
        raise UnknownCode(f"{self.name}没有因子“{code}”。")

    def allowed(self, factor: str, value: Decimal | float | str) -> bool:
        """Whether the value stands in the factor's table; nothing between two rows is allowed."""
        number = _decimal(value)
        return any(number == v.value for v in self.factor(factor).values)

    def value(self, factors: Mapping[str, Decimal | float | str]) -> Decimal:
        """The product of all factors, keyed by field name.

        Raises ValueError when a factor is missing or its value is not in the table.
        """
        for factor in self.factors:
            if factor.code not in factors:
                raise ValueError(f"缺少“{factor.name}”（{factor.symbol}）。")
            if not self.allowed(factor.code, factors[factor.code]):
                raise ValueError(
                    f"“{factor.name}”（{factor.symbol}）取值 {factors[factor.code]} 不在标准表中。"
                )
        product = prod((_decimal(factors[f.code]) for f in self.factors), start=Decimal(1))
        return plain(product)

    def band(self, value: Decimal | float | str) -> Band:
        """The band a value falls into; raises ValueError for a value that is not a number ≥ 0."""
        number = _decimal(value)
        for band in self.bands:
            if band.holds(number):
                return band
        raise ValueError(f"风险值“{value}”无效。")

    def level(self, value: Decimal | float | str) -> RiskLevel:
        """The risk level of a value."""
        return self.band(value).level

    def assess(self, factors: Mapping[str, Decimal | float | str]) -> tuple[Decimal, RiskLevel]:
        """Value and level together; raises ValueError as ``value`` does."""
        value = self.value(factors)
        return value, self.level(value)

    def with_bands(self, code: str) -> "RiskMethod":
        """The same method graded by another of its band sets, where a region grades otherwise."""
        if code not in self.band_sets:
            raise UnknownCode(f"{self.name}没有分档“{code}”。")
        return replace(self, bands=self.band_sets[code], band_set=code)


class JudgementBasis(StrEnum):
    """What a direct-judgement rule looks at."""

    DECLARED = "declared"
    INCIDENT = "incident"
    INSTALLATION = "installation"
    PEOPLE = "people"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class DirectRule:
    """A rule that makes a risk major whatever its value; it can only raise."""

    code: str
    basis: JudgementBasis
    text: str
    people: int | None = None


@cache
def methods(version: str | None = None) -> tuple[RiskMethod, ...]:
    """All methods of a version, the newest when none is named."""
    source = table("risk_methods", version)
    return tuple(_method(row, source.version) for row in source.content["method"])


def method(code: str, version: str | None = None) -> RiskMethod:
    """One method by code, in either case; raises UnknownCode."""
    for known in methods(version):
        if known.code == code.strip().lower():
            return known
    raise UnknownCode(f"没有评价方法“{code}”。")


@cache
def direct_rules(version: str | None = None) -> tuple[DirectRule, ...]:
    """The rules by which a risk is major without its value being asked."""
    return tuple(
        DirectRule(row["code"], JudgementBasis(row["basis"]), row["text"], row.get("people"))
        for row in table("risk_methods", version).content["direct_rule"]
    )


def control_level(
    level: RiskLevel, *, scheme: str = "four", version: str | None = None
) -> ControlLevel:
    """The lowest level that may answer for a risk; an enterprise may set it higher, never lower.

    ``scheme`` "three" is the provinces' other reading, where significant risks stay with the
    company.
    """
    schemes = table("risk_methods", version).content["control_levels"]
    if scheme not in schemes:
        raise UnknownCode(f"没有管控层级口径“{scheme}”。")
    return ControlLevel(schemes[scheme][level])


def highest(levels: Iterable[RiskLevel]) -> RiskLevel | None:
    """The gravest of several levels, None of none: a point is as grave as the worst in it."""
    return min(levels, key=lambda level: level.number, default=None)


# Beyond this a number has more digits than Decimal keeps; no factor or value comes near.
_LARGEST_PLAIN = Decimal(10) ** 15


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 60.0 becomes 60."""
    is_plain = value.is_finite() and abs(value) < _LARGEST_PLAIN
    is_whole = is_plain and value == value.to_integral()
    return value.quantize(Decimal(1)) if is_whole else value.normalize()


def _decimal(value: Decimal | float | str) -> Decimal:
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise ValueError(f"“{value}”不是数字。") from None
    if not number.is_finite():
        raise ValueError(f"“{value}”不是数字。")
    return number


def _method(row: Mapping[str, Any], version: str) -> RiskMethod:
    sets = {s["code"]: tuple(_band(b) for b in s["bands"]) for s in row["band_set"]}
    return RiskMethod(
        code=MethodCode(row["code"]),
        version=version,
        name=row["name"],
        value_symbol=row["value_symbol"],
        formula=row["formula"],
        applies_to=tuple(row["applies_to"]),
        is_optional=row["is_optional"],
        factors=tuple(_factor(f) for f in row["factor"]),
        bands=sets[row["bands"]],
        band_set=row["bands"],
        band_sets=MappingProxyType(sets),
    )


def _factor(row: Mapping[str, Any]) -> Factor:
    values = tuple(
        FactorValue(Decimal(v["value"]), v["words"], tuple(v.get("columns", ())))
        for v in row["values"]
    )
    return Factor(row["code"], row["symbol"], row["name"], values, tuple(row.get("columns", ())))


def _band(row: Mapping[str, Any]) -> Band:
    return Band(RiskLevel(row["level"]), Decimal(row["from"]), row["inclusive"], row["label"])
