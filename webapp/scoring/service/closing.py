"""Counters, day amounts, regional deltas and the score: one part of the closing statement."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from webapp.platform.clock import local_date
from webapp.scoring.models.counters import STANDING
from webapp.scoring.queries.facts import Stored, facts, stored
from webapp.scoring.queries.ledger_counts import ledger_counts
from webapp.scoring.rules.advice import rescore
from webapp.scoring.rules.moves import (
    COUNTS,
    LEDGER_COUNTS,
    REGIONAL_COUNTS,
    DayMeasure,
    Move,
    Sum,
    summed,
)
from webapp.scoring.rules.score import ScoreTree
from webapp.standards.five_have import five_have

PART = "counters"

_COLUMNS = ", ".join(COUNTS)
_ARRAYS = ", ".join(f"cast(:count_{name} as int[])" for name in COUNTS)
_ADDED = ", ".join(f"{name} = c.{name} + v.{name}" for name in COUNTS)

_PARTS = f"""
counted as (
  update enterprise_counter c set {_ADDED},
    last_check_at = greatest(c.last_check_at, v.checked_at),
    last_activity_at = greatest(c.last_activity_at, v.active_at)
  from unnest(cast(:count_ids as uuid[]), cast(:count_active as timestamptz[]),
    cast(:count_checked as timestamptz[]), {_ARRAYS})
    as v(enterprise_id, active_at, checked_at, {_COLUMNS})
  where c.enterprise_id = v.enterprise_id),
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
scored as (
  insert into enterprise_score
    (enterprise_id, standard_version, total, grade, haves, vetoes, computed_at)
  select id, version, total, grade, haves, array(select jsonb_array_elements_text(vetoes)), at
  from unnest(cast(:count_ids as uuid[]), cast(:score_versions as text[]),
    cast(:score_totals as numeric[]), cast(:score_grades as text[]),
    cast(:score_haves as jsonb[]), cast(:score_vetoes as jsonb[]),
    cast(:count_ats as timestamptz[])) as v(id, version, total, grade, haves, vetoes, at)
  on conflict (enterprise_id) do update set standard_version = excluded.standard_version,
    total = excluded.total, grade = excluded.grade, haves = excluded.haves,
    vetoes = excluded.vetoes, computed_at = excluded.computed_at),
remembered as (
  insert into score_day (enterprise_id, day, total, grade, haves)
  select * from unnest(cast(:count_ids as uuid[]), cast(:score_days as date[]),
    cast(:score_totals as numeric[]), cast(:score_grades as text[]),
    cast(:score_haves as jsonb[]))
  on conflict (enterprise_id, day) do update
    set total = excluded.total, grade = excluded.grade, haves = excluded.haves)
"""  # noqa: S608 - names and windows are constants


class CountersPart:
    """What this room adds to every closing statement that has moves."""

    def parts(self) -> str:
        """The common table expressions."""
        return _PARTS

    def parameters(self, session: Session, contributions: Sequence[Move]) -> dict[str, Any]:
        """Add up the moves, lock each counter row, compute each score anew."""
        sums = summed(contributions)
        at = max(total.at for total in sums)
        before = stored(session, [total.enterprise_id for total in sums], at, lock=True)
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
        trees = [tree for _, tree in self.rows]
        return {
            "count_ids": [total.enterprise_id for total, _ in self.rows],
            "count_ats": [total.at for total, _ in self.rows],
            "count_active": [total.active_at for total, _ in self.rows],
            "count_checked": [total.checked_at for total, _ in self.rows],
            **{
                f"count_{name}": [total.counts.get(name, 0) for total, _ in self.rows]
                for name in COUNTS
            },
            "day_ids": [row[0] for row in days],
            "day_measures": [row[1].value for row in days],
            "day_days": [row[2] for row in days],
            "day_amounts": [row[3] for row in days],
            "delta_regions": [row[0] for row in self.deltas],
            "delta_industries": [row[1] for row in self.deltas],
            "delta_measures": [row[2] for row in self.deltas],
            "delta_days": [row[3] for row in self.deltas],
            "delta_amounts": [row[4] for row in self.deltas],
            "score_versions": [tree.version for tree in trees],
            "score_totals": [tree.total for tree in trees],
            "score_grades": [tree.grade for tree in trees],
            "score_haves": [haves_json(tree) for tree in trees],
            "score_vetoes": [vetoes_json(tree) for tree in trees],
            "score_days": [local_date(tree.at) for tree in trees],
        }


def haves_json(tree: ScoreTree) -> str:
    """Have code → points scaled to its weight and the weight, as stored beside the total."""
    return json.dumps({have.code: [float(have.scaled), float(have.weight)] for have in tree.haves})


def vetoes_json(tree: ScoreTree) -> str:
    """The codes of the vetoes that hold, as stored."""
    return json.dumps([hit.code for hit in tree.vetoes])


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
        (*place, measure.value, day, amount) for (measure, day), amount in days.items()
    ]


def _with_ledger(session: Session, total: Sum, row: Any) -> Sum:
    """The ledger's counts as the records have them, less what is stored."""
    counted = ledger_counts(session, total.enterprise_id)
    moves = {name: counted[name] - row[name] for name in LEDGER_COUNTS}
    return replace(total, counts={**total.counts, **{k: v for k, v in moves.items() if v}})


def _score_move(tree: ScoreTree, before: int | None) -> tuple[int, bool]:
    after = int(tree.total * 10)
    return after - (before or 0), before is None
