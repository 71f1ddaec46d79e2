"""The counts that a score is made of: the counter row, day amounts and bounded reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.database import shortened
from webapp.platform.errors import NotFound
from webapp.scoring.rules.indicators import (
    Coverage,
    Facts,
    Honesty,
    Majors,
    Quality,
    Rectification,
    Share,
    Tasks,
)
from webapp.scoring.rules.moves import COUNTS, DayMeasure, Sum
from webapp.scoring.rules.veto import VetoFacts

WINDOW_DAYS = 90
YEAR_DAYS = 365
ACTIVE_DAYS = 30

# Every part is bounded: days of the window, major hazards and orders of a year, people on duty.
_STORED = f"""
select c.*, s.total as stored_total, major.*, ordered.*, people.*,
  (select jsonb_object_agg(measure, jsonb_build_array(before_today, today)) from (
    select measure,
      sum(amount) filter (where day < :today) as before_today,
      sum(amount) filter (where day = :today) as today
    from enterprise_day d
    where d.enterprise_id = c.enterprise_id
      and day > :today - {WINDOW_DAYS} and day <= :today
    group by measure) days) as window_amounts,
  exists (select 1 from enterprise_code k where k.enterprise_id = c.enterprise_id
    and k.state = 'active') as has_code
from enterprise_counter c
left join enterprise_score s on s.enterprise_id = c.enterprise_id
cross join lateral (
  select
    count(*) filter (where of_year) as majors,
    count(*) filter (where of_year and complete) as majors_planned,
    count(*) filter (where of_year and coalesce(h.implementations ->> 'measures', '') <> '')
      as majors_protected,
    count(*) filter (where of_year and (h.due_on is null or h.due_on >= :today
      or (h.state = 'closed' and in_time))) as majors_settled,
    count(*) filter (where h.state <> 'closed' and h.due_on < :today and in_time is not true)
      as majors_overdue,
    count(*) filter (where h.state <> 'closed' and h.due_on = :today and in_time is not true)
      as majors_due_today,
    count(*) filter (where h.reported_at >= :window_start) as timed,
    count(*) filter (where h.reported_at >= :window_start and complete) as implemented
  from hazard h
  cross join lateral (
    select h.reported_at >= :year_start as of_year,
      (h.rectified_at at time zone 'Asia/Shanghai')::date <= h.due_on as in_time, (
      select count(*) = 5 from jsonb_each_text(h.implementations) i
      where i.key in ('responsibility', 'measures', 'funds', 'time_limit', 'plan')
        and i.value <> '') as complete) v
  where h.enterprise_id = c.enterprise_id and h.level = 'major'
    and (h.reported_at >= :year_start or h.state <> 'closed')) major
cross join lateral (
  select count(*) as order_items_due,
    count(*) filter (where h.state = 'closed'
      and (h.rectified_at at time zone 'Asia/Shanghai')::date <= h.due_on) as order_items_on_time
  from hazard h
  where h.enterprise_id = c.enterprise_id and h.source = 'inspection'
    and h.due_on < :today and h.due_on > :today - {YEAR_DAYS}) ordered
cross join lateral (
  select count(*) as people_on_duty,
    count(*) filter (where a.seen_on is not null or p.id = any(:people)) as people_seen
  from person p
  left join person_activity a on a.enterprise_id = p.enterprise_id and a.person_id = p.id
    and a.seen_on > :today - {ACTIVE_DAYS}
  where p.enterprise_id = c.enterprise_id and p.left_on is null and p.post_id is not null) people
where c.enterprise_id = any(:enterprises)
order by c.enterprise_id
"""  # noqa: S608 - the windows are constants

_READ, _LOCK = text(shortened(_STORED)), text(shortened(f"{_STORED} for update of c"))


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of an enterprise's counts, before the moves of an open transaction."""

    row: Mapping[str, Any]
    today: date

    @property
    def total_tenths(self) -> int | None:
        """The stored score in tenths of points; None before the first."""
        total = self.row["stored_total"]
        return None if total is None else int(total * 10)


def stored(
    session: Session,
    enterprise_ids: Sequence[UUID],
    at: datetime,
    *,
    lock: bool = False,
    people: Iterable[UUID] = (),
) -> dict[UUID, Stored]:
    """The stored counts of enterprises, their rows locked in order when they are about to move.

    ``people`` have done something in the open transaction.

    Raises NotFound when one of them has no counters, as before its approval.
    """
    today = local_date(at)
    midnight = datetime(today.year, today.month, today.day, tzinfo=SHANGHAI)
    rows = session.execute(
        _LOCK if lock else _READ,
        {
            "enterprises": list(enterprise_ids),
            "today": today,
            "year_start": midnight - timedelta(days=YEAR_DAYS - 1),
            "window_start": midnight - timedelta(days=WINDOW_DAYS - 1),
            "people": list(people),
        },
    ).mappings()
    found = {row["enterprise_id"]: Stored(dict(row), today) for row in rows}
    if len(found) != len(set(enterprise_ids)):
        raise NotFound
    return found


def facts(stored_counts: Stored, moved: Sum | None = None) -> Facts:
    """All counts of an enterprise, with what the open transaction moves."""
    counts = {name: int(stored_counts.row[name]) for name in COUNTS}
    for name, amount in (moved.counts if moved else {}).items():
        counts[name] += amount
    days = _Window(stored_counts, moved)
    row = stored_counts.row
    due, on_time = days.past(DayMeasure.TASK_DUE), days.past(DayMeasure.TASK_ON_TIME)
    due_today, done_today = days.today(DayMeasure.TASK_DUE), days.today(DayMeasure.TASK_ON_TIME)
    records, found = days.whole(DayMeasure.CHECK), days.whole(DayMeasure.HAZARD_REPORTED)
    sections = (
        True,
        counts["departments"] > 0,
        counts["posts"] > 0 and counts["posts_signed"] == counts["posts"],
        counts["risks"] > 0,
        counts["plans"] > 0,
        counts["checks"] > 0,
        row["has_code"],
    )
    return Facts(
        coverage=Coverage(
            counts["points"],
            counts["points_assessed"],
            counts["departments"],
            counts["departments_covered"],
            has_activities=counts["points_activity"] > 0,
            has_equipment=counts["points_physical"] > 0,
        ),
        grading=Share(counts["risks_accurate"], counts["risks"]),
        measures=Share(counts["risks_measured"], counts["risks"]),
        responsibilities=Share(counts["duties_held"], counts["duties_required"]),
        derivation=Share(counts["measures_planned"], counts["measures_checkable"]),
        # What is due today counts from the moment it is done, and as missed from tomorrow.
        tasks=Tasks(due + done_today, on_time + done_today, due_today - done_today),
        honesty=Honesty(records, days.whole(DayMeasure.CHECK_LATE), due + done_today, found),
        rectification=_rectification(days),
        quality=Quality(
            row["timed"],
            row["implemented"],
            days.whole(DayMeasure.HAZARD_RECTIFIED),
            days.whole(DayMeasure.HAZARD_EVIDENCED),
            found,
            days.whole(DayMeasure.HAZARD_REPEATED),
        ),
        majors=Majors(
            row["majors"],
            row["majors"],
            row["majors_planned"],
            row["majors_protected"],
            row["majors_settled"],
        ),
        order_items=Share(row["order_items_on_time"], row["order_items_due"]),
        accounts=Share(row["people_seen"], row["people_on_duty"]),
        mobile=Share(days.whole(DayMeasure.CHECK_MOBILE), records),
        sections=Share(sum(map(bool, sections)), len(sections)),
        reports=Share(days.whole(DayMeasure.HAZARD_FRONTLINE), found),
        vetoes=VetoFacts(
            overdue_majors=row["majors_overdue"],
            majors_due_today=row["majors_due_today"],
            risks=counts["risks"],
            checks=records,
            misjudged=counts["misjudged"],
        ),
    )


def _rectification(days: "_Window") -> Rectification:
    """A hazard due today counts once it is closed, and as late from tomorrow."""
    closed_today = days.today(DayMeasure.HAZARD_ON_TIME)
    return Rectification(
        days.past(DayMeasure.HAZARD_DUE) + closed_today,
        days.past(DayMeasure.HAZARD_ON_TIME) + closed_today,
        days.today(DayMeasure.HAZARD_OPEN_DUE),
    )


class _Window:
    """Day amounts of the last 90 days, stored and moved together."""

    def __init__(self, stored_counts: Stored, moved: Sum | None) -> None:
        self._stored = stored_counts.row["window_amounts"] or {}
        self._today = stored_counts.today
        self._moved = moved.days if moved else {}

    def past(self, measure: DayMeasure) -> int:
        """The amount of the days before today."""
        first = self._today - timedelta(days=WINDOW_DAYS - 1)
        moved = sum(
            amount
            for (name, day), amount in self._moved.items()
            if name is measure and first <= day < self._today
        )
        return int(self._stored.get(measure, (0, 0))[0] or 0) + moved

    def today(self, measure: DayMeasure) -> int:
        """The amount of today."""
        return int(self._stored.get(measure, (0, 0))[1] or 0) + self._moved.get(
            (measure, self._today), 0
        )

    def whole(self, measure: DayMeasure) -> int:
        """The amount of all days of the window."""
        return self.past(measure) + self.today(measure)
