"""From indicators' counts to the five-have score: a tree from the total down to the records.

An indicator scores weight × clamp((x − floor) ÷ (full − floor), 0, 1), kept to four places; the
total is rounded half up to one. What cannot be assessed yet is left out of the base, so that the
total speaks of what was looked at; an indicator that does not apply hands its weight to the
others of its have.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from webapp.scoring.rules.veto import VetoHit, capped
from webapp.standards.five_have import FiveHave, Have, Indicator, NaPolicy

_FOUR_PLACES, _ONE_PLACE = Decimal("0.0001"), Decimal("0.1")
_RATIO_PLACES = Decimal("0.000001")
_ZERO = Decimal(0)


class Standing(StrEnum):
    """What became of an indicator."""

    SCORED = "scored"
    EMPTY_ZERO = "empty_zero"
    EMPTY_FULL = "empty_full"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record behind a number: what it is and which one."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True)
class IndicatorInput:
    """An indicator's counts; x is always numerator ÷ denominator.

    ``is_reviewed`` says for a policy that asks it whether the yearly review was done.
    """

    code: str
    numerator: Decimal = _ZERO
    denominator: Decimal = _ZERO
    assessable: bool = True
    is_reviewed: bool = False
    records: tuple[RecordRef, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """An indicator with its points; ``weight`` includes what others of its have handed over."""

    code: str
    name: str
    weight: Decimal
    standard_weight: Decimal
    floor: Decimal
    full: Decimal
    numerator: Decimal
    denominator: Decimal
    ratio: Decimal | None
    score: Decimal
    standing: Standing
    records: tuple[RecordRef, ...]

    @property
    def assessable(self) -> bool:
        """Whether the indicator was looked at and counts in the base."""
        return self.standing is not Standing.NOT_ASSESSABLE


@dataclass(frozen=True, slots=True)
class HaveScore:
    """One have: points out of the weight that could be assessed, and scaled to its full weight."""

    code: str
    name: str
    weight: Decimal
    assessable_weight: Decimal
    score: Decimal
    scaled: Decimal
    indicators: tuple[IndicatorScore, ...]


@dataclass(frozen=True, slots=True)
class ScoreTree:
    """The whole score.

    ``points`` were earned out of ``assessable_weight``; ``precise_total`` is their share of 100
    under the vetoes' cap, ``total`` the same rounded to one place, ``uncapped_total`` without cap.
    """

    total: Decimal
    grade: str
    grade_name: str
    version: str
    at: datetime
    vetoes: tuple[VetoHit, ...]
    haves: tuple[HaveScore, ...]
    points: Decimal
    assessable_weight: Decimal
    precise_total: Decimal
    uncapped_total: Decimal

    @property
    def indicators(self) -> tuple[IndicatorScore, ...]:
        """All indicators in order."""
        return tuple(i for have in self.haves for i in have.indicators)


def score(
    standard: FiveHave,
    inputs: Iterable[IndicatorInput],
    *,
    at: datetime,
    vetoes: tuple[VetoHit, ...] = (),
) -> ScoreTree:
    """The score of an enterprise at an instant; an indicator without input is not assessable.

    Raises UnknownCode for an input whose indicator the standard does not hold.
    """
    given = {standard.indicator(i.code).code: i for i in inputs}
    haves = tuple(_have(have, given) for have in standard.haves)
    points = sum((h.score for h in haves), _ZERO)
    base = sum((h.assessable_weight for h in haves), _ZERO)
    uncapped = _share(points, base, Decimal(100))
    precise = capped(uncapped, vetoes)
    total = _half_up(precise, _ONE_PLACE)
    grade = standard.grade(total)
    return ScoreTree(
        total=total,
        grade=grade.code,
        grade_name=grade.name,
        version=standard.version,
        at=at,
        vetoes=vetoes,
        haves=haves,
        points=points,
        assessable_weight=base,
        precise_total=precise,
        uncapped_total=_half_up(uncapped, _ONE_PLACE),
    )


def indicator_points(indicator: Indicator, x: Fraction, weight: Decimal) -> Decimal:
    """Points of one indicator whose ratio is x, out of a weight, to four places."""
    floor, full = Fraction(indicator.floor), Fraction(indicator.full)
    part = min(max((x - floor) / (full - floor), Fraction(0)), Fraction(1))
    return _decimal(Fraction(weight) * part)


def _have(have: Have, given: Mapping[str, IndicatorInput]) -> HaveScore:
    inputs = {
        i.code: given.get(i.code, IndicatorInput(i.code, assessable=False)) for i in have.indicators
    }
    standings = {i.code: _standing(i, inputs[i.code]) for i in have.indicators}
    assessable = _weight(have, standings, without=(Standing.NOT_ASSESSABLE,))
    applicable = _weight(
        have, standings, without=(Standing.NOT_ASSESSABLE, Standing.NOT_APPLICABLE)
    )
    base = assessable if applicable else _ZERO
    stretch = Fraction(base) / Fraction(applicable) if applicable else Fraction(0)
    scored = tuple(
        _indicator(i, inputs[i.code], standings[i.code], stretch) for i in have.indicators
    )
    points = sum((i.score for i in scored), _ZERO)
    return HaveScore(
        have.code, have.name, have.weight, base, points, _share(points, base, have.weight), scored
    )


def _standing(indicator: Indicator, given: IndicatorInput) -> Standing:
    if not given.assessable:
        return Standing.NOT_ASSESSABLE
    if given.denominator:
        return Standing.SCORED
    match indicator.na_policy:
        case NaPolicy.REDISTRIBUTE:
            return Standing.NOT_APPLICABLE
        case NaPolicy.FULL:
            return Standing.EMPTY_FULL
        case NaPolicy.FULL_IF_REVIEWED if given.is_reviewed:
            return Standing.EMPTY_FULL
        case _:
            return Standing.EMPTY_ZERO


def _weight(
    have: Have, standings: Mapping[str, Standing], *, without: tuple[Standing, ...]
) -> Decimal:
    return sum((i.weight for i in have.indicators if standings[i.code] not in without), _ZERO)


def _indicator(
    indicator: Indicator, given: IndicatorInput, standing: Standing, stretch: Fraction
) -> IndicatorScore:
    weight = _decimal(Fraction(indicator.weight) * stretch)
    x = Fraction(given.numerator) / Fraction(given.denominator) if given.denominator else None
    match standing:
        case Standing.SCORED:
            points = indicator_points(indicator, x or Fraction(0), weight)
        case Standing.EMPTY_FULL:
            points = weight
        case Standing.EMPTY_ZERO:
            points = _ZERO
        case _:
            weight = indicator.weight if standing is Standing.NOT_ASSESSABLE else _ZERO
            points = _ZERO
    return IndicatorScore(
        code=indicator.code,
        name=indicator.name,
        weight=weight,
        standard_weight=indicator.weight,
        floor=indicator.floor,
        full=indicator.full,
        numerator=given.numerator,
        denominator=given.denominator,
        ratio=None if x is None else _decimal(x, _RATIO_PLACES),
        score=points,
        standing=standing,
        records=given.records,
    )


def _share(points: Decimal, base: Decimal, whole: Decimal) -> Decimal:
    return _decimal(Fraction(points) / Fraction(base) * Fraction(whole)) if base else _ZERO


def _decimal(value: Fraction, places: Decimal = _FOUR_PLACES) -> Decimal:
    return _half_up(Decimal(value.numerator) / Decimal(value.denominator), places)


def _half_up(value: Decimal, places: Decimal) -> Decimal:
    return value.quantize(places, rounding=ROUND_HALF_UP)
