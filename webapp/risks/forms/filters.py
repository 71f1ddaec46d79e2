"""Query strings as what is asked for; what makes no sense counts as nothing."""

from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from werkzeug.datastructures import MultiDict

from webapp.platform.paging import PageRequest
from webapp.risks.rules.filters import LedgerFilter, Sort, View
from webapp.risks.rules.kept_preview import RowView
from webapp.standards.accident_types import accident_types
from webapp.standards.risk_methods import ControlLevel, RiskLevel

Args = MultiDict[str, str]
Choice = TypeVar("Choice", bound=StrEnum)

LONGEST = 60


def ledger_filter(args: Args, person_id: UUID | None) -> LedgerFilter:
    """Which rows of the ledger; ``person_id`` is who looks."""
    accident = args.get("accident", "")
    return LedgerFilter(
        text=said(args),
        view=one_of(View, args.get("view", "")) or View.ALL,
        level=one_of(RiskLevel, args.get("level", "")),
        department_id=as_id(args.get("department", "")),
        accident_type=accident if accident in {t.code for t in accident_types()} else "",
        control_level=one_of(ControlLevel, args.get("control", "")),
        person_id=person_id,
        sort=one_of(Sort, args.get("sort", "")) or Sort.GRAVITY,
    )


def row_view(args: Args) -> RowView:
    """Which rows of a preview; those to be corrected when nothing is said."""
    return one_of(RowView, args.get("rows", "")) or RowView.FINDINGS


def page_request(args: Args, size: int = 20) -> PageRequest:
    """Which page of a list."""
    return PageRequest(args.get("page", 1, int), size)


def said(args: Args) -> str:
    """What was typed into the search box."""
    return args.get("q", "").replace("\0", "").strip()[:LONGEST]


def one_of(choices: type[Choice], value: str) -> Choice | None:
    """The choice of that value, None for anything else."""
    return next((choice for choice in choices if choice.value == value), None)


def as_id(value: str) -> UUID | None:
    """The id in a text, None for anything else."""
    try:
        return UUID(value)
    except ValueError:
        return None
