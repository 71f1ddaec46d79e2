"""Recount: counters, day amounts and regional sums from the records, against the stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.platform.database import snapshot
from webapp.platform.tenancy import SYSTEM
from webapp.scoring.models.counters import STANDING
from webapp.scoring.queries.ledger_counts import COUNTS_SQL
from webapp.scoring.queries.regional_sums import (
    COUNTED,
    SUMMED,
    SUMS,
    WINDOW_DAYS,
    sum_parameters,
)
from webapp.scoring.rules.moves import LEDGER_COUNTS, OWN_DAYS, REGIONAL_COUNTS


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that is not what the records say."""

    scope: str
    measure: str
    stored: int
    counted: int


@dataclass(frozen=True, slots=True)
class Recount:
    """How many numbers were compared, and those that differ."""

    compared: int
    differences: tuple[Difference, ...]


LOCAL = "at time zone 'Asia/Shanghai'"
# A task due at midnight ends with the day before it, as events say (hazards' due_day).
DUE_DAY = f"((due_at - interval '1 microsecond') {LOCAL})::date"

RECORDS_SQL = """
select e.id as enterprise_id,
  count(h.id) as hazards,
  count(h.id) filter (where h.state <> 'closed') as hazards_open,
  count(h.id) filter (where h.state <> 'closed' and h.level = 'major') as hazards_open_major,
  count(h.id) filter (where h.state = 'closed') as hazards_closed,
  (select count(*) from self_check k where k.enterprise_id = e.id) as checks
from enterprise e left join hazard h on h.enterprise_id = e.id group by e.id
"""

DAYS_SQL = f"""
select enterprise_id, 'task_due' as measure, {DUE_DAY} as day, count(*) as amount
from check_task where state <> 'waived' group by 1, 3
union all
select enterprise_id, 'task_on_time', {DUE_DAY}, count(*)
from check_task where state = 'done' and done_at <= due_at group by 1, 3
union all
select enterprise_id, m.measure, (submitted_at {LOCAL})::date, count(*)
from self_check k cross join lateral (
  select 'check' as measure union all select 'check_mobile' where k.is_mobile
  union all select 'check_late' where k.is_late) m group by 1, 2, 3
union all
select enterprise_id, m.measure, (reported_at {LOCAL})::date, count(*)
from hazard h cross join lateral (
  select 'hazard_reported' as measure union all select 'hazard_frontline' where h.is_frontline
  union all select 'hazard_repeated' where h.is_repeated
  union all select 'hazard_rectified' where h.state = 'closed'
  union all select 'hazard_evidenced' where h.state = 'closed' and h.verification <> '' and exists (
    select 1 from hazard_photo p where p.enterprise_id = h.enterprise_id
      and p.hazard_id = h.id and p.moment = 'after')) m
group by 1, 2, 3
union all
select enterprise_id, 'hazard_closed', (closed_at {LOCAL})::date, count(*)
from hazard where state = 'closed' group by 1, 3
union all
select enterprise_id, m.measure, due_on, count(*)
from hazard h cross join lateral (
  select 'hazard_due' as measure
  union all select 'hazard_open_due'
    where h.state <> 'closed' and ((h.rectified_at {LOCAL})::date <= h.due_on) is not true
  union all select 'hazard_on_time'
    where h.state = 'closed' and (h.rectified_at {LOCAL})::date <= h.due_on) m
where due_on is not null group by 1, 2, 3
"""  # noqa: S608 - names and windows are constants


PEOPLE_SQL = f"""
select enterprise_id, person_id, max((at {LOCAL})::date) as seen_on from (
  select enterprise_id, person_id, submitted_at as at from self_check
  union all select enterprise_id, reported_by, reported_at from hazard
  union all select enterprise_id, person_id, signed_at from responsibility_signature) acts
where person_id is not null group by 1, 2
"""  # noqa: S608 - names are constants


def recount() -> Recount:
    """Compare all stored numbers with the records, in one consistent view."""
    with snapshot(SYSTEM) as session:
        parts = (_counters, _days, _people, _regions, _kept)
        found = [row for part in parts for row in part(session)]
    differing = tuple(row for row in found if row.stored != row.counted)
    return Recount(len(found), differing)


def _counters(session: Session) -> Iterable[Difference]:
    names = (
        *LEDGER_COUNTS,
        "hazards",
        "hazards_open",
        "hazards_open_major",
        "hazards_closed",
        "checks",
    )
    pairs = ", ".join(
        f"('{name}', c.{name}::bigint, {'l' if name in LEDGER_COUNTS else 'r'}.{name}::bigint)"
        for name in names
    )
    statement = f"""
        select c.enterprise_id, v.measure, v.stored, v.counted
        from enterprise_counter c
        join ({COUNTS_SQL}) l on l.enterprise_id = c.enterprise_id
        join ({RECORDS_SQL}) r on r.enterprise_id = c.enterprise_id
        cross join lateral (values {pairs}) v(measure, stored, counted)
        order by 1, 2
    """  # noqa: S608 - names are constants
    return _differences(session, statement)


def _days(session: Session) -> Iterable[Difference]:
    statement = f"""
        select coalesce(s.enterprise_id, c.enterprise_id),
          coalesce(s.measure, c.measure) || ' ' || coalesce(s.day, c.day),
          coalesce(s.amount, 0), coalesce(c.amount, 0)
        from (select * from enterprise_day where measure <> 'score_moved') s
        full join ({DAYS_SQL}) c on c.enterprise_id = s.enterprise_id
          and c.measure = s.measure and c.day = s.day
        order by 1, 2
    """  # noqa: S608 - names are constants
    return _differences(session, statement)


def _people(session: Session) -> Iterable[Difference]:
    """Everybody's last day, as the number of days since 1970."""
    statement = f"""
        select coalesce(s.enterprise_id, c.enterprise_id),
          'seen ' || coalesce(s.person_id, c.person_id),
          coalesce(s.seen_on - date '1970-01-01', 0), coalesce(c.seen_on - date '1970-01-01', 0)
        from person_activity s
        full join ({PEOPLE_SQL}) c on c.enterprise_id = s.enterprise_id
          and c.person_id = s.person_id
        order by 1, 2
    """  # noqa: S608 - names are constants
    return _differences(session, statement)


def _regions(session: Session) -> Iterable[Difference]:
    """Townships' cells and unfolded moves against the counters of the enterprises in them."""
    pairs = ", ".join(f"('{name}', c.{name}::bigint)" for name in REGIONAL_COUNTS)
    statement = f"""
        with counted as (
          select c.region_code, v.measure, cast(:standing as date) as day, sum(v.amount) as amount
          from enterprise_counter c
          left join enterprise_score s on s.enterprise_id = c.enterprise_id
          cross join lateral (values {pairs}, ('enterprises', 1),
            ('score', cast(coalesce(s.total, 0) * 10 as bigint))) v(measure, amount)
          group by 1, 2
          union all
          select c.region_code, d.measure, d.day, sum(d.amount)
          from enterprise_day d join enterprise_counter c on c.enterprise_id = d.enterprise_id
          where d.measure <> all(:own_days)
          group by 1, 2, 3),
        totals as (
          select left(region_code, n) as region_code, measure, day, sum(amount) as amount
          from counted cross join (values (9), (6), (4), (2)) l(n) group by 1, 2, 3),
        stored as (
          select region_code, measure, day, sum(amount) as amount from (
            select region_code, measure, day, amount from region_cell where industry_code = ''
            union all
            select left(region_code, n), measure, day, amount
            from region_delta cross join (values (9), (6), (4), (2)) l(n)) moved
          group by 1, 2, 3)
        select coalesce(s.region_code, c.region_code),
          coalesce(s.measure, c.measure) || ' ' || coalesce(s.day, c.day),
          coalesce(s.amount, 0), coalesce(c.amount, 0)
        from stored s full join totals c on c.region_code = s.region_code
          and c.measure = s.measure and c.day = s.day
        order by 1, 2
    """  # noqa: S608 - names are constants
    return _differences(session, statement, {"standing": STANDING, "own_days": list(OWN_DAYS)})


def _kept(session: Session) -> Iterable[Difference]:
    """The sums that are kept ready against the cells they are made of, as of the day they say."""
    as_of = session.execute(text("select as_of from region_now limit 1")).scalar()
    if as_of is None:
        return []
    pairs = ", ".join(f"('{name}', k.{name}, c.{name})" for name in SUMS)
    statement = f"""
        with cells as (
          select region_code, industry_code, {SUMMED} from region_cell where {COUNTED}
          group by 1, 2)
        select coalesce(k.region_code, c.region_code),
          'kept ' || v.measure || ' ' || coalesce(k.industry_code, c.industry_code),
          coalesce(v.kept, 0), coalesce(v.summed, 0)
        from region_now k
        full join cells c on c.region_code = k.region_code and c.industry_code = k.industry_code
        cross join lateral (values {pairs}) v(measure, kept, summed)
        order by 1, 2
    """  # noqa: S608 - names are constants
    return _differences(session, statement, sum_parameters(WINDOW_DAYS, as_of))


def _differences(
    session: Session, statement: str, values: Mapping[str, Any] | None = None
) -> Iterable[Difference]:
    rows = session.execute(text(statement), values or {})
    return [Difference(str(row[0]), row[1], int(row[2]), int(row[3])) for row in rows]
