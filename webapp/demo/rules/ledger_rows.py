"""A plant's risk ledger as its safety officer would have typed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from webapp.demo.rules.chance import chance_of
from webapp.demo.rules.plants import Place, Plant
from webapp.demo.rules.risk_points import TypicalEvent
from webapp.risks.rules.assessment import Assessment, assess
from webapp.standards.refusal import Refusal
from webapp.standards.risk_methods import RiskLevel

_POINT_KINDS = {"place": "场所", "equipment": "设备设施", "activity": "作业活动"}
_CONTROL = {
    RiskLevel.MAJOR: "公司级",
    RiskLevel.SIGNIFICANT: "部门级",
    RiskLevel.MODERATE: "班组级",
    RiskLevel.LOW: "岗位级",
}
_CYCLES = {"公司级": "每月", "部门级": "每月", "班组级": "每周", "岗位级": "每周"}
# What is done every day in one plant is done every week in another.
_RARER = {Decimal(6): Decimal(3), Decimal(3): Decimal(2)}
_RARER_SHARE = 0.2
# What measures have not brought down as far as in the typical plant.
_LIKELIER = {Decimal("0.5"): Decimal(1), Decimal(1): Decimal(3)}
_LIKELIER_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One row of the ledger; values and levels are those that the factors give."""

    place: Place
    event: TypicalEvent
    inherent: Assessment
    residual: Assessment
    person: str

    @property
    def point_kind(self) -> str:
        """The kind of point as ledgers write it."""
        return _POINT_KINDS[self.place.typical.kind]

    @property
    def control(self) -> str:
        """The level that has to control the risk."""
        return _CONTROL[self.residual.level]

    @property
    def cycle(self) -> str:
        """How often its measures are looked at."""
        return _CYCLES[self.control]


def ledger_rows(plant: Plant) -> tuple[TypedRow, ...]:
    """All rows of a plant, point by point."""
    return tuple(row for place in plant.places for row in _rows(plant, place))


def _rows(plant: Plant, place: Place) -> Iterator[TypedRow]:
    chance = chance_of(f"{plant.key} {place.name}")
    for event in place.typical.events:
        inherent = _assessed(event.inherent)
        residual = _residual(event, inherent, chance)
        yield TypedRow(place, event, inherent, residual, _person(plant, place, residual.level))


def _residual(event: TypicalEvent, inherent: Assessment, chance: Random) -> Assessment:
    """The typical grading, now and then with a rarer exposure or a higher likelihood."""
    factors = dict(event.residual)
    usual = _assessed(factors)
    draw = chance.random()
    if draw < _RARER_SHARE and factors["exposure"] in _RARER:
        factors["exposure"] = _RARER[factors["exposure"]]
    elif draw > 1 - _LIKELIER_SHARE and factors["likelihood"] in _LIKELIER:
        factors["likelihood"] = _LIKELIER[factors["likelihood"]]
    varied = _assessed(factors)
    is_new_major = varied.level is RiskLevel.MAJOR is not usual.level
    return usual if is_new_major or varied.value > inherent.value else varied


def _assessed(factors: dict[str, Decimal]) -> Assessment:
    found = assess("lec", factors)
    if isinstance(found, Refusal):
        raise TypeError(found.message)
    return found


def _person(plant: Plant, place: Place, level: RiskLevel) -> str:
    match level:
        case RiskLevel.MAJOR:
            return plant.principal
        case RiskLevel.SIGNIFICANT:
            return plant.head(place.department)
        case RiskLevel.MODERATE:
            return plant.leader(place.department, place.team)
        case _:
            return plant.holders(place)[0]
