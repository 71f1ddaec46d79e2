"""What each event of the rooms below does to the counters, inside its own transaction."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import text

from webapp.enterprise.events import EnterpriseApproved, EnterpriseMoved, OrganisationChanged
from webapp.hazards.events import (
    HazardClosed,
    HazardDueChanged,
    HazardGraded,
    HazardOpened,
    HazardRectified,
    HazardReturned,
    PlansChanged,
    TaskDone,
    TasksGenerated,
    TaskWaived,
)
from webapp.hazards.rules.grading import HazardLevel
from webapp.platform.clock import local_date
from webapp.platform.unit_of_work import Work
from webapp.risks.events import LedgerChanged
from webapp.scoring.models.counters import STANDING, EnterpriseCounter
from webapp.scoring.rules.moves import (
    OWN_DAYS,
    REGIONAL_COUNTS,
    DayMeasure,
    Move,
    due_moved,
    owed,
)
from webapp.scoring.service.closing import PART


def _known(person_id: UUID | None) -> frozenset[UUID]:
    return frozenset() if person_id is None else frozenset({person_id})


def enterprise_approved(work: Work, event: EnterpriseApproved) -> None:
    """A new enterprise starts to count; its score starts from an empty file."""
    work.add(
        EnterpriseCounter(
            enterprise_id=event.enterprise_id,
            region_code=event.region_code,
            industry_code=event.industry_code,
        )
    )
    work.contribute(PART, Move(event.enterprise_id, event.at, recounts_ledger=True))


_SUMS = ", ".join(f"('{name}', {name})" for name in REGIONAL_COUNTS)
_MOVE_REGION = text(
    f"""
    with amounts(measure, day, amount) as (
      select v.measure, cast(:standing as date), v.amount
      from enterprise_counter c cross join lateral (values {_SUMS}) v(measure, amount)
      where c.enterprise_id = :enterprise
      union all
      select 'enterprises', cast(:standing as date), 1
      union all
      select 'score', cast(:standing as date), cast(total * 10 as bigint)
      from enterprise_score where enterprise_id = :enterprise
      union all
      select measure, day, amount from enterprise_day
      where enterprise_id = :enterprise and measure <> all(:own_days))
    insert into region_delta (region_code, industry_code, measure, day, amount)
    select side.region, side.industry, measure, day, side.sign * amount
    from amounts cross join (values
      (cast(:old_region as text), cast(:old_industry as text), -1),
      (:new_region, :new_industry, 1)) side(region, industry, sign)
    where amount <> 0
    """  # noqa: S608 - column names are constants
)


def enterprise_moved(work: Work, event: EnterpriseMoved) -> None:
    """Everything that was counted of the enterprise moves with it."""
    counter = work.locked(EnterpriseCounter, event.enterprise_id)
    work.session.execute(
        _MOVE_REGION,
        {
            "enterprise": event.enterprise_id,
            "standing": STANDING,
            "own_days": list(OWN_DAYS),
            "old_region": event.old_region,
            "old_industry": event.old_industry,
            "new_region": event.new_region,
            "new_industry": event.new_industry,
        },
    )
    counter.region_code = event.new_region
    counter.industry_code = event.new_industry
    work.session.flush()


def ledger_changed(work: Work, event: LedgerChanged | PlansChanged) -> None:
    """The ledger's counts are taken anew at the end of the transaction."""
    work.contribute(PART, Move(event.enterprise_id, event.at, recounts_ledger=True))


def organisation_changed(work: Work, event: OrganisationChanged) -> None:
    """Counted as the ledger; who signed a list has been seen."""
    people = _known(event.signed_by)
    work.contribute(PART, Move(event.enterprise_id, event.at, recounts_ledger=True, people=people))


def tasks_generated(work: Work, event: TasksGenerated) -> None:
    """Tasks are owed on their days."""
    days = Counter((DayMeasure.TASK_DUE, due_on) for _, due_on in event.tasks)
    work.contribute(PART, Move(event.enterprise_id, event.at, days=days))


def task_waived(work: Work, event: TaskWaived) -> None:
    """A task is owed no longer."""
    days = {(DayMeasure.TASK_DUE, event.due_on): -1}
    work.contribute(PART, Move(event.enterprise_id, event.at, days=days))


def task_done(work: Work, event: TaskDone) -> None:
    """A check came in: for its due day when in time, and for the day it came."""
    today = local_date(event.at)
    days = {(DayMeasure.CHECK, today): 1}
    if event.on_time:
        days[DayMeasure.TASK_ON_TIME, event.due_on] = 1
    if event.is_mobile:
        days[DayMeasure.CHECK_MOBILE, today] = 1
    if event.is_late:
        days[DayMeasure.CHECK_LATE, today] = 1
    people = _known(event.person_id)
    work.contribute(
        PART,
        Move(event.enterprise_id, event.at, {"checks": 1}, days, people=people, is_check=True),
    )


def hazard_opened(work: Work, event: HazardOpened) -> None:
    """A hazard more, open, on the day it was reported."""
    counts = {"hazards": 1, "hazards_open": 1}
    if event.level is HazardLevel.MAJOR:
        counts["hazards_open_major"] = 1
    days = due_moved(None, event.due_on)
    days[DayMeasure.HAZARD_REPORTED, local_date(event.at)] = 1
    if event.is_frontline:
        days[DayMeasure.HAZARD_FRONTLINE, local_date(event.at)] = 1
    if event.is_repeated:
        days[DayMeasure.HAZARD_REPEATED, local_date(event.at)] = 1
    people = _known(event.reported_by)
    work.contribute(PART, Move(event.enterprise_id, event.at, counts, days, people=people))


def hazard_graded(work: Work, event: HazardGraded) -> None:
    """An open hazard became major, or general."""
    step = (event.after is HazardLevel.MAJOR) - (event.before is HazardLevel.MAJOR)
    work.contribute(PART, Move(event.enterprise_id, event.at, {"hazards_open_major": step}))


def hazard_due_changed(work: Work, event: HazardDueChanged) -> None:
    """An open hazard has another last day."""
    days = due_moved(event.before, event.after)
    work.contribute(PART, Move(event.enterprise_id, event.at, days=days))


def hazard_rectified(work: Work, event: HazardRectified) -> None:
    """What is put right in time is owed no longer, however long its verification takes."""
    days = owed(event.due_on, -1) if event.on_time else {}
    work.contribute(PART, Move(event.enterprise_id, event.at, days=days))


def hazard_returned(work: Work, event: HazardReturned) -> None:
    """A rectification that does not stand is owed again."""
    days = owed(event.due_on, 1) if event.was_on_time else {}
    work.contribute(PART, Move(event.enterprise_id, event.at, days=days))


def hazard_closed(work: Work, event: HazardClosed) -> None:
    """A hazard less: in time, and then owed no longer already, or owed until now."""
    counts = {"hazards_open": -1, "hazards_closed": 1}
    if event.level is HazardLevel.MAJOR:
        counts["hazards_open_major"] = -1
    reported_on = local_date(event.reported_at)
    days = {
        (DayMeasure.HAZARD_CLOSED, local_date(event.at)): 1,
        (DayMeasure.HAZARD_RECTIFIED, reported_on): 1,
        (DayMeasure.HAZARD_EVIDENCED, reported_on): int(event.is_evidenced),
    }
    if event.due_on is not None and event.on_time:
        days[DayMeasure.HAZARD_ON_TIME, event.due_on] = 1
    if not event.on_time:
        days |= owed(event.due_on, -1)
    work.contribute(PART, Move(event.enterprise_id, event.at, counts, days))


SUBSCRIPTIONS: tuple[tuple[type, Callable[[Work, Any], None]], ...] = (
    (EnterpriseApproved, enterprise_approved),
    (EnterpriseMoved, enterprise_moved),
    (OrganisationChanged, organisation_changed),
    (LedgerChanged, ledger_changed),
    (PlansChanged, ledger_changed),
    (TasksGenerated, tasks_generated),
    (TaskWaived, task_waived),
    (TaskDone, task_done),
    (HazardOpened, hazard_opened),
    (HazardGraded, hazard_graded),
    (HazardDueChanged, hazard_due_changed),
    (HazardRectified, hazard_rectified),
    (HazardReturned, hazard_returned),
    (HazardClosed, hazard_closed),
)
"""Event → what it moves; entered on the bus by the room's wiring."""
