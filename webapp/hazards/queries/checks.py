"""A task with what it asks, and what was answered."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.enterprise.models.organisation import Department, Post
from webapp.hazards.models.checklists import Checklist, ChecklistItem
from webapp.hazards.models.checks import CheckAnswer, SelfCheck
from webapp.hazards.models.hazards import Hazard
from webapp.hazards.models.plans import CheckPlan, CheckTask
from webapp.hazards.rules.checklists import question_key
from webapp.hazards.rules.checks import Answer, AnswerResult, Item
from webapp.hazards.rules.schedule import due_shown
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent, RiskPoint
from webapp.risks.rules.control_levels import Frequency
from webapp.standards.risk_methods import ControlLevel, RiskLevel


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One question of a sheet, with the measure and the event it serves."""

    id: UUID
    question: UUID
    text: str
    is_must_see: bool
    measure_id: UUID
    event_id: UUID

    @property
    def as_rule(self) -> Item:
        """The item as the judging rules know it; its group is its event."""
        return Item(self.question, self.text, str(self.event_id), self.is_must_see)


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """The questions about one risk event."""

    event_id: UUID
    event: str
    level: RiskLevel
    value: Decimal | None
    control_level: ControlLevel
    items: tuple[SheetItem, ...]

    @property
    def at_one_tap(self) -> int:
        """How many items one tap may mark normal; major and significant risks are seen singly."""
        return sum(not item.is_must_see for item in self.items)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A task as it is filled in."""

    task_id: UUID
    checklist_id: UUID
    edition: int
    point_id: UUID
    point: str
    place: str
    post_id: UUID
    post: str
    department_id: UUID | None
    department: str
    frequency: Frequency
    opens_at: datetime
    due_at: datetime
    state: str
    groups: tuple[SheetGroup, ...]

    @property
    def items(self) -> tuple[SheetItem, ...]:
        """All questions in their order."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def due_shown(self) -> date | datetime:
        """The deadline as it is shown."""
        return due_shown(self.due_at)


def task_sheet(scope: Scope, enterprise_id: UUID, task_id: UUID) -> Sheet:
    """What a task asks now. Raises NotFound."""
    with reading(scope) as session:
        return sheet(session, enterprise_id, task_id)


def sheet(session: Session, enterprise_id: UUID, task_id: UUID) -> Sheet:
    """What a task asks, inside a use case. Raises NotFound."""
    row = session.execute(
        select(
            CheckTask.id.label("task_id"),
            CheckTask.checklist_id,
            Checklist.edition,
            CheckTask.point_id,
            RiskPoint.name.label("point"),
            RiskPoint.place,
            CheckTask.post_id,
            Post.name.label("post"),
            Post.department_id,
            func.coalesce(Department.name, "").label("department"),
            CheckPlan.frequency,
            CheckTask.opens_at,
            CheckTask.due_at,
            CheckTask.state,
        )
        .join(Checklist, _of_task(Checklist, CheckTask.checklist_id))
        .join(RiskPoint, _of_task(RiskPoint, CheckTask.point_id))
        .join(Post, _of_task(Post, CheckTask.post_id))
        .join(CheckPlan, _of_task(CheckPlan, CheckTask.plan_id))
        .outerjoin(Department, _of_task(Department, Post.department_id))
        .where(CheckTask.enterprise_id == enterprise_id, CheckTask.id == task_id)
    ).one_or_none()
    if row is None:
        raise NotFound("没有找到这项检查任务，可能已随计划调整取消。")
    values = {**row._asdict(), "frequency": Frequency(row.frequency)}
    return Sheet(**values, groups=groups_of(session, enterprise_id, row.checklist_id))


def _of_task(model: type, column: object):  # type: ignore[no-untyped-def]  # a join's condition
    return (model.enterprise_id == CheckTask.enterprise_id) & (model.id == column)  # type: ignore[attr-defined]


def groups_of(session: Session, enterprise_id: UUID, checklist_id: UUID) -> tuple[SheetGroup, ...]:
    """The questions of an edition, by risk event, in the edition's order."""
    rows = session.execute(
        select(
            ChecklistItem.id,
            ChecklistItem.measure_id,
            ChecklistItem.event_id,
            ChecklistItem.content,
            ChecklistItem.must_see,
            RiskEvent.description,
            RiskEvent.level,
            RiskEvent.value,
            RiskEvent.control_level,
        )
        .join(
            RiskEvent,
            (RiskEvent.enterprise_id == ChecklistItem.enterprise_id)
            & (RiskEvent.id == ChecklistItem.event_id),
        )
        .where(
            ChecklistItem.enterprise_id == enterprise_id,
            ChecklistItem.checklist_id == checklist_id,
        )
        .order_by(ChecklistItem.ordinal)
    ).all()
    events = {row.event_id: row for row in rows}
    return tuple(
        SheetGroup(
            event_id,
            event.description,
            RiskLevel(event.level),
            event.value,
            ControlLevel(event.control_level),
            tuple(
                SheetItem(
                    row.id,
                    question_key(row.measure_id, row.content),
                    row.content,
                    row.must_see,
                    row.measure_id,
                    row.event_id,
                )
                for row in rows
                if row.event_id == event_id
            ),
        )
        for event_id, event in events.items()
    )


@dataclass(frozen=True, slots=True)
class HazardOfCheck:
    """A hazard that a check found."""

    id: UUID
    number: str
    title: str
    item_id: UUID | None


@dataclass(frozen=True, slots=True)
class FilledCheck:
    """A check that was handed in, with its answers by question."""

    id: UUID
    task_id: UUID
    point: str
    submitted_by: str
    submitted_at: datetime
    is_late: bool
    normal: int
    abnormal: int
    unchecked: int
    groups: tuple[SheetGroup, ...]
    answers: tuple[Answer, ...]
    hazards: tuple[HazardOfCheck, ...]


def filled_check(scope: Scope, enterprise_id: UUID, check_id: UUID) -> FilledCheck:
    """A check as it was handed in. Raises NotFound."""
    with reading(scope) as session:
        found = _filled(session, enterprise_id, SelfCheck.id == check_id)
    if found is None:
        raise NotFound("没有找到这次自查记录。")
    return found


def handed_in(scope: Scope, enterprise_id: UUID, task_id: UUID) -> FilledCheck | None:
    """What was handed in for a task, if anything."""
    with reading(scope) as session:
        return check_of_task(session, enterprise_id, task_id)


def check_of_task(session: Session, enterprise_id: UUID, task_id: UUID) -> FilledCheck | None:
    """The same, inside a use case."""
    return _filled(session, enterprise_id, SelfCheck.task_id == task_id)


def _filled(session: Session, enterprise_id: UUID, which: object) -> FilledCheck | None:
    row = session.execute(
        select(SelfCheck, RiskPoint.name)
        .join(
            CheckTask,
            (CheckTask.enterprise_id == SelfCheck.enterprise_id)
            & (CheckTask.id == SelfCheck.task_id),
        )
        .join(RiskPoint, _of_task(RiskPoint, CheckTask.point_id))
        .where(SelfCheck.enterprise_id == enterprise_id, which)  # type: ignore[arg-type]
    ).one_or_none()
    if row is None:
        return None
    check, point = row
    groups = groups_of(session, enterprise_id, check.checklist_id)
    return FilledCheck(
        check.id,
        check.task_id,
        point,
        check.submitted_by_name,
        check.submitted_at,
        check.is_late,
        check.normal_count,
        check.abnormal_count,
        check.unchecked_count,
        groups,
        _answers(session, check, groups),
        _hazards(session, check),
    )


def _answers(
    session: Session, check: SelfCheck, groups: tuple[SheetGroup, ...]
) -> tuple[Answer, ...]:
    rows = session.execute(
        select(CheckAnswer.item_id, CheckAnswer.result, CheckAnswer.words).where(
            CheckAnswer.enterprise_id == check.enterprise_id, CheckAnswer.check_id == check.id
        )
    )
    given = {row.item_id: row for row in rows}
    return tuple(
        Answer(item.question, AnswerResult(given[item.id].result), given[item.id].words)
        for group in groups
        for item in group.items
        if item.id in given
    )


def _hazards(session: Session, check: SelfCheck) -> tuple[HazardOfCheck, ...]:
    rows = session.execute(
        select(Hazard.id, Hazard.number, Hazard.title, Hazard.item_id)
        .where(Hazard.enterprise_id == check.enterprise_id, Hazard.check_id == check.id)
        .order_by(Hazard.number)
    )
    return tuple(HazardOfCheck(*row) for row in rows)
