"""The page of check plans: what is planned, and which measures are not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from webapp.enterprise.models.organisation import Department, Post
from webapp.hazards.models.checklists import Checklist, ChecklistItem
from webapp.hazards.models.plans import CheckPlan, CheckTask
from webapp.hazards.queries.measures import in_force
from webapp.hazards.rules.filters import PlanFilter
from webapp.platform.database import reading
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent, RiskPoint
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.rules.control_levels import Frequency
from webapp.risks.rules.logic_check import LogicCode, LogicFinding


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as the page lists it."""

    id: UUID
    point_id: UUID
    point: str
    department: str
    post_id: UUID
    post: str
    frequency: Frequency
    item_count: int
    edition: int
    paused_at: datetime | None
    last_done_at: datetime | None
    version: int


def plans(
    scope: Scope, enterprise_id: UUID, wanted: PlanFilter, page: PageRequest
) -> Page[PlanRow]:
    """The plans that have not ended, by point and post."""
    with reading(scope) as session:
        total = session.execute(
            _plans(enterprise_id, wanted).with_only_columns(func.count())
        ).scalar_one()
        rows = session.execute(
            _plans(enterprise_id, wanted)
            .order_by(RiskPoint.name, Post.name, CheckPlan.id)
            .offset(page.offset)
            .limit(page.size)
        )
        return Page(tuple(_plan_row(row) for row in rows), total, page)


def _plan_row(row: object) -> PlanRow:
    values = row._asdict()  # type: ignore[attr-defined]  # a Row whose columns _plans names
    return PlanRow(**{**values, "frequency": Frequency(values["frequency"])})


def plan(scope: Scope, enterprise_id: UUID, plan_id: UUID) -> PlanRow | None:
    """One plan that has not ended."""
    with reading(scope) as session:
        row = session.execute(
            _plans(enterprise_id, PlanFilter()).where(CheckPlan.id == plan_id)
        ).one_or_none()
    return None if row is None else _plan_row(row)


def _plans(enterprise_id: UUID, wanted: PlanFilter) -> Select[tuple[object, ...]]:
    items = (
        select(func.count())
        .where(
            ChecklistItem.enterprise_id == CheckPlan.enterprise_id,
            ChecklistItem.checklist_id == CheckPlan.checklist_id,
        )
        .correlate(CheckPlan)
        .scalar_subquery()
    )
    done = (
        select(func.max(CheckTask.done_at))
        .where(
            CheckTask.enterprise_id == CheckPlan.enterprise_id, CheckTask.plan_id == CheckPlan.id
        )
        .correlate(CheckPlan)
        .scalar_subquery()
    )
    statement = (
        select(
            CheckPlan.id,
            CheckPlan.point_id,
            RiskPoint.name.label("point"),
            func.coalesce(Department.name, "").label("department"),
            CheckPlan.post_id,
            Post.name.label("post"),
            CheckPlan.frequency,
            items.label("item_count"),
            Checklist.edition,
            CheckPlan.paused_at,
            done.label("last_done_at"),
            CheckPlan.version,
        )
        .join_from(CheckPlan, RiskPoint, _same(RiskPoint, CheckPlan.point_id))
        .join(Post, _same(Post, CheckPlan.post_id))
        .join(Checklist, _same(Checklist, CheckPlan.checklist_id))
        .outerjoin(Department, _same(Department, Post.department_id))
        .where(CheckPlan.enterprise_id == enterprise_id, CheckPlan.ended_on.is_(None))
    )
    return statement.where(*_wanted(wanted))


def _same(model: type, column: object) -> ColumnElement[bool]:
    return and_(
        model.enterprise_id == CheckPlan.enterprise_id,  # type: ignore[attr-defined]  # tenant tables only
        model.id == column,  # type: ignore[attr-defined]  # tenant tables only
    )


def _wanted(wanted: PlanFilter) -> tuple[ColumnElement[bool], ...]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.q:
        conditions.append(
            or_(
                RiskPoint.name.icontains(wanted.q, autoescape=True),
                Post.name.icontains(wanted.q, autoescape=True),
            )
        )
    if wanted.department_id:
        conditions.append(Post.department_id == wanted.department_id)
    if wanted.frequency:
        conditions.append(CheckPlan.frequency == wanted.frequency)
    if wanted.point_id:
        conditions.append(CheckPlan.point_id == wanted.point_id)
    if wanted.paused:
        conditions.append(CheckPlan.paused_at.is_not(None))
    return tuple(conditions)


@dataclass(frozen=True, slots=True)
class UnplannedMeasure:
    """A checkable measure that no plan covers, for want of a post."""

    measure_id: UUID
    event_id: UUID
    words: str
    event: str
    point: str
    control_level: str


def unplanned_measures(
    scope: Scope, enterprise_id: UUID, limit: int = 20
) -> tuple[int, tuple[UnplannedMeasure, ...]]:
    """How many checkable measures no plan covers, and the first of them in ledger order."""
    statement = _unplanned(enterprise_id)
    with reading(scope) as session:
        total = session.execute(statement.with_only_columns(func.count())).scalar_one()
        rows = session.execute(
            statement.order_by(RiskEvent.number, ControlMeasure.ordinal, ControlMeasure.id).limit(
                limit
            )
        )
        return total, tuple(UnplannedMeasure(**row._asdict()) for row in rows)


def unchecked_findings(scope: Scope, enterprise_id: UUID) -> tuple[LogicFinding, ...]:
    """The risks whose measures no plan asks for, each once, for the ledger's logic check."""
    risk = (RiskEvent.id, RiskEvent.number, RiskPoint.name, RiskEvent.description)
    statement = (
        _unplanned(enterprise_id)
        .with_only_columns(*risk, func.count(), func.min(ControlMeasure.description))
        .group_by(*risk)
    )
    with reading(scope) as session:
        rows = session.execute(statement.order_by(RiskEvent.number)).all()
    return tuple(
        LogicFinding(
            LogicCode.UNCHECKED,
            event_id,
            number,
            point,
            event,
            f"{measures} 条措施没有排查计划，如“{words[:30]}”",
        )
        for event_id, number, point, event, measures, words in rows
    )


def points_unplanned(session: Session, enterprise_id: UUID) -> tuple[UUID, ...]:
    """The points with checkable measures that no plan covers, inside a use case."""
    statement = _unplanned(enterprise_id).with_only_columns(RiskPoint.id).distinct()
    return tuple(session.execute(statement.order_by(RiskPoint.id)).scalars())


def _unplanned(enterprise_id: UUID) -> Select[*tuple[object, ...]]:
    covered = exists().where(
        ChecklistItem.enterprise_id == ControlMeasure.enterprise_id,
        ChecklistItem.measure_id == ControlMeasure.id,
        Checklist.enterprise_id == ChecklistItem.enterprise_id,
        Checklist.id == ChecklistItem.checklist_id,
        Checklist.state == literal("active"),
    )
    return (
        select(
            ControlMeasure.id.label("measure_id"),
            RiskEvent.id.label("event_id"),
            ControlMeasure.description.label("words"),
            RiskEvent.description.label("event"),
            RiskPoint.name.label("point"),
            ControlMeasure.control_level,
        )
        .join(
            RiskEvent,
            (RiskEvent.enterprise_id == ControlMeasure.enterprise_id)
            & (RiskEvent.id == ControlMeasure.event_id),
        )
        .join(
            RiskPoint,
            (RiskPoint.enterprise_id == RiskEvent.enterprise_id)
            & (RiskPoint.id == RiskEvent.point_id),
        )
        .where(ControlMeasure.enterprise_id == enterprise_id, *in_force(), ~covered)
    )
