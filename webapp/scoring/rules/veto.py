"""Vetoes: facts that cap the total whatever the indicators say.

V2, V5 and V7 are read from records; V1, V4 and the two that an assessor finds have no records in
this edition of the standard's use and never fire by themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from webapp.standards.five_have import FiveHave


@dataclass(frozen=True, slots=True)
class VetoFacts:
    """What the vetoes look at, as counts of records.

    ``overdue_majors`` are major hazards past their date without an approved extension,
    ``checks`` the check records in the window of 90 days, ``misjudged`` the risks that a direct
    rule makes major and the ledger does not. ``majors_due_today`` will be overdue tomorrow.
    """

    unreported_majors: int = 0
    overdue_majors: int = 0
    majors_due_today: int = 0
    risks: int = 0
    checks: int = 0
    misjudged: int = 0


@dataclass(frozen=True, slots=True)
class VetoHit:
    """A veto that holds, why, and the cap it sets."""

    code: str
    text: str
    cap: Decimal
    reason: str


def vetoes(facts: VetoFacts, standard: FiveHave) -> tuple[VetoHit, ...]:
    """The vetoes that hold, in the standard's order."""
    reasons = {
        "V2": _major_reason(facts),
        "V5": _record_reason(facts),
        "V7": f"{facts.misjudged} 条直接判定为重大的风险未按重大风险管控" * bool(facts.misjudged),
    }
    return tuple(
        VetoHit(veto.code, veto.text, veto.cap, reasons[veto.code])
        for veto in standard.vetoes
        if reasons.get(veto.code)
    )


def capped(total: Decimal, hits: Iterable[VetoHit]) -> Decimal:
    """The total under the lowest cap of the vetoes that hold."""
    return min([total, *(hit.cap for hit in hits)])


def _major_reason(facts: VetoFacts) -> str:
    parts = []
    if facts.unreported_majors:
        parts.append(f"{facts.unreported_majors} 条重大事故隐患未报告")
    if facts.overdue_majors:
        parts.append(f"{facts.overdue_majors} 条重大事故隐患逾期未治理")
    return "，".join(parts)


def _record_reason(facts: VetoFacts) -> str:
    if not facts.risks:
        return "尚未建立风险清单"
    return "" if facts.checks else "近 90 天没有排查记录"
