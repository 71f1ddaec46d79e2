"""A row's assessment: factors against the method's table, value and level against the factors."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from webapp.risks.rules.assessment import product_words, refused_factor
from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.import_ledger.levels import Scale, colour_level, fill_level, level, rank
from webapp.risks.rules.import_ledger.mapping import Mapping
from webapp.risks.rules.import_ledger.records import FindingCode, Grade
from webapp.risks.rules.import_ledger.rows import RawRow
from webapp.risks.rules.import_ledger.values import method_code, number
from webapp.standards.risk_methods import MethodCode, RiskLevel, RiskMethod, method

_DIRECT = re.compile(r"直接判定|直判|直接评定|直接确定")
_PLACES_OF_DIRECT = (Field.METHOD, Field.REMARK, Field.LEVEL, Field.VALUE, Field.LIKELIHOOD)

# A ledger with columns for several methods is of the one that needs the most of them.
_BY_COLUMNS = (MethodCode.LEC, MethodCode.MES, MethodCode.LS)

Problem = tuple[Field, FindingCode, str]


@dataclass(slots=True)
class Reckoning:
    """The first half of grading: what the factors alone give, before the level is read."""

    known: RiskMethod | None
    factors: dict[str, Decimal] = field(default_factory=dict)
    value: Decimal | None = None
    computed: RiskLevel | None = None
    problems: list[Problem] = field(default_factory=list)

    def read(self, known: RiskMethod, wanted: Field, code: str, text: str) -> None:
        """Take a factor from its cell, or note what is wrong with it."""
        value = number(text)
        if value is None and text:
            message = f"{known.factor(code).symbol} 应为数字，表中为“{text[:20]}”。"
            self.problems.append((wanted, FindingCode.NOT_IN_TABLE, message))
            return
        refusal = refused_factor(known, code, value)
        if refusal is None and value is not None:
            self.factors[code] = value
        elif refusal is not None:
            kind = FindingCode.NOT_IN_TABLE if text else FindingCode.MISSING_FIELD
            self.problems.append((wanted, kind, refusal.message.replace("现为", "表中为")))


@dataclass(frozen=True, slots=True)
class Side:
    """Which of a ledger's two assessments is meant."""

    is_residual: bool = False

    def field(self, base: Field) -> Field:
        """The field of this side."""
        return base.residual if self.is_residual else base


INHERENT, RESIDUAL = Side(), Side(is_residual=True)


def reckoned(raw: RawRow, mapping: Mapping, side: Side = INHERENT) -> Reckoning:
    """Read the factors; a missing or unknown one is a problem and leaves the value open."""
    code = _method_of(raw, mapping, side)
    result = Reckoning(method(code) if code else None)
    if result.known is None:
        return result
    texts = {f.code: _factor_text(raw, Field(f.code), side) for f in result.known.factors}
    if not any(number(text) is not None for text in texts.values()):
        return result
    for factor, text in texts.items():
        result.read(result.known, side.field(Field(factor)), factor, text)
    if not result.problems:
        result.value, result.computed = result.known.assess(result.factors)
    return result


def graded(
    raw: RawRow, reckoning: Reckoning, scale: Scale, side: Side = INHERENT
) -> tuple[Grade, list[Problem]]:
    """The row's grade and all that is wrong with it."""
    problems = list(reckoning.problems)
    stated_value = _stated_value(raw, side)
    stated_level = _stated_level(raw, scale, side)
    is_direct = any(_DIRECT.search(raw.texts.get(at, "")) for at in _PLACES_OF_DIRECT)
    problems += _value_problems(raw, reckoning, stated_value, side)
    computed = reckoning.computed or _level_of_value(reckoning, raw, stated_value, problems)
    problems += _level_problems(raw, stated_level, side)
    accepted = computed
    if computed and stated_level and stated_level is not computed:
        if is_direct and stated_level.is_above(computed):
            accepted = stated_level
        else:
            value = reckoning.value if reckoning.value is not None else stated_value
            problems.append(_level_mismatch(reckoning, value, computed, stated_level, side))
    grade = Grade(
        method=reckoning.known.code if reckoning.known and reckoning.factors else None,
        factors=MappingProxyType(reckoning.factors),
        value=reckoning.value if reckoning.value is not None else stated_value,
        level=accepted or stated_level,
        stated_value=stated_value,
        stated_level=stated_level,
        is_direct=is_direct,
    )
    if side is INHERENT and grade.level is None and not problems:
        problems.append(
            (Field.LEVEL, FindingCode.MISSING_FIELD, "没有风险等级，也没有可以计算等级的取值。")
        )
    return grade, problems


def level_text(raw: RawRow, side: Side = INHERENT) -> str:
    """The text that names the level: its own cell, else the value's where both share one."""
    return raw.said(side.field(Field.LEVEL)) or raw.said(side.field(Field.VALUE))


def _method_of(raw: RawRow, mapping: Mapping, side: Side) -> MethodCode | None:
    """By the row's own word where it has the columns for it, else by the columns alone."""
    fields = {f.inherent for f in mapping.fields if (f.inherent != f) == side.is_residual}
    if fields & {Field.CONSEQUENCE, Field.SEVERITY}:
        fields |= {Field.CONSEQUENCE, Field.SEVERITY}
    possible = [code for code in _BY_COLUMNS if _needs(code) <= fields]
    said = method_code(raw.said(Field.METHOD))
    if said in possible or not possible:
        return said
    has_exposure = number(raw.said(side.field(Field.EXPOSURE))) is not None
    if mapping.has_shared_severity and not has_exposure and MethodCode.LS in possible:
        return MethodCode.LS
    return possible[0]


@cache
def _needs(code: MethodCode) -> frozenset[Field]:
    return frozenset(Field(factor.code) for factor in method(code).factors)


def _factor_text(raw: RawRow, base: Field, side: Side) -> str:
    """A factor's cell; one column C/S serves consequence and severity alike."""
    other = {Field.SEVERITY: Field.CONSEQUENCE, Field.CONSEQUENCE: Field.SEVERITY}.get(base)
    wanted = side.field(base)
    if other is not None and wanted not in raw.texts:
        return raw.said(side.field(other))
    return raw.said(wanted)


def _stated_value(raw: RawRow, side: Side) -> Decimal | None:
    wanted = side.field(Field.VALUE)
    if wanted in raw.texts:
        return number(raw.said(wanted))
    text = raw.said(side.field(Field.LEVEL))
    return number(text) if rank(text) is None else None


def _stated_level(raw: RawRow, scale: Scale, side: Side) -> RiskLevel | None:
    """The level in words, else in the colour column, else as a fill."""
    text = raw.said(side.field(Field.LEVEL))
    if text and (found := level(text, scale)):
        return found
    beside = raw.said(side.field(Field.VALUE))
    if not text and rank(beside) is None and (found := level(beside, scale)):
        return found
    if side.is_residual:
        return None
    if found := colour_level(raw.said(Field.COLOUR)):
        return found
    fills = (raw.fills.get(at) for at in (Field.LEVEL, Field.COLOUR) if not raw.said(at))
    return next((found for fill in fills if (found := fill_level(fill))), None)


def _value_problems(
    raw: RawRow, reckoning: Reckoning, stated: Decimal | None, side: Side
) -> list[Problem]:
    wanted = side.field(Field.VALUE)
    text = raw.said(wanted)
    known = reckoning.known
    if known is None or reckoning.value is None:
        return []
    if stated is None and (not text or level(text)):
        return []
    if stated == reckoning.value:
        return []
    product = product_words(known, reckoning.factors)
    shown = stated if stated is not None else f"“{text}”"
    return [
        (
            wanted,
            FindingCode.VALUE_MISMATCH,
            f"{known.value_symbol} 应为 {product}＝{reckoning.value}，表中为 {shown}。",
        )
    ]


def _level_of_value(
    reckoning: Reckoning, raw: RawRow, stated: Decimal | None, problems: list[Problem]
) -> RiskLevel | None:
    """The level of a value without factors, where the row itself names the method."""
    names_method = method_code(raw.said(Field.METHOD)) is not None
    if problems or stated is None or stated < 0 or reckoning.known is None or not names_method:
        return None
    return reckoning.known.level(stated)


def _level_problems(raw: RawRow, stated: RiskLevel | None, side: Side) -> list[Problem]:
    """A level that cannot be read, and a colour that contradicts the word beside it."""
    text = raw.said(side.field(Field.LEVEL))
    if text and stated is None and number(text) is None and not _DIRECT.search(text):
        message = f"风险等级“{text[:20]}”认不出，应为重大、较大、一般、低之一。"
        return [(side.field(Field.LEVEL), FindingCode.NOT_IN_TABLE, message)]
    colour = None if side.is_residual else colour_level(raw.said(Field.COLOUR))
    if text and stated and colour and colour is not stated:
        message = (
            f"颜色与等级不一致：{stated.full_words}应为{stated.colour_words}色，"
            f"表中为{raw.said(Field.COLOUR)[:10]}。"
        )
        return [(Field.COLOUR, FindingCode.LEVEL_MISMATCH, message)]
    return []


def _level_mismatch(
    reckoning: Reckoning,
    value: Decimal | None,
    computed: RiskLevel,
    stated: RiskLevel,
    side: Side,
) -> Problem:
    symbol = reckoning.known.value_symbol if reckoning.known else "风险值"
    message = f"{symbol}＝{value}，风险等级应为{computed.words}，表中为{stated.words}。"
    return side.field(Field.LEVEL), FindingCode.LEVEL_MISMATCH, message


def scale_pairs(
    rows: list[RawRow], reckonings: list[Reckoning]
) -> list[tuple[str, RiskLevel | None]]:
    """Each row's level text beside the level that its factors give."""
    return [
        (level_text(raw), reckoning.computed)
        for raw, reckoning in zip(rows, reckonings, strict=True)
    ]
