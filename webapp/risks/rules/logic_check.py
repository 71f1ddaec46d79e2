"""Does a ledger agree with itself: what no single row shows, or no entry refuses, as findings.

A finding is no fault by itself; it names what a person must look at, and leads to the row. The
checks follow the self-inspection of double-prevention systems (机械企业双重预防指南等) and GB/T
13861-2022, GB 6441-1986 for what a type of accident can do.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from webapp.risks.rules.import_ledger.words import squeezed
from webapp.risks.rules.words import number_words, type_names
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, RiskLevel


class LogicCode(StrEnum):
    """What can be wrong with a ledger as a whole, the gravest first."""

    RESIDUAL_ABOVE = "residual_above"
    MAJOR_UNGUARDED = "major_unguarded"
    MAJOR_UNOWNED = "major_unowned"
    LOWERED_UNMEASURED = "lowered_unmeasured"
    FACTORS_TOO_MILD = "factors_too_mild"
    LEVELS_DIFFER = "levels_differ"
    UNCHECKED = "unchecked"
    OWNER_LEFT = "owner_left"

    @property
    def words(self) -> str:
        """The check's name."""
        return _WORDS[self][0]

    @property
    def advice(self) -> str:
        """What to do about it."""
        return _WORDS[self][1]


_WORDS = {
    LogicCode.RESIDUAL_ABOVE: (
        "残余高于固有",
        "采取措施后的等级不应高于不采取措施时，请核对两次评价。",
    ),
    LogicCode.MAJOR_UNGUARDED: (
        "重大风险无应急措施",
        "重大风险必须有应急处置措施，请补充。",
    ),
    LogicCode.MAJOR_UNOWNED: (
        "重大风险未由公司级管控",
        "重大风险由公司级领导负责管控，请指定管理岗位的责任人并把管控层级设为公司级。",
    ),
    LogicCode.LOWERED_UNMEASURED: (
        "没有措施却降了等级",
        "残余等级低于固有等级要靠措施，请补充措施或重新评价。",
    ),
    LogicCode.FACTORS_TOO_MILD: (
        "取值与事故类型矛盾",
        "这类事故可能致人死亡，固有评价的后果取值偏轻，请重新评价。",
    ),
    LogicCode.LEVELS_DIFFER: (
        "同一风险等级不一",
        "同样的危险源和事件在不同风险点等级不同，请核对是否确有差别。",
    ),
    LogicCode.UNCHECKED: (
        "措施没有排查",
        "没有人排查的措施等于没有，请为它安排排查计划。",
    ),
    LogicCode.OWNER_LEFT: (
        "责任人已离职",
        "请改由在职人员负责。",
    ),
}


@dataclass(frozen=True, slots=True)
class LogicRow:
    """What the checks look at in one risk in force."""

    event_id: UUID
    number: int
    point: str
    hazard_source: str
    description: str
    accident_types: tuple[str, ...]
    level: RiskLevel
    inherent_level: RiskLevel
    inherent_factors: Mapping[str, Decimal]
    control_level: ControlLevel
    kinds: frozenset[MeasureCategory]
    owner_name: str
    owner_left_on: date | None


@dataclass(frozen=True, slots=True)
class LogicFinding:
    """One thing to look at, and the risk it is about."""

    code: LogicCode
    event_id: UUID
    number: int
    point: str
    description: str
    words: str

    @property
    def number_words(self) -> str:
        """The risk's number as people call it."""
        return number_words(self.number)


# GB 6441 types by which people die as a rule, not by exception: electric shock, drowning, falls
# from height, collapse, roof falls, inrush, blasting, explosions, poisoning and suffocation.
DEADLY = frozenset({"05", "06", "09", *(str(n) for n in range(10, 20))})
# The mildest consequences of the methods' tables: first aid, slight injury.
MILD = {"consequence": Decimal(1), "severity": Decimal(2)}


def logic_findings(rows: Iterable[LogicRow]) -> tuple[LogicFinding, ...]:
    """All findings, check by check in the order of their gravity, then by the ledger's number."""
    known = tuple(rows)
    found = [finding for row in known for finding in _of_row(row)]
    found += _differing(known)
    order = tuple(LogicCode)
    return tuple(sorted(found, key=lambda each: (order.index(each.code), each.number)))


@dataclass(frozen=True, slots=True)
class Check:
    """One check with what it found."""

    code: LogicCode
    findings: tuple[LogicFinding, ...]


def by_check(findings: Iterable[LogicFinding]) -> tuple[Check, ...]:
    """Every check in order, those that found nothing too."""
    found: dict[LogicCode, list[LogicFinding]] = defaultdict(list)
    for finding in findings:
        found[finding.code].append(finding)
    return tuple(Check(code, tuple(found[code])) for code in LogicCode)


def _of_row(row: LogicRow) -> Iterable[LogicFinding]:
    if row.level.is_above(row.inherent_level):
        words = f"固有{row.inherent_level.full_words}，残余{row.level.full_words}"
        yield _finding(row, LogicCode.RESIDUAL_ABOVE, words)
    if row.level is RiskLevel.MAJOR:
        yield from _of_major(row)
    if row.inherent_level.is_above(row.level) and not row.kinds:
        words = f"由{row.inherent_level.full_words}降为{row.level.full_words}，没有一条措施"
        yield _finding(row, LogicCode.LOWERED_UNMEASURED, words)
    deadly = DEADLY.intersection(row.accident_types)
    if deadly and _is_mild(row.inherent_factors):
        words = f"{type_names(tuple(sorted(deadly)))}的后果只取到轻微"
        yield _finding(row, LogicCode.FACTORS_TOO_MILD, words)
    if row.owner_left_on is not None:
        left = row.owner_left_on
        words = f"{row.owner_name} 已于 {left.year} 年 {left.month} 月 {left.day} 日离职"
        yield _finding(row, LogicCode.OWNER_LEFT, words)


def _of_major(row: LogicRow) -> Iterable[LogicFinding]:
    if MeasureCategory.EMERGENCY not in row.kinds:
        yield _finding(row, LogicCode.MAJOR_UNGUARDED, "五类措施里没有应急处置")
    if row.control_level is not ControlLevel.COMPANY:
        words = f"现由{row.control_level.words}管控"
        yield _finding(row, LogicCode.MAJOR_UNOWNED, words)
    elif not row.owner_name:
        yield _finding(row, LogicCode.MAJOR_UNOWNED, "还没有指定责任人")


def _is_mild(factors: Mapping[str, Decimal]) -> bool:
    return any(factors[code] <= most for code, most in MILD.items() if code in factors)


def _differing(rows: Iterable[LogicRow]) -> Iterable[LogicFinding]:
    """The same source and event, graded differently without measures: each of its rows."""
    same: dict[tuple[str, str], list[LogicRow]] = defaultdict(list)
    for row in rows:
        same[squeezed(row.hazard_source), squeezed(row.description)].append(row)
    for group in same.values():
        levels = {row.inherent_level for row in group}
        if len(levels) > 1:
            ordered = [level for level in RiskLevel if level in levels]
            words = "固有等级有" + "、".join(level.full_words for level in ordered)
            yield from (_finding(row, LogicCode.LEVELS_DIFFER, words) for row in group)


def _finding(row: LogicRow, code: LogicCode, words: str) -> LogicFinding:
    return LogicFinding(code, row.event_id, row.number, row.point, row.description, words)
