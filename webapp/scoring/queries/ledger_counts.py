"""The counts of the ledger, the organisation and the plans, taken from the records."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.scoring.rules.moves import LEDGER_COUNTS

RANK = "array_position(array['low', 'moderate', 'significant', 'major'], {0})"
LEVELS_BELOW = "array_position(array['post', 'team', 'department', 'company'], {0})"

# One row an enterprise; each subquery follows an index that begins with the enterprise.
COUNTS_SQL = f"""
select e.id as enterprise_id, point.*, department.*, risk.*, duty.*, checkable.*, planned.*, post.*,
  plan.*, misjudged.*
from enterprise e
cross join lateral (
  select count(*) as points,
    count(*) filter (where p.kind = 'activity') as points_activity,
    count(*) filter (where p.kind in ('equipment', 'place')) as points_physical,
    count(*) filter (where exists (
      select 1 from risk_event r where r.enterprise_id = e.id and r.point_id = p.id
        and r.removed_at is null)) as points_assessed
  from risk_point p where p.enterprise_id = e.id and p.stopped_at is null) point
cross join lateral (
  select count(*) as departments,
    count(*) filter (where exists (
      select 1 from risk_point p where p.enterprise_id = e.id and p.department_id = d.id
        and p.stopped_at is null)) as departments_covered
  from department d where d.enterprise_id = e.id and d.kind = 'department'
    and d.is_production and d.closed_at is null) department
cross join lateral (
  select count(*) as risks,
    count(*) filter (where r.level = 'major') as risks_major,
    count(*) filter (where r.level = 'significant') as risks_significant,
    count(*) filter (where r.level = 'moderate') as risks_moderate,
    count(*) filter (where r.level = 'low') as risks_low,
    count(*) filter (where not r.is_proposed and a.level = r.level
      and {RANK.format("r.level")} <= {RANK.format("r.inherent_level")}
      and (a.direct_rule = '' or r.level = 'major')) as risks_accurate,
    count(*) filter (where case when r.level in ('major', 'significant')
      then m.kinds >= 4 and m.has_emergency and m.has_control
      else m.kinds >= 2 end) as risks_measured,
    coalesce(sum({LEVELS_BELOW.format("r.control_level")}), 0) as duties_required
  from risk_event r
  left join lateral (
    select a.level, a.direct_rule from risk_assessment a
    where a.enterprise_id = e.id and a.event_id = r.id and a.kind = 'residual'
      and a.replaced_at is null
    limit 1) a on true
  cross join lateral (
    select count(distinct category) as kinds,
      coalesce(bool_or(category = 'emergency'), false) as has_emergency,
      coalesce(bool_or(category in ('engineering', 'management')), false) as has_control
    from control_measure m where m.enterprise_id = e.id and m.event_id = r.id
      and m.removed_at is null) m
  where r.enterprise_id = e.id and r.removed_at is null) risk
cross join lateral (
  select count(*) as duties_held from (
    select m.event_id, m.control_level from control_measure m
    join risk_event r on r.enterprise_id = e.id and r.id = m.event_id and r.removed_at is null
    join person h on h.enterprise_id = e.id and h.post_id = m.post_id and h.left_on is null
    where m.enterprise_id = e.id and m.removed_at is null
      and {LEVELS_BELOW.format("m.control_level")} <= {LEVELS_BELOW.format("r.control_level")}
    union
    select r.id, r.control_level from risk_event r
    join person h on h.enterprise_id = e.id and h.id = r.owner_id and h.left_on is null
    where r.enterprise_id = e.id and r.removed_at is null) held) duty
cross join lateral (
  select count(*) as measures_checkable
  from control_measure m
  join risk_event r on r.enterprise_id = e.id and r.id = m.event_id and r.removed_at is null
  where m.enterprise_id = e.id and m.is_checkable and m.removed_at is null) checkable
cross join lateral (
  select count(distinct m.id) as measures_planned
  from check_plan p
  join checklist_item i on i.enterprise_id = e.id and i.checklist_id = p.checklist_id
  join control_measure m on m.enterprise_id = e.id and m.id = i.measure_id
    and m.is_checkable and m.removed_at is null
  join risk_event r on r.enterprise_id = e.id and r.id = m.event_id and r.removed_at is null
  where p.enterprise_id = e.id and p.ended_on is null and exists (
    select 1 from person h where h.enterprise_id = e.id and h.post_id = p.post_id
      and h.left_on is null)) planned
cross join lateral (
  select count(*) as posts,
    count(*) filter (where exists (
        select 1 from person h where h.enterprise_id = e.id and h.post_id = p.id
          and h.left_on is null)
      and not exists (
        select 1 from person h where h.enterprise_id = e.id and h.post_id = p.id
          and h.left_on is null and not exists (
            select 1 from responsibility_signature s
            join responsibility_list l on l.enterprise_id = e.id and l.id = s.list_id
              and l.post_id = p.id and l.state = 'published'
            where s.enterprise_id = e.id and s.person_id = h.id))) as posts_signed
  from post p where p.enterprise_id = e.id and p.closed_at is null) post
cross join lateral (
  select count(*) as plans from check_plan k
  where k.enterprise_id = e.id and k.ended_on is null) plan
cross join lateral (
  select count(*) as misjudged from risk_assessment a
  join risk_event r on r.enterprise_id = a.enterprise_id and r.id = a.event_id
  where a.enterprise_id = e.id and a.replaced_at is null
    and a.direct_rule <> '' and r.level <> 'major' and r.removed_at is null) misjudged
"""  # noqa: S608 - names and windows are constants

_ONE = text(f"{COUNTS_SQL} where e.id = :enterprise")


def ledger_counts(session: Session, enterprise_id: UUID) -> Mapping[str, int]:
    """The ledger's counts of one enterprise, from its records."""
    row = session.execute(_ONE, {"enterprise": enterprise_id}).mappings().one()
    return {name: int(row[name]) for name in LEDGER_COUNTS}
