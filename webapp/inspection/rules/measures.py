"""What the overview compares regions by: one measure at a time, from sums, never from rates."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from webapp.inspection.rules.rollups import Better, number_words, per, per_hundred, rate


@dataclass(frozen=True, slots=True)
class Sums:
    """What the measures need of a region's sums."""

    enterprises: int
    risks_major: int
    overdue: int
    hazards_due: int
    hazards_on_time: int
    tasks_due: int
    tasks_on_time: int
    score_tenths: int
    score_moved_tenths: int


class Measure(StrEnum):
    """What the map is coloured by."""

    OVERDUE = "overdue"
    ON_TIME = "on_time"
    SCORE = "score"
    MAJOR = "major"

    @property
    def words(self) -> str:
        """The switch's word."""
        return _TRAITS[self].words

    @property
    def heading(self) -> str:
        """The map's heading."""
        return _TRAITS[self].heading

    @property
    def unit(self) -> str:
        """The unit of its numbers."""
        return _TRAITS[self].unit

    @property
    def better(self) -> Better:
        """Which direction is good."""
        return _TRAITS[self].better

    @property
    def limits(self) -> tuple[float, ...]:
        """The four limits of the map's five colours; the darker, the more of the measure."""
        return _TRAITS[self].limits


class RollupSort(StrEnum):
    """What the table of regions is ordered by."""

    MEASURE = "measure"
    REGION = "region"
    ENTERPRISES = "enterprises"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class _Traits:
    words: str
    heading: str
    unit: str
    better: Better
    limits: tuple[float, ...]


_TRAITS = {
    Measure.OVERDUE: _Traits("逾期隐患", "每百家企业逾期隐患", "条", Better.LOWER, (1, 3, 5, 10)),
    Measure.ON_TIME: _Traits("按期整改率", "隐患按期整改率", "%", Better.HIGHER, (70, 80, 90, 95)),
    Measure.SCORE: _Traits("五有分", "五有平均分", "分", Better.HIGHER, (60, 70, 80, 90)),
    Measure.MAJOR: _Traits("重大风险", "每百家企业重大风险", "条", Better.LOWER, (5, 10, 20, 40)),
}


def value_of(measure: Measure, sums: Sums) -> Decimal | None:
    """A region's number; None where there is nothing to divide by."""
    match measure:
        case Measure.OVERDUE:
            return per_hundred(sums.overdue, sums.enterprises)
        case Measure.ON_TIME:
            return rate(sums.hazards_on_time, sums.hazards_due)
        case Measure.SCORE:
            return average_score(sums)
        case Measure.MAJOR:
            return per_hundred(sums.risks_major, sums.enterprises)


def average_score(sums: Sums) -> Decimal | None:
    """The mean five-have score; tenths of points go in, points come out."""
    return per(1, sums.score_tenths, sums.enterprises * 10)


def score_moved(sums: Sums) -> Decimal | None:
    """By how many points the mean score moved in the last 30 days."""
    return per(1, sums.score_moved_tenths, sums.enterprises * 10)


def band_words(measure: Measure) -> tuple[str, ...]:
    """The map's scale: 不足 1 条, 1–3, …, 10 以上."""
    limits = measure.limits
    first = f"不足 {limits[0]:g}{measure.unit}"
    middle = [f"{low:g}–{high:g}" for low, high in pairwise(limits)]
    return (first, *middle, f"{limits[-1]:g} 以上")


def words_of(measure: Measure, value: Decimal | None) -> str:
    """A number of the measure as the map and its table show it."""
    return number_words(value, "%" if measure is Measure.ON_TIME else "")
