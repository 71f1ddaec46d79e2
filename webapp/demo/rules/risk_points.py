"""Typical risk points of the trades in Anyang, from which the demo enterprises take theirs."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from webapp.demo.rules.sheets import blocks
from webapp.standards.accident_types import AccidentType, accident_type

FACTORS = ("likelihood", "exposure", "consequence")


@dataclass(frozen=True, slots=True)
class TypicalEvent:
    """A step, what can go wrong there, both gradings and the five measures in their order."""

    step: str
    source: str
    accident: AccidentType
    inherent: dict[str, Decimal]
    residual: dict[str, Decimal]
    measures: tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class TypicalPoint:
    """A risk point as it is found in many enterprises; ``kind`` place, equipment, activity."""

    name: str
    kind: str
    trades: frozenset[str]
    events: tuple[TypicalEvent, ...]


@cache
def typical_points() -> dict[str, TypicalPoint]:
    """All typical points by name."""
    found = {}
    for block in blocks("risk_points.psv"):
        name, kind, trades = block.head
        events = tuple(_event(cells) for cells in block.lines)
        found[name] = TypicalPoint(name, kind, frozenset(trades.split()), events)
    return found


def _event(cells: tuple[str, ...]) -> TypicalEvent:
    step, source, accident, inherent, residual, *measures = cells
    one, two, three, four, five = measures
    return TypicalEvent(
        step,
        source,
        accident_type(accident),
        _factors(inherent),
        _factors(residual),
        (one, two, three, four, five),
    )


def _factors(cell: str) -> dict[str, Decimal]:
    return dict(zip(FACTORS, map(Decimal, cell.split(",")), strict=True))
