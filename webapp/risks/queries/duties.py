"""Levels that must control a risk and where nobody in office is charged with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from webapp.platform.database import reading
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.standards.risk_methods import ControlLevel, RiskLevel

_RANK = "array_position(array['post', 'team', 'department', 'company'], {0})"

# Charged is whose post has a measure on that level, and the owner on the level that answers.
_MISSING = f"""
  from risk_event r
  join risk_point p on p.enterprise_id = :enterprise and p.id = r.point_id
  cross join (values ('company'), ('department'), ('team'), ('post')) v(control_level)
  where r.enterprise_id = :enterprise and r.removed_at is null
    and {_RANK.format("v.control_level")} <= {_RANK.format("r.control_level")}
    and not exists (
      select 1 from control_measure m
      join person h on h.enterprise_id = :enterprise and h.post_id = m.post_id
        and h.left_on is null
      where m.enterprise_id = :enterprise and m.event_id = r.id and m.removed_at is null
        and m.control_level = v.control_level)
    and not (v.control_level = r.control_level and exists (
      select 1 from person o where o.enterprise_id = :enterprise and o.id = r.owner_id
        and o.left_on is null))
"""  # noqa: S608 - ranks are constants

_COUNTED = text(f"select v.control_level, count(*) as missing {_MISSING} group by 1")
_PAGE = text(
    f"""
    select r.id, r.number, p.name as point, r.description, r.level, (
      select string_agg(m.description, '；' order by m.ordinal, m.id) from control_measure m
      where m.enterprise_id = :enterprise and m.event_id = r.id and m.removed_at is null
        and m.control_level = v.control_level) as measures
    {_MISSING} and v.control_level = :level
    order by array_position(array['major', 'significant', 'moderate', 'low'], r.level),
      r.number, r.id
    limit :limit offset :offset
    """  # noqa: S608 - ranks are constants
)


@dataclass(frozen=True, slots=True)
class MissingDuty:
    """A risk that nobody on a level is charged with; ``measures`` are those of that level."""

    event_id: UUID
    number: int
    point: str
    description: str
    level: RiskLevel
    measures: str


def missing_counts(scope: Scope, enterprise_id: UUID) -> Mapping[ControlLevel, int]:
    """How many risks miss somebody on each level; a level that misses nobody is left out."""
    with reading(scope) as session:
        rows = session.execute(_COUNTED, {"enterprise": enterprise_id})
        found = {ControlLevel(level): missing for level, missing in rows}
    return {level: found[level] for level in ControlLevel if level in found}


def missing_duties(
    scope: Scope, enterprise_id: UUID, level: ControlLevel, page: PageRequest
) -> Page[MissingDuty]:
    """One page of the risks that miss somebody on a level, the gravest first."""
    values = {"enterprise": enterprise_id, "level": level.value}
    window = {"limit": page.size, "offset": page.offset}
    with reading(scope) as session:
        rows = session.execute(_PAGE, values | window).all()
    total = missing_counts(scope, enterprise_id).get(level, 0)
    return Page(tuple(_duty(*row) for row in rows), total, page)


def _duty(
    event_id: UUID, number: int, point: str, description: str, level: str, measures: str | None
) -> MissingDuty:
    return MissingDuty(event_id, number, point, description, RiskLevel(level), measures or "")
