"""Folding: moves become part of their regions' cells, so that reads stay short."""

from sqlalchemy import text

from webapp.platform.database import transaction
from webapp.platform.tenancy import SYSTEM

BATCH = 20_000

# One folder at a time; a second one finds the lock taken and leaves the work to the first.
_LOCK = text("select pg_try_advisory_xact_lock(hashtext('region_fold'))")

_FOLD = text(
    """
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
        do update set amount = region_cell.amount + excluded.amount)
    select count(*) from taken
    """
)


def fold() -> int:
    """Fold one batch; how many moves it took. Safe beside writers and beside another folder."""
    with transaction(SYSTEM) as session:
        if not session.execute(_LOCK).scalar_one():
            return 0
        taken: int = session.execute(_FOLD, {"batch": BATCH}).scalar_one()
        return taken
