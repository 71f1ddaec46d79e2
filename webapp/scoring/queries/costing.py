"""The records that keep an indicator from being full: those that were late, lacking or missing."""

# ruff: noqa: S608 - only names of columns are put in, and they are constants

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.scoring.queries.facts import ACTIVE_DAYS, WINDOW_DAYS, YEAR_DAYS
from webapp.scoring.queries.ledger_counts import LEVELS_BELOW, RANK
from webapp.scoring.rules.explanation import MOST_RECORDS
from webapp.scoring.rules.score import RecordRef

_IN_TIME = (
    "(h.state = 'closed' and (h.rectified_at at time zone 'Asia/Shanghai')::date <= h.due_on)"
)
_WHOLE_PLAN = """(select count(*) = 5 from jsonb_each_text(h.implementations) i
  where i.key in ('responsibility', 'measures', 'funds', 'time_limit', 'plan') and i.value <> '')"""
_RISKS = """from risk_event r where r.enterprise_id = :enterprise and r.removed_at is null"""
_HAZARDS = "from hazard h where h.enterprise_id = :enterprise"
_CHECKS = "from self_check k where k.enterprise_id = :enterprise and k.submitted_at >= :begins"
_HELD = "x.enterprise_id = :enterprise and x.left_on is null"


class _Records(NamedTuple):
    """Records of one kind: where their ids come from, and what comes first."""

    kind: str
    id: str
    source: str
    order: str


# The conditions are those by which the counts leave a record out; see facts and ledger_counts.
_SOURCES: Mapping[str, tuple[_Records, ...]] = MappingProxyType(
    {
        "H2.1": (
            _Records(
                "risk_point",
                "p.id",
                "from risk_point p where p.enterprise_id = :enterprise and p.stopped_at is null"
                " and not exists (select 1 from risk_event r where r.enterprise_id = :enterprise"
                " and r.point_id = p.id and r.removed_at is null)",
                "p.name, p.id",
            ),
            _Records(
                "department",
                "d.id",
                "from department d where d.enterprise_id = :enterprise and d.kind = 'department'"
                " and d.is_production and d.closed_at is null and not exists ("
                " select 1 from risk_point p where p.enterprise_id = :enterprise"
                " and p.department_id = d.id and p.stopped_at is null)",
                "d.name, d.id",
            ),
        ),
        "H2.3": (
            _Records(
                "risk_event",
                "r.id",
                f"{_RISKS} and (not r.is_proposed and exists ("
                " select 1 from risk_assessment a where a.enterprise_id = :enterprise"
                " and a.event_id = r.id and a.kind = 'residual' and a.replaced_at is null"
                " and a.level = r.level and (a.direct_rule = '' or r.level = 'major'))"
                f" and {RANK.format('r.level')} <= {RANK.format('r.inherent_level')}) is not true",
                "r.number, r.id",
            ),
        ),
        "H2.4": (
            _Records(
                "risk_event",
                "r.id",
                f"{_RISKS} and not (select case when r.level in ('major', 'significant')"
                " then count(distinct m.category) >= 4"
                " and coalesce(bool_or(m.category = 'emergency'), false)"
                " and coalesce(bool_or(m.category in ('engineering', 'management')), false)"
                " else count(distinct m.category) >= 2 end from control_measure m"
                " where m.enterprise_id = :enterprise and m.event_id = r.id"
                " and m.removed_at is null)",
                "r.number, r.id",
            ),
        ),
        "H2.5": (
            _Records(
                "risk_event",
                "r.id",
                f"{_RISKS} and {LEVELS_BELOW.format('r.control_level')} > (select count(*) from ("
                " select m.control_level from control_measure m"
                f" join person x on {_HELD} and x.post_id = m.post_id"
                " where m.enterprise_id = :enterprise and m.event_id = r.id"
                " and m.removed_at is null and"
                f" {LEVELS_BELOW.format('m.control_level')}"
                f" <= {LEVELS_BELOW.format('r.control_level')}"
                f" union select r.control_level from person x where {_HELD}"
                " and x.id = r.owner_id) held)",
                "r.number, r.id",
            ),
        ),
        "H3.1": (
            _Records(
                "risk_event",
                "r.id",
                f"{_RISKS} and exists (select 1 from control_measure m"
                " where m.enterprise_id = :enterprise and m.event_id = r.id and m.is_checkable"
                " and m.removed_at is null and not exists (select 1 from checklist_item i"
                " join check_plan p on p.enterprise_id = :enterprise"
                " and p.checklist_id = i.checklist_id and p.ended_on is null"
                f" join person x on {_HELD} and x.post_id = p.post_id"
                " where i.enterprise_id = :enterprise and i.measure_id = m.id))",
                "r.number, r.id",
            ),
        ),
        "H3.2": (
            _Records(
                "check_task",
                "t.id",
                # What is due at midnight belongs to the day before it, as in the counted days.
                "from check_task t where t.enterprise_id = :enterprise"
                " and t.due_at > :begins and t.due_at <= :ends"
                " and (t.state = 'open' or (t.state = 'done' and t.done_at > t.due_at))",
                "t.due_at desc, t.id",
            ),
        ),
        "H3.3": (
            _Records("self_check", "k.id", f"{_CHECKS} and k.is_late", "k.submitted_at desc, k.id"),
        ),
        "H3.4": (
            _Records(
                "hazard",
                "h.id",
                f"{_HAZARDS} and h.due_on >= :first and h.due_on < :today"
                f" and {_IN_TIME} is not true",
                "h.reported_at desc, h.id",
            ),
        ),
        "H3.5": (
            _Records(
                "hazard",
                "h.id",
                f"{_HAZARDS} and h.reported_at >= :begins and (h.is_repeated"
                f" or (h.level = 'major' and not {_WHOLE_PLAN})"
                " or (h.state = 'closed' and (h.verification = '' or not exists ("
                " select 1 from hazard_photo f where f.enterprise_id = :enterprise"
                " and f.hazard_id = h.id and f.moment = 'after'))))",
                "h.reported_at desc, h.id",
            ),
        ),
        "H3.6": (
            _Records(
                "hazard",
                "h.id",
                f"{_HAZARDS} and h.level = 'major' and h.reported_at >= :year_begins"
                f" and not ({_WHOLE_PLAN} and coalesce(h.implementations ->> 'measures', '') <> ''"
                f" and (h.due_on is null or h.due_on >= :today or {_IN_TIME} is true))",
                "h.reported_at desc, h.id",
            ),
        ),
        "H3.8": (
            _Records(
                "hazard",
                "h.id",
                f"{_HAZARDS} and h.source = 'inspection' and h.due_on < :today"
                f" and h.due_on > :year_ago and {_IN_TIME} is not true",
                "h.due_on desc, h.id",
            ),
        ),
        "H4.1": (
            _Records(
                "person",
                "x.id",
                f"from person x where {_HELD} and x.post_id is not null and not exists ("
                " select 1 from person_activity a where a.enterprise_id = :enterprise"
                " and a.person_id = x.id and a.seen_on > :active_after)",
                "x.name, x.id",
            ),
        ),
        "H4.2": (
            _Records(
                "self_check", "k.id", f"{_CHECKS} and not k.is_mobile", "k.submitted_at desc, k.id"
            ),
        ),
        "H4.5": (
            _Records(
                "post",
                "p.id",
                "from post p where p.enterprise_id = :enterprise and p.closed_at is null"
                f" and (not exists (select 1 from person x where {_HELD} and x.post_id = p.id)"
                f" or exists (select 1 from person x where {_HELD} and x.post_id = p.id"
                " and not exists (select 1 from responsibility_signature s"
                " join responsibility_list l on l.enterprise_id = :enterprise and l.id = s.list_id"
                " and l.post_id = p.id and l.state = 'published'"
                " where s.enterprise_id = :enterprise and s.person_id = x.id)))",
                "p.name, p.id",
            ),
        ),
        "H5.4": (
            _Records(
                "hazard",
                "h.id",
                f"{_HAZARDS} and h.reported_at >= :begins and not h.is_frontline",
                "h.reported_at desc, h.id",
            ),
        ),
    }
)


def costing(
    session: Session, enterprise_id: UUID, codes: Iterable[str], at: datetime
) -> dict[str, tuple[RecordRef, ...]]:
    """The first records that cost these indicators points; one more than are shown tells of more.

    An indicator without records of its own is left out.
    """
    values = _values(enterprise_id, at) | {"limit": MOST_RECORDS + 1, "offset": 0}
    return {
        code: tuple(
            RecordRef(row.kind, row.id)
            for row in session.execute(
                text(f"{_ids(code)} order by part, place limit :limit offset :offset"), values
            )
        )
        for code in codes
        if code in _SOURCES
    }


def costing_page(
    scope: Scope, enterprise_id: UUID, code: str, at: datetime, request: PageRequest
) -> Page[RecordRef]:
    """One page of all records behind an indicator. Raises NotFound where there are none by kind."""
    if code not in _SOURCES:
        raise NotFound
    values = _values(enterprise_id, at)
    window = {"limit": request.size, "offset": request.offset}
    with reading(scope) as session:
        total = session.execute(
            text(f"select count(*) from ({_ids(code)}) found"),
            values,
        ).scalar_one()
        rows = session.execute(
            text(f"{_ids(code)} order by part, place limit :limit offset :offset"), values | window
        )
        return Page(tuple(RecordRef(row.kind, row.id) for row in rows), total, request)


def _ids(code: str) -> str:
    return " union all ".join(
        f"select {part} as part, '{records.kind}' as kind, {records.id} as id,"
        f" row_number() over (order by {records.order}) as place {records.source}"
        for part, records in enumerate(_SOURCES[code])
    )


def _values(enterprise_id: UUID, at: datetime) -> dict[str, Any]:
    today = local_date(at)
    first = today - timedelta(days=WINDOW_DAYS - 1)
    year = today - timedelta(days=YEAR_DAYS - 1)
    return {
        "enterprise": enterprise_id,
        "today": today,
        "first": first,
        "begins": datetime.combine(first, time(), SHANGHAI),
        "ends": datetime.combine(today, time(), SHANGHAI),
        "year_begins": datetime.combine(year, time(), SHANGHAI),
        "year_ago": today - timedelta(days=YEAR_DAYS),
        "active_after": today - timedelta(days=ACTIVE_DAYS),
    }
