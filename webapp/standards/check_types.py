"""Types of hazard investigation, how often each is due, and the usual limits of rectification."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from webapp.standards.loader import table
from webapp.standards.risk_methods import RiskLevel


class CheckType(StrEnum):
    """Types of investigation; the last four are only origins of a hazard."""

    ROUTINE = "routine"
    COMPREHENSIVE = "comprehensive"
    SPECIALIST = "specialist"
    SEASONAL = "seasonal"
    KEY_PERIOD = "key_period"
    ANALOGY = "analogy"
    RESUMPTION = "resumption"
    EXPERT = "expert"
    CONTROL_FAILURE = "control_failure"
    OTHER = "other"
    INSPECTION = "inspection"
    CITIZEN_REPORT = "citizen_report"

    @property
    def words(self) -> str:
        """The type's Chinese name."""
        return check_type(self).name


@dataclass(frozen=True, slots=True)
class CheckTypeRow:
    """A type with its number in data exchange and who does it."""

    code: CheckType
    name: str
    exchange: str
    who: str
    is_origin_only: bool


class Unit(StrEnum):
    """Units of a period."""

    HOUR = "hour"
    SHIFT = "shift"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often someone has to check; no number where an occasion and not the clock decides.

    ``who`` is a control level in the general scope, otherwise the role's name.
    """

    scope: str
    who: str
    types: tuple[CheckType, ...]
    words: str
    every: int | None
    unit: Unit | None
    levels: tuple[RiskLevel, ...]


@dataclass(frozen=True, slots=True)
class Escalation:
    """From how many overdue days on, who is told."""

    overdue_days: int
    to: str
    words: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Usual limits of a general hazard; the law sets none, an order's own date always wins."""

    immediate_hours: int
    urgent_days: int
    serious_days: int
    ordinary_days: int
    longest_days: int
    extensions: int
    remind_days: tuple[int, ...]
    major_report_hours: int
    escalations: tuple[Escalation, ...]


@cache
def check_types() -> tuple[CheckTypeRow, ...]:
    """All types in order."""
    return tuple(
        CheckTypeRow(
            CheckType(row["code"]),
            row["name"],
            row["exchange"],
            row["who"],
            row["is_origin_only"],
        )
        for row in table("check_types").content["type"]
    )


def check_type(code: CheckType) -> CheckTypeRow:
    """A type's row."""
    return next(row for row in check_types() if row.code is code)


@cache
def frequencies(scope: str = "general") -> tuple[Frequency, ...]:
    """Frequencies of a scope: ``general``, or ``hazardous_chemicals`` (应急〔2019〕78号)."""
    return tuple(
        Frequency(
            row["scope"],
            row["who"],
            tuple(CheckType(t) for t in row["types"]),
            row["words"],
            row.get("every"),
            Unit(row["unit"]) if "unit" in row else None,
            tuple(RiskLevel(level) for level in row.get("levels", RiskLevel)),
        )
        for row in table("check_types").content["frequency"]
        if row["scope"] == scope
    )


@cache
def limits() -> Limits:
    """The usual limits and escalations."""
    content = table("check_types").content
    row = content["limits"]
    return Limits(
        **{key: value for key, value in row.items() if key != "remind_days"},
        remind_days=tuple(row["remind_days"]),
        escalations=tuple(Escalation(**e) for e in content["escalation"]),
    )


@cache
def exchange_codes(field: str) -> Mapping[str, str]:
    """Numbers and names of ``specialty``, ``nature`` or ``occurrence`` in data exchange."""
    return MappingProxyType(dict(table("check_types").content["exchange"][field]))
