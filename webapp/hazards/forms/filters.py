"""Lists as their addresses narrow them; a value that means nothing is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import request

from webapp.hazards.forms.photos import uuid_of
from webapp.hazards.rules.filters import HazardFilter, PlanFilter
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardSource, HazardState
from webapp.platform.paging import PageRequest
from webapp.platform.web.forms import printable
from webapp.risks.rules.control_levels import Frequency

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Viewing:
    """Who looks, as far as "mine" needs to know."""

    user_id: UUID | None
    person_id: UUID | None


def choice(kind: type[Choice], name: str) -> Choice | None:
    """The choice that the address names, if it is one."""
    value = request.args.get(name, "")
    return next((each for each in kind if each.value == value), None)


def page_request(size: int = 20) -> PageRequest:
    """The page that the address asks for."""
    return PageRequest(request.args.get("page", 1, int), size)


def text(name: str, most: int = 100) -> str:
    """A search text, bounded, without what nobody can see and without blanks at its ends."""
    return printable(request.values.get(name, "")).strip()[:most]


def hazard_filter(who: Viewing, today: date) -> HazardFilter:
    """What the hazards' list is narrowed to."""
    state = request.args.get("state", "")
    mine = request.args.get("mine", "")
    return HazardFilter(
        today,
        state=choice(HazardState, "state"),
        is_open=state == "open",
        awaits_reinspection=state == "reinspection",
        level=choice(HazardLevel, "level"),
        source=choice(HazardSource, "source"),
        department_id=uuid_of(request.args.get("department")),
        is_overdue=request.args.get("due") == "overdue",
        due_today=request.args.get("due") == "today",
        assigned_to=who.person_id if mine == "assigned" else None,
        reported_by_user=who.user_id if mine == "reported" else None,
        point_id=uuid_of(request.args.get("point")),
        q=text("q"),
    )


def plan_filter() -> PlanFilter:
    """What the plans' list is narrowed to."""
    return PlanFilter(
        q=text("q"),
        department_id=uuid_of(request.args.get("department")),
        frequency=choice(Frequency, "frequency"),
        paused=request.args.get("paused") == "1",
        point_id=uuid_of(request.args.get("point")),
    )


def chosen(words: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """The filters that are on: each name with the word of its value."""
    found = []
    for name, choices in words.items():
        value = request.args.get(name, "")
        if value in choices:
            found.append((name, choices[value]))
    if q := text("q"):
        found.append(("q", f"“{q}”"))
    return found
