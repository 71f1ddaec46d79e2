"""The items of an order by their deadline, and when their re-inspection is due."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.inspection.rules.cases import Disposition, Finding, Outcome
from webapp.standards import work_calendar
from webapp.standards.refusal import Refusal

REINSPECT_WITHIN_DAYS = 10


@dataclass(frozen=True, slots=True)
class OrderGroup:
    """Items that share a deadline, as the order's sentence names them."""

    due_on: date
    numbers: tuple[int, ...]

    @property
    def number_words(self) -> str:
        """The items' numbers as the order prints them: 1、3—5."""
        return "、".join(_runs(self.numbers))


def ordered_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that an order names, in their order."""
    found = [each for each in findings if each.disposition is Disposition.ORDER]
    return tuple(sorted(found, key=lambda each: each.number))


def order_groups(findings: Iterable[Finding]) -> tuple[OrderGroup, ...]:
    """The ordered items grouped by deadline, the earliest first.

    Items are numbered anew from 1, as the order lists them. Raises ValueError for an item
    without a date, which `items_refusal` tells before.
    """
    groups: dict[date, list[int]] = {}
    for position, finding in enumerate(ordered_findings(findings), 1):
        if finding.due_on is None:
            raise ValueError("an ordered item has a date")
        groups.setdefault(finding.due_on, []).append(position)
    return tuple(OrderGroup(due, tuple(groups[due])) for due in sorted(groups))


def items_refusal(findings: Iterable[Finding], *, issued_on: date) -> Refusal | None:
    """Why an order cannot be made of these findings, or None."""
    items = ordered_findings(findings)
    if not items:
        return Refusal("没有需要责令限期整改的问题，不用下达整改指令。")
    for position, item in enumerate(items, 1):
        if item.due_on is None or item.due_on <= issued_on:
            return Refusal(f"第 {position} 项的整改期限要晚于签发日期。", "due_on")
        if item.due_on > issued_on + timedelta(days=item.longest_days):
            return Refusal(f"第 {position} 项的整改期限超过 {item.longest_days} 天。", "due_on")
    return None


def deadline_on(findings: Iterable[Finding]) -> date:
    """The last date of an order, from which its re-inspection is counted."""
    return order_groups(findings)[-1].due_on


def reinspect_by(deadline: date) -> date:
    """The last day for the re-inspection: ten days after the deadline ran out.

    Moved to the next working day where it falls on none.
    """
    return work_calendar.next_workday(deadline + timedelta(days=REINSPECT_WITHIN_DAYS))


def is_reinspection_late(deadline: date, today: date) -> bool:
    """Whether the officers are past their own date."""
    return today > reinspect_by(deadline)


def opinion_refusal(
    outcomes: Collection[tuple[int, Outcome | None, str]],
) -> Refusal | None:
    """Why an opinion is not complete, or None: an outcome for each item, words where not done.

    Each is the item's number in the order, its outcome and the officers' words.
    """
    for number, outcome, words in outcomes:
        if outcome is None:
            return Refusal(f"第 {number} 项还没有复查结论。", f"outcome-{number}")
        if outcome is Outcome.NOT_RECTIFIED and not words.strip():
            return Refusal(f"第 {number} 项未整改，请写明情况。", f"words-{number}")
    return None if outcomes else Refusal("没有可复查的整改项。")


def is_settled(outcomes: Iterable[Outcome | None]) -> bool:
    """Whether every item is rectified and the order can be closed."""
    return all(outcome is Outcome.RECTIFIED for outcome in outcomes)


def _runs(numbers: Iterable[int]) -> list[str]:
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    # Two neighbours read better side by side; a run begins with three.
    return [f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs]
