"""How far the whole day is, and whose tasks a person looks at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from webapp.accounts.rules.permissions import reach_of
from webapp.accounts.rules.roles import Reach, Role
from webapp.enterprise.models.organisation import Post
from webapp.hazards.models.checks import SelfCheck
from webapp.hazards.models.plans import CheckPlan, CheckTask
from webapp.hazards.queries.measures import department_parents
from webapp.hazards.queries.today import day_of, of_task
from webapp.hazards.rules.departments import within
from webapp.platform.database import reading
from webapp.platform.tenancy import Actor, Scope
from webapp.risks.rules.control_levels import Frequency


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """How far one shift, or the tasks of one frequency, is today."""

    frequency: Frequency
    shift: str
    opens_at: datetime
    due_at: datetime
    due: int
    done: int
    missed: int
    abnormal: int


def shifts_today(scope: Scope, enterprise_id: UUID, at: datetime) -> tuple[ShiftRow, ...]:
    """Progress of the tasks that are due today, by shift and frequency, in one statement."""
    begins, ends = day_of(at)
    shift = func.substring(CheckTask.period, "S[0-9]$")
    with reading(scope) as session:
        rows = session.execute(
            select(
                CheckPlan.frequency,
                func.coalesce(shift, "").label("shift"),
                func.min(CheckTask.opens_at).label("opens_at"),
                func.max(CheckTask.due_at).label("due_at"),
                func.count().label("due"),
                func.count().filter(CheckTask.state == "done").label("done"),
                func.count()
                .filter(CheckTask.state == "open", CheckTask.due_at <= at)
                .label("missed"),
                func.coalesce(func.sum(SelfCheck.abnormal_count), 0).label("abnormal"),
            )
            .join(CheckPlan, of_task(CheckPlan, CheckTask.plan_id))
            .outerjoin(
                SelfCheck,
                (SelfCheck.enterprise_id == CheckTask.enterprise_id)
                & (SelfCheck.task_id == CheckTask.id),
            )
            .where(
                CheckTask.enterprise_id == enterprise_id,
                CheckTask.state != "waived",
                CheckTask.due_at > begins,
                CheckTask.due_at <= ends,
            )
            .group_by(CheckPlan.frequency, "shift")
            .order_by(func.min(CheckTask.opens_at).desc(), CheckPlan.frequency, "shift")
        ).all()
    found = tuple(
        ShiftRow(**{**row._asdict(), "frequency": Frequency(row.frequency)}) for row in rows
    )
    return tuple(
        sorted(found, key=lambda row: (list(Frequency).index(row.frequency), row.opens_at))
    )


def posts_in_reach(actor: Actor, enterprise_id: UUID) -> frozenset[UUID] | None:
    """The posts whose tasks a person may see: the own, the team's, the department's; None: all."""
    own = frozenset({actor.post_id} if actor.post_id else ())
    reach = reach_of((Role(actor.role),), "tasks.others")
    if reach is None:
        return own
    if reach not in (Reach.TEAM, Reach.DEPARTMENT):
        return None
    with reading(actor.scope) as session:
        departments = within(actor.department_id, department_parents(session, enterprise_id))
        return own | posts_within(actor.scope, enterprise_id, departments)


def posts_within(
    scope: Scope, enterprise_id: UUID, department_ids: Collection[UUID]
) -> frozenset[UUID]:
    """The posts of these departments, closed ones too: their tasks still stand."""
    with reading(scope) as session:
        return frozenset(
            session.execute(
                select(Post.id)
                .where(Post.enterprise_id == enterprise_id, Post.department_id.in_(department_ids))
                .order_by(Post.id)
            ).scalars()
        )
