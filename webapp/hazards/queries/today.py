"""What is to be checked today, by whom, in the order one walks; and how far the day is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from webapp.enterprise.models.organisation import Post
from webapp.hazards.models.checklists import ChecklistItem
from webapp.hazards.models.checks import SelfCheck
from webapp.hazards.models.plans import CheckPlan, CheckTask
from webapp.hazards.queries.walk import TaskPart, TaskRow
from webapp.hazards.rules.schedule import MAKE_UP_DAYS
from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.database import reading
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent, RiskPoint, RiskUnit
from webapp.risks.rules.control_levels import Frequency
from webapp.standards.risk_methods import RiskLevel

_RANK = {level.value: level.number for level in RiskLevel}


def today(
    scope: Scope,
    enterprise_id: UUID,
    post_ids: Collection[UUID] | None,
    at: datetime,
    page: PageRequest,
    part: TaskPart | None = None,
    point_id: UUID | None = None,
) -> Page[TaskRow]:
    """The tasks of these posts (None: of all) that can be done now or were done today.

    ``point_id`` keeps those of one risk point.

    What is late comes first, then what is due today by its time and along the route through the
    units, then what has days left, then what is done.
    """
    belongs = _part(at)
    conditions = [CheckTask.enterprise_id == enterprise_id, _shown(at)]
    if post_ids is not None:
        conditions.append(CheckTask.post_id.in_(post_ids))
    if part is not None:
        conditions.append(belongs == part)
    if point_id is not None:
        conditions.append(CheckTask.point_id == point_id)
    with reading(scope) as session:
        total = session.execute(
            select(func.count()).select_from(CheckTask).where(*conditions)
        ).scalar_one()
        shown = _shown_page(conditions, belongs, page).subquery()
        rows = session.execute(_rows(shown).order_by(shown.c.place))
        return Page(tuple(_row(row) for row in rows), total, page)


def day_of(at: datetime) -> tuple[datetime, datetime]:
    """The first instant of an instant's day and of the next, in Shanghai."""
    first = datetime.combine(local_date(at), datetime.min.time(), SHANGHAI)
    return first, first + timedelta(days=1)


def _shown(at: datetime) -> ColumnElement[bool]:
    """What can be done now or later today, was done today, or was missed last.

    Of the periods that a plan missed only the latest is offered: to fill in three shifts at
    once would be paper, not a check. The earlier ones stay missed.
    """
    begins, ends = day_of(at)
    later = aliased(CheckTask)
    has_later = exists().where(
        later.enterprise_id == CheckTask.enterprise_id,
        later.plan_id == CheckTask.plan_id,
        later.due_at > CheckTask.due_at,
        later.due_at <= at,
    )
    is_open = CheckTask.state == "open"
    oldest = at - timedelta(days=MAKE_UP_DAYS)
    return and_(
        # Nothing older can be done today: it bounds what is read of years of tasks.
        CheckTask.due_at > begins - timedelta(days=MAKE_UP_DAYS),
        or_(
            and_(is_open, CheckTask.opens_at < ends, CheckTask.due_at > at),
            and_(is_open, CheckTask.due_at <= at, CheckTask.due_at > oldest, ~has_later),
            and_(CheckTask.state == "done", CheckTask.done_at >= begins, CheckTask.done_at < ends),
        ),
    )


def _part(at: datetime) -> ColumnElement[str]:
    _, ends = day_of(at)
    return case(
        (CheckTask.state == "done", TaskPart.DONE.value),
        (CheckTask.due_at <= at, TaskPart.LATE.value),
        (CheckTask.due_at <= ends, TaskPart.DUE.value),
        else_=TaskPart.LATER.value,
    )


def _shown_page(
    conditions: list[ColumnElement[bool]], belongs: ColumnElement[str], page: PageRequest
) -> Select[*tuple[object, ...]]:
    """Which tasks the page shows and in which place, before anything is looked up for them."""
    order = (
        case({each.value: n for n, each in enumerate(TaskPart)}, value=belongs),
        CheckTask.due_at,
        RiskUnit.name.nulls_last(),
        RiskPoint.name,
        CheckTask.id,
    )
    return (
        select(
            CheckTask.enterprise_id,
            CheckTask.id,
            belongs.label("part"),
            func.row_number().over(order_by=order).label("place"),
        )
        .join(RiskPoint, of_task(RiskPoint, CheckTask.point_id))
        .outerjoin(
            RiskUnit,
            (RiskUnit.enterprise_id == RiskPoint.enterprise_id)
            & (RiskUnit.id == RiskPoint.unit_id),
        )
        .where(*conditions)
        .order_by("place")
        .offset(page.offset)
        .limit(page.size)
    )


def _rows(shown: Subquery) -> Select[*tuple[object, ...]]:
    gravest = (
        select(
            func.count().label("items"),
            func.min(case(_RANK, value=RiskEvent.level)).label("rank"),
            func.max(RiskEvent.value).label("value"),
        )
        .select_from(ChecklistItem)
        .join(
            RiskEvent,
            (RiskEvent.enterprise_id == ChecklistItem.enterprise_id)
            & (RiskEvent.id == ChecklistItem.event_id),
        )
        .where(
            ChecklistItem.enterprise_id == CheckTask.enterprise_id,
            ChecklistItem.checklist_id == CheckTask.checklist_id,
        )
        .lateral("gravest")
    )
    return (
        select(
            CheckTask.id,
            shown.c.part,
            RiskPoint.name.label("point"),
            RiskPoint.place,
            func.coalesce(RiskUnit.name, "").label("unit"),
            Post.name.label("post"),
            CheckPlan.frequency,
            CheckTask.opens_at,
            CheckTask.due_at,
            CheckTask.done_at,
            SelfCheck.id.label("check_id"),
            gravest.c["items"].label("item_count"),
            gravest.c["rank"].label("level"),
            gravest.c["value"].label("value"),
            func.coalesce(SelfCheck.normal_count, 0).label("normal"),
            func.coalesce(SelfCheck.abnormal_count, 0).label("abnormal"),
            func.coalesce(SelfCheck.submitted_by_name, "").label("done_by"),
        )
        .select_from(shown)
        .join(
            CheckTask,
            (CheckTask.enterprise_id == shown.c.enterprise_id) & (CheckTask.id == shown.c.id),
        )
        .join(RiskPoint, of_task(RiskPoint, CheckTask.point_id))
        .outerjoin(
            RiskUnit,
            (RiskUnit.enterprise_id == RiskPoint.enterprise_id)
            & (RiskUnit.id == RiskPoint.unit_id),
        )
        .join(Post, of_task(Post, CheckTask.post_id))
        .join(CheckPlan, of_task(CheckPlan, CheckTask.plan_id))
        .outerjoin(
            SelfCheck,
            (SelfCheck.enterprise_id == CheckTask.enterprise_id)
            & (SelfCheck.task_id == CheckTask.id),
        )
        .join(gravest, gravest.c["items"] >= 0)
    )


def of_task(model: type, column: object) -> ColumnElement[bool]:
    """Joins a tenant table to the task that refers to it."""
    return and_(
        model.enterprise_id == CheckTask.enterprise_id,  # type: ignore[attr-defined]  # tenant tables only
        model.id == column,  # type: ignore[attr-defined]  # tenant tables only
    )


_LEVELS = {level.number: level for level in RiskLevel}


def _row(row: object) -> TaskRow:
    values = row._asdict()  # type: ignore[attr-defined]  # a Row whose columns _rows names
    return TaskRow(
        **{
            **values,
            "part": TaskPart(values["part"]),
            "frequency": Frequency(values["frequency"]),
            "level": _LEVELS.get(values["level"]),
        }
    )


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How far these posts are today."""

    due: int
    done: int
    late: int
    later: int

    @property
    def all(self) -> int:
        """All that today asks for: done and still due."""
        return self.due + self.done


def day_counts(
    scope: Scope, enterprise_id: UUID, post_ids: Collection[UUID] | None, at: datetime
) -> DayCounts:
    """Counts of the day's tasks by part, in one statement."""
    belongs = _part(at)
    statement = select(belongs, func.count()).where(
        CheckTask.enterprise_id == enterprise_id, _shown(at)
    )
    if post_ids is not None:
        statement = statement.where(CheckTask.post_id.in_(post_ids))
    with reading(scope) as session:
        rows = session.execute(statement.group_by(belongs))
        counts = {TaskPart(row[0]): row[1] for row in rows}
    return DayCounts(
        due=counts.get(TaskPart.DUE, 0),
        done=counts.get(TaskPart.DONE, 0),
        late=counts.get(TaskPart.LATE, 0),
        later=counts.get(TaskPart.LATER, 0),
    )
