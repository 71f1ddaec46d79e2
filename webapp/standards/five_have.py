"""The five-have standard: haves, indicators with their weights, grades and vetoes, by version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from webapp.standards.loader import UnknownCode, table, version_on


class Mode(StrEnum):
    """Who fills an indicator: the records, an assessor, or both."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"
    MIXED = "mixed"


class NaPolicy(StrEnum):
    """What an empty denominator means."""

    ZERO = "zero"
    FULL = "full"
    REDISTRIBUTE = "redistribute"
    FULL_IF_REVIEWED = "full_if_no_trigger_and_annual_done"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; it scores weight × clamp((x − floor) ÷ (full − floor), 0, 1).

    ``window`` is ``now``, a number of days such as ``90d``, ``quarter`` or ``year``.
    """

    code: str
    have: str
    name: str
    weight: Decimal
    floor: Decimal
    full: Decimal
    mode: Mode
    na_policy: NaPolicy
    window: str
    formula: str
    evidence: tuple[str, ...]

    @property
    def window_days(self) -> int | None:
        """The window's length where it is a number of days."""
        return int(self.window[:-1]) if self.window[:-1].isdigit() else None


@dataclass(frozen=True, slots=True)
class Have:
    """One of the five haves with its indicators."""

    code: str
    name: str
    weight: Decimal
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the total from which it holds."""

    code: str
    name: str
    lower: Decimal


@dataclass(frozen=True, slots=True)
class Veto:
    """A fact that caps the total whatever the indicators say."""

    code: str
    text: str
    is_automatic: bool
    cap: Decimal


@dataclass(frozen=True, slots=True)
class FiveHave:
    """The whole standard of one version."""

    version: str
    haves: tuple[Have, ...]
    grades: tuple[Grade, ...]
    vetoes: tuple[Veto, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in order."""
        return tuple(i for have in self.haves for i in have.indicators)

    def indicator(self, code: str) -> Indicator:
        """An indicator by its code such as H3.2; raises UnknownCode."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise UnknownCode(f"评分标准没有指标“{code}”。")

    def veto(self, code: str) -> Veto:
        """A veto by its code; raises UnknownCode."""
        for veto in self.vetoes:
            if veto.code == code:
                return veto
        raise UnknownCode(f"评分标准没有否决项“{code}”。")

    def grade(self, total: Decimal) -> Grade:
        """The grade of a total; the lowest one has no lower limit."""
        return next((g for g in self.grades if total >= g.lower), self.grades[-1])


@cache
def five_have(version: str | None = None) -> FiveHave:
    """The standard in one version, the newest when none is named; raises UnknownCode."""
    source = table("five_have", version)
    return FiveHave(
        source.version,
        tuple(_have(row) for row in source.content["have"]),
        tuple(Grade(g["code"], g["name"], Decimal(g["from"])) for g in source.content["grade"]),
        tuple(
            Veto(v["code"], v["text"], v["is_automatic"], Decimal(v["cap"]))
            for v in source.content["veto"]
        ),
    )


def five_have_on(day: date) -> FiveHave:
    """The standard that held on a day."""
    return five_have(version_on("five_have", day))


def _have(row: Mapping[str, Any]) -> Have:
    return Have(
        row["code"],
        row["name"],
        Decimal(row["weight"]),
        tuple(_indicator(i, row["code"]) for i in row["indicator"]),
    )


def _indicator(row: Mapping[str, Any], have: str) -> Indicator:
    return Indicator(
        code=row["code"],
        have=have,
        name=row["name"],
        weight=Decimal(row["weight"]),
        floor=Decimal(row["floor"]),
        full=Decimal(row["full"]),
        mode=Mode(row["mode"]),
        na_policy=NaPolicy(row["na_policy"]),
        window=row["window"],
        formula=row["formula"],
        evidence=tuple(row["evidence"]),
    )
