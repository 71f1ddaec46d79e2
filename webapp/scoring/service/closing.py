"""Counters, day amounts, regional deltas and the score: one part of the closing statement."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.platform.clock import local_date
from webapp.scoring.models.counters import STANDING
from webapp.scoring.queries.facts import Stored, facts, stored
from webapp.scoring.queries.ledger_counts import ledger_counts
from webapp.scoring.rules.advice import rescore
from webapp.scoring.rules.moves import (
    LEDGER_COUNTS,
    OWN_DAYS,
    RECORD_COUNTS,
    REGIONAL_COUNTS,
    DayMeasure,
    Move,
    Sum,
    summed,
)
from webapp.scoring.rules.score import ScoreTree
from webapp.standards.five_have import five_have

PART = "counters"

_ADDED = ", ".join(f"{name} = c.{name} + v.{name}" for name in RECORD_COUNTS)
_SCORED = ("standard_version", "total", "grade", "haves", "vetoes", "computed_at")
_AGAIN = ", ".join(f"{name} = excluded.{name}" for name in _SCORED)

# Kept under the 4,096 characters and 50 values up to which the driver keeps a statement parsed.
_PARTS = f"""
counted as (
  update enterprise_counter c set {_ADDED},
    last_check_at = greatest(c.last_check_at, v.checked_at),
    last_activity_at = greatest(c.last_activity_at, v.active_at)
  from jsonb_to_recordset(cast(:count_rows as jsonb)) as v(
    id uuid, active_at timestamptz, checked_at timestamptz,
    {", ".join(f"{name} int" for name in RECORD_COUNTS)})
  where c.enterprise_id = v.id),
seen as (
  insert into person_activity (enterprise_id, person_id, seen_on)
  select * from unnest(cast(:seen_ids as uuid[]), cast(:seen_people as uuid[]),
    cast(:seen_days as date[]))
  on conflict (enterprise_id, person_id)
    do update set seen_on = excluded.seen_on where person_activity.seen_on < excluded.seen_on),
dated as (
  insert into enterprise_day (enterprise_id, measure, day, amount)
  select * from unnest(cast(:day_ids as uuid[]), cast(:day_measures as text[]),
    cast(:day_days as date[]), cast(:day_amounts as bigint[]))
  on conflict (enterprise_id, measure, day)
    do update set amount = enterprise_day.amount + excluded.amount),
summed as (
  insert into region_delta (region_code, industry_code, measure, day, amount)
  select * from unnest(cast(:delta_regions as text[]), cast(:delta_industries as text[]),
    cast(:delta_measures as text[]), cast(:delta_days as date[]),
    cast(:delta_amounts as bigint[]))),
score as (
  select * from jsonb_to_recordset(cast(:score_rows as jsonb)) as v(
    id uuid, day date, version text, total numeric, grade text, haves jsonb, vetoes jsonb,
    at timestamptz)),
scored as (
  insert into enterprise_score (enterprise_id, {", ".join(_SCORED)})
  select id, version, total, grade, haves, array(select jsonb_array_elements_text(vetoes)), at
  from score on conflict (enterprise_id) do update set {_AGAIN}),
remembered as (
  insert into score_day (enterprise_id, day, total, grade, haves)
  select id, day, total, grade, haves from score
  on conflict (enterprise_id, day) do update
    set total = excluded.total, grade = excluded.grade, haves = excluded.haves)
"""  # noqa: S608 - names and windows are constants

_LEDGER_SET = ", ".join(f"{name} = :{name}" for name in LEDGER_COUNTS)
_LEDGER = text(
    f"update enterprise_counter set {_LEDGER_SET} where enterprise_id = :enterprise"  # noqa: S608 - names are constants
)


class CountersPart:
    """What this room adds to every closing statement that has moves."""

    def parts(self) -> str:
        """The common table expressions."""
        return _PARTS

    def parameters(self, session: Session, contributions: Sequence[Move]) -> dict[str, Any]:
        """Add up the moves, lock each counter row, compute each score anew."""
        sums = summed(contributions)
        at = max(total.at for total in sums)
        people = [person for total in sums for person in total.people]
        keys = [total.enterprise_id for total in sums]
        before = stored(session, keys, at, lock=True, people=people)
        values = Values()
        for total in sums:
            append(session, total, before[total.enterprise_id], values)
        return values.as_parameters()


class Values:
    """The arrays of the closing statement, filled enterprise by enterprise."""

    def __init__(self) -> None:
        self.rows: list[tuple[Sum, ScoreTree]] = []
        self.deltas: list[tuple[str, str, str, Any, int]] = []

    def as_parameters(self) -> dict[str, Any]:
        """The values that the closing statement binds."""
        days = [
            (total.enterprise_id, measure, day, amount)
            for total, _ in self.rows
            for (measure, day), amount in total.days.items()
        ]
        seen = [
            (total.enterprise_id, person, local_date(total.at))
            for total, _ in self.rows
            for person in sorted(total.people)
        ]
        return {
            "count_rows": json.dumps([_count_row(total) for total, _ in self.rows]),
            "seen_ids": [row[0] for row in seen],
            "seen_people": [row[1] for row in seen],
            "seen_days": [row[2] for row in seen],
            "day_ids": [row[0] for row in days],
            "day_measures": [row[1].value for row in days],
            "day_days": [row[2] for row in days],
            "day_amounts": [row[3] for row in days],
            "delta_regions": [row[0] for row in self.deltas],
            "delta_industries": [row[1] for row in self.deltas],
            "delta_measures": [row[2] for row in self.deltas],
            "delta_days": [row[3] for row in self.deltas],
            "delta_amounts": [row[4] for row in self.deltas],
            "score_rows": json.dumps([_score_row(total, tree) for total, tree in self.rows]),
        }


def _count_row(total: Sum) -> dict[str, Any]:
    return {
        "id": str(total.enterprise_id),
        "active_at": total.active_at and total.active_at.isoformat(),
        "checked_at": total.checked_at and total.checked_at.isoformat(),
        **{name: total.counts.get(name, 0) for name in RECORD_COUNTS},
    }


def _score_row(total: Sum, tree: ScoreTree) -> dict[str, Any]:
    return {
        "id": str(total.enterprise_id),
        "day": local_date(tree.at).isoformat(),
        "version": tree.version,
        "total": str(tree.total),
        "grade": tree.grade,
        "haves": haves_of(tree),
        "vetoes": [hit.code for hit in tree.vetoes],
        "at": total.at.isoformat(),
    }


def haves_of(tree: ScoreTree) -> dict[str, list[float]]:
    """Have code → points scaled to its weight and the weight, as stored beside the total."""
    return {have.code: [float(have.scaled), float(have.weight)] for have in tree.haves}


def append(session: Session, total: Sum, before: Stored, values: Values) -> None:
    """Add one enterprise's moves, its new score and what they do to its region."""
    if total.recounts_ledger:
        total = _with_ledger(session, total, before.row)
    tree = rescore(five_have(), facts(before, total), at=total.at)
    score_move, is_first = _score_move(tree, before.total_tenths)
    today = local_date(total.at)
    days = dict(total.days)
    if score_move and not is_first:
        days[DayMeasure.SCORE_MOVED, today] = score_move
    total = replace(total, days=days)
    values.rows.append((total, tree))
    place = (before.row["region_code"], before.row["industry_code"])
    moved = {name: total.counts.get(name, 0) for name in REGIONAL_COUNTS}
    moved |= {"score": score_move, "enterprises": int(is_first)}
    values.deltas += [(*place, name, STANDING, amount) for name, amount in moved.items() if amount]
    values.deltas += [
        (*place, measure.value, day, amount)
        for (measure, day), amount in days.items()
        if measure not in OWN_DAYS
    ]


def _with_ledger(session: Session, total: Sum, row: Any) -> Sum:
    """Store the ledger's counts as the records have them; what that moves is moved with the rest.

    The ledger changes seldom: its counts stay out of the closing statement of daily work.
    """
    counted = ledger_counts(session, total.enterprise_id)
    session.execute(_LEDGER, {"enterprise": total.enterprise_id, **counted})
    moves = {name: counted[name] - row[name] for name in LEDGER_COUNTS}
    return replace(total, counts={**total.counts, **{k: v for k, v in moves.items() if v}})


def _score_move(tree: ScoreTree, before: int | None) -> tuple[int, bool]:
    after = int(tree.total * 10)
    return after - (before or 0), before is None
