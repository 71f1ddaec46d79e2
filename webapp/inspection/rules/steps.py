"""An inspection's way as a row of steps, and the one thing to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from webapp.inspection.rules.cases import CaseState
from webapp.inspection.rules.enforcement import DocumentKind
from webapp.inspection.rules.orders import reinspect_by

_DONE = {
    CaseState.OPEN: 0,
    CaseState.RECORDED: 2,
    CaseState.ORDERED: 3,
    CaseState.REINSPECTED: 3,
    CaseState.ABANDONED: 0,
}


@dataclass(frozen=True, slots=True)
class PaperDates:
    """When a paper was issued, and for an order until when it runs."""

    issued_on: date
    deadline_on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step with its note; `state` is done, now or empty."""

    label: str
    note: str
    state: str


def steps_of(
    state: CaseState,
    papers: Mapping[DocumentKind, PaperDates],
    *,
    has_ordered: bool,
    inspected_on: date,
    closed_on: date | None,
) -> tuple[Step, ...]:
    """检查、记录、责令整改、复查、办结; without anything ordered the two between fall away."""
    record = papers.get(DocumentKind.INSPECTION_RECORD)
    order = papers.get(DocumentKind.RECTIFICATION_ORDER)
    opinion = papers.get(DocumentKind.REINSPECTION_OPINION)
    notes = [("现场检查", _day(inspected_on)), ("检查记录", _issued(record, "待签字"))]
    if has_ordered:
        notes.append(("责令整改", _issued(order, "未下达" if record else "未到")))
        notes.append(("整改复查", _issued(opinion, _until(order))))
    is_closed = state is CaseState.CLOSED
    notes.append(("办结", _day(closed_on) if is_closed and closed_on else "未到"))
    done = len(notes) if is_closed else _DONE[state]
    return tuple(
        Step(label, note, "done" if n < done else "now" if n == done else "")
        for n, (label, note) in enumerate(notes)
    )


def _issued(paper: PaperDates | None, otherwise: str) -> str:
    return f"{_day(paper.issued_on)} 签发" if paper else otherwise


def _until(order: PaperDates | None) -> str:
    if order is None or order.deadline_on is None:
        return "未到"
    return f"{_day(reinspect_by(order.deadline_on))}前"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def next_paper(state: CaseState, *, has_ordered: bool) -> DocumentKind | None:
    """The paper that comes next, or None when nothing is to be issued."""
    match state:
        case CaseState.OPEN:
            return DocumentKind.INSPECTION_RECORD
        case CaseState.RECORDED:
            return DocumentKind.RECTIFICATION_ORDER if has_ordered else None
        case CaseState.ORDERED | CaseState.REINSPECTED:
            return DocumentKind.REINSPECTION_OPINION
        case _:
            return None
