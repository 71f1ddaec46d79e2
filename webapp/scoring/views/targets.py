"""What the score page shows of its tree: words, and where each record and each advice leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for

from webapp.accounts.access import may_open
from webapp.scoring.queries.record_rows import RecordRow
from webapp.scoring.queries.score import HistoryDay
from webapp.scoring.rules.advice import Advice
from webapp.scoring.rules.explanation import (
    MOST_RECORDS,
    explain,
    explain_have,
    fraction_words,
    number,
    percent,
)
from webapp.scoring.rules.score import HaveScore, IndicatorScore, ScoreTree
from webapp.standards.five_have import FiveHave

RECORD_ENDPOINTS = {
    "hazard": ("hazards.hazard_show", "hazard_id"),
    "risk_event": ("risks.event_show", "event_id"),
    "risk_point": ("risks.point_show", "point_id"),
    "self_check": ("hazards.check_show", "check_id"),
    "check_plan": ("hazards.plan_detail", "plan_id"),
    "post": ("enterprise.responsibilities_post", "post_id"),
}
# Pages that only the enterprise's own people have.
OWN_ENDPOINTS = {
    "person": ("enterprise.person_show", "person_id"),
    "department": ("enterprise.department_edit", "department_id"),
    "check_task": ("hazards.check_fill", "task_id"),
}
ADVICE_ENDPOINTS = {
    "H2": "risks.ledger",
    "H2.5": "risks.duty_list",
    "H3.1": "hazards.plan_list",
    "H3.2": "hazards.today",
    "H3": "hazards.hazard_list",
    "H4.1": "accounts.member_list",
    "H4": "enterprise.file_show",
}


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A record with its address, where there is a page for it."""

    row: RecordRow
    href: str | None


@dataclass(frozen=True, slots=True)
class ShownIndicator:
    """An indicator in words."""

    title: str
    points: str
    weight: str
    done: str
    ratio: str
    formula: str
    records: tuple[ShownRecord, ...]
    all_href: str | None
    """Where all records are listed, when these are only the first."""


@dataclass(frozen=True, slots=True)
class ShownHave:
    """A have in words, with its indicators."""

    score: HaveScore
    points: str
    weight: str
    words: str
    meter: float
    meter_most: float
    meter_words: str
    anchor: str
    indicators: tuple[ShownIndicator, ...]


def shown(
    tree: ScoreTree, rows: Mapping[UUID, RecordRow], enterprise_id: UUID | None
) -> tuple[ShownHave, ...]:
    """The whole tree as the template prints it; `enterprise_id` is None for one's own."""
    return tuple(
        ShownHave(
            have,
            number(have.scaled, places=1) if have.assessable_weight else "—",
            number(have.weight),
            explain_have(have),
            float(have.scaled),
            float(have.weight),
            f"{number(have.scaled, places=1)} / {number(have.weight)}"
            if have.assessable_weight
            else "尚未纳入",
            f"#{have.code}",
            tuple(_indicator(indicator, rows, enterprise_id) for indicator in have.indicators),
        )
        for have in tree.haves
    )


def _indicator(
    indicator: IndicatorScore, rows: Mapping[UUID, RecordRow], enterprise_id: UUID | None
) -> ShownIndicator:
    records = [rows[ref.id] for ref in indicator.records[:MOST_RECORDS] if ref.id in rows]
    is_cut = len(indicator.records) > MOST_RECORDS
    return ShownIndicator(
        f"{indicator.name} {indicator.code}",
        number(indicator.score, places=2) if indicator.assessable else "—",
        number(indicator.weight),
        fraction_words(indicator),
        "" if indicator.ratio is None else percent(indicator.ratio),
        explain(indicator),
        shown_records(records, enterprise_id),
        url_for("scoring.score_records", code=indicator.code, enterprise_id=enterprise_id)
        if is_cut
        else None,
    )


def shown_records(rows: Iterable[RecordRow], enterprise_id: UUID | None) -> tuple[ShownRecord, ...]:
    """Records with their addresses; `enterprise_id` is None for one's own."""
    return tuple(ShownRecord(row, _address(row, enterprise_id)) for row in rows)


def _address(row: RecordRow, enterprise_id: UUID | None) -> str | None:
    """The record's own page where the viewer may open it, else that of what it leads to."""
    own = OWN_ENDPOINTS.get(row.kind) if enterprise_id is None else None
    if own is not None and row.leads_to != "self_check" and may_open(own[0]):
        own_values: dict[str, Any] = {own[1]: row.id}
        return url_for(own[0], **own_values)
    found = RECORD_ENDPOINTS.get(row.leads_to)
    if found is None or not may_open(found[0]):
        return None
    values: dict[str, Any] = {found[1]: row.target, "enterprise_id": enterprise_id}
    return url_for(found[0], **values)


@dataclass(frozen=True, slots=True)
class HistoryChart:
    """The history as a line and as the table behind it, the newest row first."""

    values: list[tuple[date, float]]
    rows: list[tuple[str, str, str]]


def history_chart(days: Iterable[HistoryDay], standard: FiveHave) -> HistoryChart:
    """The score's days for the chart."""
    found = list(days)
    return HistoryChart(
        [(day.day, float(day.total)) for day in found],
        [
            (day.day.isoformat(), str(day.total), standard.grade(day.total).name)
            for day in reversed(found)
        ],
    )


def advice_items(advice: Iterable[Advice], *, is_own: bool) -> list[dict[str, object]]:
    """The advisor's lines; who has no part in the enterprise's work only reads them."""
    return [
        {
            "points": item.points,
            "label": item.action.words,
            "href": _advice_address(item.action.indicator) if is_own else None,
            "note": item.action.detail,
        }
        for item in advice
    ]


def _advice_address(indicator: str) -> str | None:
    code = indicator if indicator in ADVICE_ENDPOINTS else indicator.split(".")[0]
    endpoint = ADVICE_ENDPOINTS[code]
    return url_for(endpoint) if may_open(endpoint) else None
