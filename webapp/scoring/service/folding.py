"""Folding: moves become part of their regions' cells and sums, so that reads stay short."""

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.platform.clock import local_date, now
from webapp.platform.database import transaction
from webapp.platform.tenancy import SYSTEM
from webapp.scoring.queries.regional_sums import (
    COUNTED,
    SUMMED,
    SUMS,
    WINDOW_DAYS,
    sum_parameters,
)

BATCH = 20_000

# One folder at a time; a second one finds the lock taken and leaves the work to the first.
_LOCK = text("select pg_try_advisory_xact_lock(hashtext('region_fold'))")

_NAMES = ", ".join(SUMS)
_PLACE = "parent_code, industry_code, region_code"

_FOLD = text(
    f"""
    with taken as (
      delete from region_delta where id in (
        select id from region_delta order by id limit :batch)
      returning region_code, industry_code, measure, day, amount),
    sums as (
      select left(t.region_code, l.length) as region_code, i.industry_code, t.measure, t.day,
        coalesce(left(t.region_code, l.parent_length), '') as parent_code, sum(t.amount) as amount
      from taken t
      cross join (values (9, 6), (6, 4), (4, 2), (2, 0)) l(length, parent_length)
      cross join lateral (values (t.industry_code), ('')) i(industry_code)
      group by 1, 2, 3, 4, 5
      having sum(t.amount) <> 0),
    folded as (
      insert into region_cell (region_code, industry_code, measure, day, parent_code, amount)
      select region_code, industry_code, measure, day, parent_code, amount from sums
      order by region_code, industry_code, measure, day
      on conflict (region_code, industry_code, measure, day)
        do update set amount = region_cell.amount + excluded.amount),
    kept as (
      insert into region_now ({_PLACE}, as_of, {_NAMES})
      select {_PLACE}, cast(:today as date), {SUMMED} from sums where {COUNTED}
      group by {_PLACE}
      on conflict ({_PLACE}) do update
        set {", ".join(f"{name} = region_now.{name} + excluded.{name}" for name in SUMS)})
    select count(*) from taken
    """  # noqa: S608 - names are constants
)

_AS_OF = text("select as_of from region_now limit 1")
_EMPTIED = text("delete from region_now")
_TURNED = text(
    f"""
    insert into region_now ({_PLACE}, as_of, {_NAMES})
    select {_PLACE}, cast(:today as date), {SUMMED} from region_cell where {COUNTED}
    group by {_PLACE}
    """  # noqa: S608 - names are constants
)


def fold(today: date | None = None) -> int:
    """Fold one batch; how many moves it took. Safe beside writers and beside another folder.

    The first fold of a day, by default the present one, turns the windows of all sums to it.
    """
    today = today or local_date(now())
    with transaction(SYSTEM) as session:
        if not session.execute(_LOCK).scalar_one():
            return 0
        if session.execute(_AS_OF).scalar() != today:
            turn(session, today)
        values = {"batch": BATCH, **sum_parameters(WINDOW_DAYS, today)}
        taken: int = session.execute(_FOLD, values).scalar_one()
        return taken


def turn(session: Session, today: date) -> None:
    """Sum every region's cells anew, as of a day."""
    session.execute(_EMPTIED)
    session.execute(_TURNED, sum_parameters(WINDOW_DAYS, today))
