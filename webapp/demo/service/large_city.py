"""A large city by set-based inserts: many small enterprises with 90 days of history.

Ids, names and figures follow from the running number alone, so that two runs make one city.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import text

from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import unit_of_work
from webapp.scoring.service.rebuild import rebuild
from webapp.standards.regions import counties, townships
from webapp.standards.risk_methods import method

HISTORY_DAYS = 90


@dataclass(frozen=True, slots=True)
class Size:
    """How much one enterprise of the large city holds."""

    points: int = 4
    events_per_point: int = 3
    hazards: int = 20


# An id that says what it is of and which one, and sorts like the time-made ids beside it.
_FUNCTION = """
create or replace function pg_temp.demo_id(kind int, n bigint) returns uuid
language sql immutable as $$
  select ('019a0000-0000-7' || lpad(to_hex(kind), 3, '0') || '-8000-'
    || lpad(to_hex(n), 12, '0'))::uuid $$
"""

# GB 32100: the check character follows from the 17 before it.
_USCC = """
create or replace function pg_temp.demo_uscc(n bigint) returns text
language sql immutable as $$
  with body as (select '91410500MB' || lpad(n::text, 7, '0') as code),
  total as (
    select sum((strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(code, i, 1)) - 1)
      * (array[1,3,9,27,19,26,16,17,20,29,25,13,8,24,10,30,28])[i]) as value
    from body cross join generate_series(1, 17) i)
  select code || substr('0123456789ABCDEFGHJKLMNPQRTUWXY',
    ((31 - (value % 31)) % 31)::int + 1, 1) from body, total $$
"""

_ENTERPRISES = """
insert into enterprise (id, uscc, name, search, region_code, industry_code,
  supervision_categories, scale, employees, address, legal_representative, principal_name,
  principal_phone, safety_officer_name, safety_officer_phone, state, decision_remark,
  applicant_role, applied_at, decided_at, version)
select pg_temp.demo_id(1, n), pg_temp.demo_uscc(n), v.name,
  lower(v.name || ' ' || pg_temp.demo_uscc(n)), v.region,
  (array['26','30','31','33','34','35','13','17','20','21','52','59'])[n % 12 + 1],
  array[(array['hazardous_chemicals','building_materials','metal_smelting','machinery',
    'machinery','machinery','light_industry','textile','combustible_dust','combustible_dust',
    'commerce','other'])[n % 12 + 1]],
  (array['small','micro','medium'])[n % 3 + 1], 20 + n % 180,
  '工业路 ' || n % 300 + 1 || ' 号', '负责人' || n, '负责人' || n,
  '1380372' || lpad((n % 10000)::text, 4, '0'),
  '安全员' || n, '1390372' || lpad((n % 10000)::text, 4, '0'), 'approved', '',
  'safety_officer', :start, :start, 1
from generate_series(1, :enterprises) n
cross join lateral (select (cast(:regions as text[]))[n % :region_count + 1] as region,
  '安阳市' || (array['恒兴','金源','广达','万顺','华泰','宏远','鑫盛','天成','立信',
    '永固'])[n % 10 + 1]
  || (array['化工','建材','冶金','金属制品','机械','装备','食品','纺织','木业','家具',
    '商贸','物流'])[n % 12 + 1]
  || lpad(n::text, 5, '0') || '有限公司' as name) v
"""

_RECORDS = (
    """
insert into audit_head (chain, position, hash)
select pg_temp.demo_id(1, n), 0, ''::bytea from generate_series(1, :enterprises) n
""",
    """
insert into enterprise_code (enterprise_id, id, token, state, issued_at, revoked_reason)
select pg_temp.demo_id(1, n), pg_temp.demo_id(2, n),
  'demo' || encode(sha256(('code' || n)::bytea), 'hex'), 'active', :start, ''
from generate_series(1, :enterprises) n
""",
    """
insert into department (enterprise_id, id, name, kind, is_production)
select pg_temp.demo_id(1, n), pg_temp.demo_id(3, n * 2 + k), (array['生产车间', '仓储部'])[k + 1],
  'department', true
from generate_series(1, :enterprises) n cross join generate_series(0, 1) k
""",
    """
insert into post (enterprise_id, id, name, kind, department_id)
select pg_temp.demo_id(1, n), pg_temp.demo_id(4, n * 4 + k),
  (array['主要负责人', '安全管理员', '车间主任', '操作工'])[k + 1],
  (array['principal', 'safety_officer', 'department_head', 'worker'])[k + 1],
  case when k >= 2 then pg_temp.demo_id(3, n * 2) end
from generate_series(1, :enterprises) n cross join generate_series(0, 3) k
""",
    """
insert into person (enterprise_id, id, name, phone, post_id, department_id, joined_on, created_at)
select pg_temp.demo_id(1, n), pg_temp.demo_id(5, n * 4 + k),
  (array['负责人', '安全员', '车间主任', '操作工'])[k + 1] || n, '',
  pg_temp.demo_id(4, n * 4 + k), case when k >= 2 then pg_temp.demo_id(3, n * 2) end,
  :first_day, :start
from generate_series(1, :enterprises) n cross join generate_series(0, 3) k
""",
    """
insert into risk_point (enterprise_id, id, name, kind, department_id, owner_id, place, created_at)
select pg_temp.demo_id(1, n), pg_temp.demo_id(6, n * :points + k),
  (array['配电室', '冲压线', '空压站', '成品库', '打磨区', '焊接工位', '行车', '危废间'])[k % 8 + 1]
    || case when k >= 8 then (k / 8 + 1)::text else '' end,
  (array['place', 'activity', 'equipment', 'place'])[k % 4 + 1],
  pg_temp.demo_id(3, n * 2 + k % 2), pg_temp.demo_id(5, n * 4 + 2), '', :start
from generate_series(1, :enterprises) n cross join generate_series(0, :points - 1) k
""",
    """
insert into hazard_source (enterprise_id, id, point_id, activity, step, name, factor_class)
select pg_temp.demo_id(1, n), pg_temp.demo_id(7, (n * :points + k) * :events + j),
  pg_temp.demo_id(6, n * :points + k), '', '',
  (array['线路老化裸露', '防护罩缺失', '安全阀失效', '堆垛过高',
    '作业人员违章'])[(k + j) % 5 + 1], ''
from generate_series(1, :enterprises) n cross join generate_series(0, :points - 1) k
cross join generate_series(0, :events - 1) j
""",
    """
insert into risk_event (enterprise_id, id, number, point_id, source_id, description,
  accident_types, consequence, method, value, level, inherent_level, control_level,
  department_id, owner_id, department_words, owner_words, remark, created_at, version)
select pg_temp.demo_id(1, n), pg_temp.demo_id(8, (n * :points + k) * :events + j),
  k * :events + j + 1, pg_temp.demo_id(6, n * :points + k),
  pg_temp.demo_id(7, (n * :points + k) * :events + j),
  (array['触电', '机械伤害', '容器爆炸', '坍塌', '物体打击'])[(k + j) % 5 + 1],
  array[(array['05', '03', '17', '10', '01'])[(k + j) % 5 + 1]], '', 'lec',
  v.value, v.level, v.level, v.control, pg_temp.demo_id(3, n * 2 + k % 2),
  pg_temp.demo_id(5, n * 4 + v.owner), '', '', '', :start, 1
from generate_series(1, :enterprises) n cross join generate_series(0, :points - 1) k
cross join generate_series(0, :events - 1) j
cross join lateral (
  select (array[42, 126, 270, 540])[r] as value,
    (array['low', 'moderate', 'significant', 'major'])[r] as level,
    (array['post', 'team', 'department', 'company'])[r] as control,
    (array[3, 3, 2, 0])[r] as owner
  from (select case when (n * 7 + k * 3 + j) % 97 = 0 then 4 when (n + k + j) % 11 = 0 then 3
    when (k + j) % 3 = 0 then 2 else 1 end as r) level) v
""",
    """
insert into risk_assessment (enterprise_id, id, event_id, kind, method, method_version, factors,
  value, level, direct_rule, assessed_at)
select e.enterprise_id, pg_temp.demo_id(9 + k,
    ('x' || right(e.id::text, 12))::bit(48)::bigint), e.id,
  (array['inherent', 'residual'])[k + 1], 'lec', :method_version,
  case e.level when 'major' then '{"likelihood": "6", "exposure": "6", "consequence": "15"}'
    when 'significant' then '{"likelihood": "3", "exposure": "6", "consequence": "15"}'
    when 'moderate' then '{"likelihood": "3", "exposure": "6", "consequence": "7"}'
    else '{"likelihood": "1", "exposure": "6", "consequence": "7"}' end::jsonb,
  e.value, e.level, '', :start
from risk_event e cross join generate_series(0, 1) k
where e.id >= pg_temp.demo_id(8, 0) and e.id < pg_temp.demo_id(9, 0)
""",
    """
insert into control_measure (enterprise_id, id, event_id, ordinal, category, description,
  control_level, post_id, is_checkable, frequency, created_at)
select e.enterprise_id, pg_temp.demo_id(11,
    ('x' || right(e.id::text, 12))::bit(48)::bigint * 4 + k), e.id, k + 1,
  (array['engineering', 'management', 'personal_protection', 'emergency'])[k + 1],
  (array['防护装置完好有效', '按操作规程作业', '劳动防护用品佩戴齐全', '应急器材在位有效'])[k + 1],
  (array['post', 'team', 'post', 'post'])[k + 1],
  pg_temp.demo_id(4, ('x' || right(e.enterprise_id::text, 12))::bit(48)::bigint * 4 + 3),
  true, 'weekly', :start
from risk_event e
cross join generate_series(0, case when e.level in ('low', 'moderate') then 1 else 3 end) k
where e.id >= pg_temp.demo_id(8, 0) and e.id < pg_temp.demo_id(9, 0)
""",
    """
insert into checklist (enterprise_id, id, point_id, name, edition, state, created_at)
select enterprise_id, pg_temp.demo_id(12, ('x' || right(id::text, 12))::bit(48)::bigint), id,
  name || '排查清单', 1, 'active', :start
from risk_point where id >= pg_temp.demo_id(6, 0) and id < pg_temp.demo_id(7, 0)
""",
    """
insert into checklist_item (enterprise_id, id, checklist_id, ordinal, measure_id, event_id,
  content, must_see)
select m.enterprise_id, pg_temp.demo_id(13, ('x' || right(m.id::text, 12))::bit(48)::bigint),
  c.id, row_number() over (partition by c.id order by m.id), m.id, m.event_id, m.description, false
from control_measure m
join risk_event e on e.enterprise_id = m.enterprise_id and e.id = m.event_id
join checklist c on c.enterprise_id = m.enterprise_id and c.point_id = e.point_id
where m.id >= pg_temp.demo_id(11, 0) and m.id < pg_temp.demo_id(12, 0)
""",
    """
insert into check_plan (enterprise_id, id, point_id, checklist_id, post_id, frequency,
  origin_post_id, origin_frequency, starts_on, generated_until, version)
select c.enterprise_id, pg_temp.demo_id(14, ('x' || right(c.id::text, 12))::bit(48)::bigint),
  c.point_id, c.id, p.post, 'weekly', p.post, 'weekly', :first_day, :today, 1
from checklist c cross join lateral (select pg_temp.demo_id(4,
  ('x' || right(c.enterprise_id::text, 12))::bit(48)::bigint * 4 + 3) as post) p
where c.id >= pg_temp.demo_id(12, 0) and c.id < pg_temp.demo_id(13, 0)
""",
    """
insert into check_task (enterprise_id, id, plan_id, checklist_id, point_id, post_id, period,
  opens_at, due_at, state, done_at, version)
select p.enterprise_id, pg_temp.demo_id(15,
    ('x' || right(p.id::text, 12))::bit(48)::bigint * 100 + w), p.id, p.checklist_id, p.point_id,
  p.post_id, to_char(d.day, 'IYYY"-W"IW'), d.day, d.day + interval '6 days 12 hours',
  case when v.done then 'done' else 'open' end,
  case when v.done then d.day + interval '3 days' + make_interval(mins => (w * 13) % 300) end, 1
from check_plan p
cross join generate_series(0, :weeks - 1) w
cross join lateral (select cast(:first_monday as timestamptz) + make_interval(days => w * 7)
  as day) d
cross join lateral (select d.day < cast(:now as timestamptz) - interval '7 days'
  and (('x' || right(p.id::text, 6))::bit(24)::int + w * 7) % 10 <> 0 as done) v
where p.id >= pg_temp.demo_id(14, 0) and p.id < pg_temp.demo_id(15, 0)
""",
    """
insert into self_check (enterprise_id, id, task_id, checklist_id, person_id,
  submitted_by_name, submitted_at,
  is_mobile, is_late, normal_count, abnormal_count, unchecked_count)
select t.enterprise_id, pg_temp.demo_id(16, ('x' || right(t.id::text, 12))::bit(48)::bigint),
  t.id, t.checklist_id,
  pg_temp.demo_id(5, ('x' || right(t.enterprise_id::text, 12))::bit(48)::bigint * 4 + 3),
  '操作工', t.done_at, true, false, 6, 0, 0
from check_task t
where t.id >= pg_temp.demo_id(15, 0) and t.id < pg_temp.demo_id(16, 0) and t.state = 'done'
""",
)

HAZARDS = """
insert into hazard (enterprise_id, id, number, title, description, place, source, level,
  criterion_code, state, point_id, order_number, reported_by_name, is_frontline,
  is_repeated, reported_at,
  assigned_to, assigned_at, due_on, rectification, rectified_by_name, rectified_at,
  verification, verified_by_name, verified_at, closed_at, return_count, implementations, version)
select pg_temp.demo_id(1, n), pg_temp.demo_id(17, cast(n as bigint) * :hazards + h),
  'YH-D-' || lpad((h + 1)::text, 5, '0'), v.title, v.title, '', 'report',
  case when v.seed % 101 = 0 then 'major' else 'general' end, '',
  case when v.closed then 'closed' else 'assigned' end,
  pg_temp.demo_id(6, n * :points + h % :points), '', '操作工' || n, h % 3 = 0, false, v.reported,
  pg_temp.demo_id(5, n * 4 + 2), v.reported + interval '2 hours', v.due,
  case when v.closed then '已整改到位' else '' end,
  case when v.closed then '车间主任' || n else '' end,
  case when v.closed then v.done end,
  case when v.closed then '现场核实，整改合格' else '' end,
  case when v.closed then '安全员' || n else '' end,
  case when v.closed then v.done + interval '3 hours' end,
  case when v.closed then v.done + interval '3 hours' end, 0, '{}', 1
from generate_series(cast(:first as int), cast(:last as int)) n
cross join generate_series(0, :hazards - 1) h
cross join lateral (select (n * 31 + h * 17) as seed) s
cross join lateral (
  select s.seed, s.seed % 10 < 8 as closed,
    (array['配电箱未上锁', '防护罩螺栓松动', '灭火器压力不足', '安全通道堆放杂物', '接地线脱落'])
      [s.seed % 5 + 1] as title,
    cast(:now as timestamptz) - make_interval(days => 3 + s.seed % 85, hours => 1) as reported,
    cast(:today as date) - (3 + s.seed % 85) + (array[3, 7, 15])[s.seed % 3 + 1] as due,
    cast(:now as timestamptz) - make_interval(days => 2 + s.seed % 85) as done) v
"""


def make_large_city(
    actor: Actor, enterprises: int, *, at: datetime, size: Size | None = None
) -> None:
    """Fill an empty database with enterprises over all townships, and count them."""
    with unit_of_work(actor, "demo.large_city_made", at=at) as work:
        work.note(enterprises=enterprises)
        work.session.execute(text("set local statement_timeout = 0"))
        values = _values(enterprises, size or Size(), at)
        for statement in (_FUNCTION, _USCC, _ENTERPRISES, *_RECORDS, HAZARDS):
            work.session.execute(text(statement), values)
    rebuild(actor, at=at)


def _values(enterprises: int, size: Size, at: datetime) -> dict[str, Any]:
    today = local_date(at)
    first_day = today - timedelta(days=HISTORY_DAYS)
    monday = today - timedelta(days=today.weekday())
    weeks = HISTORY_DAYS // 7
    first_monday = monday - timedelta(days=7 * (weeks - 1))
    regions = [town.code for county in counties() for town in townships(county.code)]
    return {
        "enterprises": enterprises,
        "first": 1,
        "last": enterprises,
        "regions": regions,
        "region_count": len(regions),
        "start": datetime.combine(first_day, time(8), tzinfo=SHANGHAI),
        "first_day": first_day,
        "today": today,
        "now": at,
        "points": size.points,
        "events": size.events_per_point,
        "hazards": size.hazards,
        "weeks": weeks,
        "first_monday": datetime.combine(first_monday, time(6), tzinfo=SHANGHAI),
        "method_version": method("lec").version,
    }
