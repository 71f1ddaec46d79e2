"""Making all counters anew from the records: after a bulk load, never as a cure for a defect."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.platform.clock import local_date
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import unit_of_work
from webapp.scoring.models.counters import STANDING
from webapp.scoring.queries.facts import facts, stored
from webapp.scoring.queries.ledger_counts import COUNTS_SQL
from webapp.scoring.rules.advice import rescore
from webapp.scoring.rules.moves import LEDGER_COUNTS, OWN_DAYS, REGIONAL_COUNTS
from webapp.scoring.service.closing import haves_of
from webapp.scoring.service.folding import turn
from webapp.scoring.service.recount import DAYS_SQL, PEOPLE_SQL, RECORDS_SQL
from webapp.standards.five_have import five_have

CHUNK = 200
_RECORDS = ("hazards", "hazards_open", "hazards_open_major", "hazards_closed", "checks")
_NAMES = (*LEDGER_COUNTS, *_RECORDS)

_CLEARED = (
    "enterprise_score",
    "enterprise_day",
    "enterprise_counter",
    "person_activity",
    "region_delta",
    "region_cell",
    "region_now",
)

_COUNTERS = text(
    f"""
    insert into enterprise_counter (enterprise_id, region_code, industry_code,
      last_check_at, last_activity_at, {", ".join(_NAMES)})
    select e.id, e.region_code, e.industry_code,
      (select max(submitted_at) from self_check k where k.enterprise_id = e.id),
      (select max(submitted_at) from self_check k where k.enterprise_id = e.id),
      {", ".join(f"l.{name}" for name in LEDGER_COUNTS)},
      {", ".join(f"r.{name}" for name in _RECORDS)}
    from enterprise e
    join ({COUNTS_SQL}) l on l.enterprise_id = e.id
    join ({RECORDS_SQL}) r on r.enterprise_id = e.id
    where e.state = 'approved'
    """  # noqa: S608 - names are constants
)
_DAYS = text(
    f"""
    insert into enterprise_day (enterprise_id, measure, day, amount)
    select d.enterprise_id, d.measure, d.day, d.amount from ({DAYS_SQL}) d
    join enterprise_counter c on c.enterprise_id = d.enterprise_id
    """  # noqa: S608 - names are constants
)
_PEOPLE = text(f"insert into person_activity (enterprise_id, person_id, seen_on) {PEOPLE_SQL}")
_SCORES = text(
    """
    insert into enterprise_score
      (enterprise_id, standard_version, total, grade, haves, vetoes, computed_at)
    select id, :version, total, grade, haves, array(select jsonb_array_elements_text(vetoes)), :at
    from unnest(cast(:ids as uuid[]), cast(:totals as numeric[]), cast(:grades as text[]),
      cast(:haves as jsonb[]), cast(:vetoes as jsonb[])) as v(id, total, grade, haves, vetoes)
    """
)
_PAIRS = ", ".join(f"('{name}', c.{name}::bigint)" for name in REGIONAL_COUNTS)
_CELLS = text(
    f"""
    insert into region_cell (region_code, industry_code, measure, day, parent_code, amount)
    select left(a.region_code, l.length), i.industry_code, a.measure, a.day,
      coalesce(left(a.region_code, l.parent_length), ''), sum(a.amount)
    from (
      select c.region_code, c.industry_code, v.measure, cast(:standing as date) as day, v.amount
      from enterprise_counter c
      join enterprise_score s on s.enterprise_id = c.enterprise_id
      cross join lateral (values {_PAIRS}, ('enterprises', 1),
        ('score', cast(s.total * 10 as bigint))) v(measure, amount)
      where v.amount <> 0
      union all
      select c.region_code, c.industry_code, d.measure, d.day, d.amount
      from enterprise_day d join enterprise_counter c on c.enterprise_id = d.enterprise_id
      where d.measure <> all(:own_days)) a
    cross join (values (9, 6), (6, 4), (4, 2), (2, 0)) l(length, parent_length)
    cross join lateral (values (a.industry_code), ('')) i(industry_code)
    group by 1, 2, 3, 4, 5
    """  # noqa: S608 - names are constants
)


def rebuild(actor: Actor, *, at: datetime) -> int:
    """Count everything from the records and score every enterprise; how many there are."""
    with unit_of_work(actor, "counters.rebuilt", at=at) as work:
        session = work.session
        for table in _CLEARED:
            session.execute(text(f"delete from {table}"))  # noqa: S608 - names are constants
        session.execute(_COUNTERS)
        session.execute(_DAYS)
        session.execute(_PEOPLE)
        ids = (
            session.execute(text("select enterprise_id from enterprise_counter order by 1"))
            .scalars()
            .all()
        )
        for start in range(0, len(ids), CHUNK):
            _score(session, ids[start : start + CHUNK], at)
        session.execute(_CELLS, {"standing": STANDING, "own_days": list(OWN_DAYS)})
        turn(session, local_date(at))
        work.note(enterprises=len(ids))
        return len(ids)


def _score(session: Session, enterprise_ids: Sequence[UUID], at: datetime) -> None:
    standard = five_have()
    trees = {
        key: rescore(standard, facts(counts), at=at)
        for key, counts in stored(session, enterprise_ids, at).items()
    }
    session.execute(
        _SCORES,
        {
            "version": standard.version,
            "at": at,
            "ids": list(trees),
            "totals": [tree.total for tree in trees.values()],
            "grades": [tree.grade for tree in trees.values()],
            "haves": [json.dumps(haves_of(tree)) for tree in trees.values()],
            "vetoes": [json.dumps([hit.code for hit in tree.vetoes]) for tree in trees.values()],
        },
    )
