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
from webapp.scoring.rules.explanation import explain, explain_have, fraction_words, number, percent
from webapp.scoring.rules.score import HaveScore, IndicatorScore, ScoreTree
from webapp.standards.five_have import FiveHave

RECORD_ENDPOINTS = {
    "hazard": ("hazards.hazard_show", "hazard_id"),
    "risk_event": ("risks.event_show", "event_id"),
    "risk_point": ("risks.point_show", "point_id"),
}
ADVICE_ENDPOINTS = {
    "H2": "risks.ledger",
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
    records = [rows[ref.id] for ref in indicator.records if ref.id in rows]
    return ShownIndicator(
        f"{indicator.name} {indicator.code}",
        number(indicator.score, places=2) if indicator.assessable else "—",
        number(indicator.weight),
        fraction_words(indicator),
        "" if indicator.ratio is None else percent(indicator.ratio),
        explain(indicator),
        tuple(ShownRecord(row, _address(row, enterprise_id)) for row in records),
    )


def _address(row: RecordRow, enterprise_id: UUID | None) -> str | None:
    if row.kind not in RECORD_ENDPOINTS:
        return None
    endpoint, argument = RECORD_ENDPOINTS[row.kind]
    values: dict[str, Any] = {argument: row.id, "enterprise_id": enterprise_id}
    return url_for(endpoint, **values)


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
