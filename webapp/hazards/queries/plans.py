"""Check plans and their tasks as use cases need them: locked, or to compare with."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from webapp.hazards.models.checklists import Checklist, ChecklistItem
from webapp.hazards.models.plans import CheckPlan, CheckTask
from webapp.hazards.rules.checklists import Asked
from webapp.platform.database import reading
from webapp.platform.outbox import Job
from webapp.platform.tenancy import SYSTEM


def active_plans(
    session: Session, enterprise_id: UUID, point_ids: Collection[UUID]
) -> tuple[CheckPlan, ...]:
    """The plans of these points that have not ended, locked."""
    return tuple(
        session.execute(
            select(CheckPlan)
            .where(
                CheckPlan.enterprise_id == enterprise_id,
                CheckPlan.point_id.in_(point_ids),
                CheckPlan.ended_on.is_(None),
            )
            .order_by(CheckPlan.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).scalars()
    )


def checklists(
    session: Session, enterprise_id: UUID, checklist_ids: Collection[UUID]
) -> Mapping[UUID, Checklist]:
    """These editions by id, for a use case to replace."""
    rows = session.execute(
        select(Checklist)
        .where(Checklist.enterprise_id == enterprise_id, Checklist.id.in_(checklist_ids))
        .order_by(Checklist.id)
    ).scalars()
    return {row.id: row for row in rows}


def asked_of(
    session: Session, enterprise_id: UUID, checklist_ids: Collection[UUID]
) -> Mapping[UUID, tuple[Asked, ...]]:
    """What each checklist asks, in its order."""
    found: dict[UUID, list[Asked]] = {}
    rows = session.execute(
        select(
            ChecklistItem.checklist_id,
            ChecklistItem.measure_id,
            ChecklistItem.content,
            ChecklistItem.must_see,
        )
        .where(
            ChecklistItem.enterprise_id == enterprise_id,
            ChecklistItem.checklist_id.in_(checklist_ids),
        )
        .order_by(ChecklistItem.checklist_id, ChecklistItem.ordinal)
    )
    for row in rows:
        asked = Asked(row.measure_id, row.content, row.must_see)
        found.setdefault(row.checklist_id, []).append(asked)
    return {checklist_id: tuple(asked) for checklist_id, asked in found.items()}


def _waiting(until: date) -> tuple[ColumnElement[bool], ...]:
    return (
        CheckPlan.ended_on.is_(None),
        CheckPlan.paused_at.is_(None),
        CheckPlan.starts_on <= until,
        or_(CheckPlan.generated_until.is_(None), CheckPlan.generated_until < until),
    )


def plans_waiting(session: Session, enterprise_id: UUID, until: date) -> tuple[CheckPlan, ...]:
    """The plans whose periods up to a day have not been dealt with, locked.

    Of two schedulers at the same moment the second waits here and then finds none.
    """
    return tuple(
        session.execute(
            select(CheckPlan)
            .where(CheckPlan.enterprise_id == enterprise_id, *_waiting(until))
            .order_by(CheckPlan.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).scalars()
    )


def enterprises_waiting(until: date, after: UUID | None, limit: int = 500) -> tuple[UUID, ...]:
    """The next enterprises, by id, that have plans to be dealt with; for the scheduler."""
    statement = select(CheckPlan.enterprise_id).where(*_waiting(until)).distinct()
    if after is not None:
        statement = statement.where(CheckPlan.enterprise_id > after)
    with reading(SYSTEM) as session:
        return tuple(
            session.execute(statement.order_by(CheckPlan.enterprise_id).limit(limit)).scalars()
        )


def is_ordered(key: str) -> bool:
    """Whether a job with this key has been ordered already."""
    with reading(SYSTEM) as session:
        return session.execute(select(exists().where(Job.key == key))).scalar_one()


def open_tasks(
    session: Session, enterprise_id: UUID, plan_ids: Collection[UUID]
) -> tuple[CheckTask, ...]:
    """The tasks of these plans that are neither done nor waived, locked."""
    return tuple(
        session.execute(
            select(CheckTask)
            .where(
                CheckTask.enterprise_id == enterprise_id,
                CheckTask.plan_id.in_(plan_ids),
                CheckTask.state == "open",
            )
            .order_by(CheckTask.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).scalars()
    )
