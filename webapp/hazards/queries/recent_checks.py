"""The checks of an enterprise as a list."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select

from webapp.hazards.models.checks import SelfCheck
from webapp.hazards.models.plans import CheckTask
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskPoint

MOST = 60


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One submitted check: where, by whom, how many items held and how many did not."""

    at: datetime
    point: str
    who: str
    normal: int
    abnormal: int
    unchecked: int
    is_late: bool

    @property
    def remark(self) -> str:
        """What is not as it should be with the check itself."""
        unchecked = f"{self.unchecked} 项未查" if self.unchecked else ""
        return "；".join(filter(None, ("逾期提交" if self.is_late else "", unchecked)))


@dataclass(frozen=True, slots=True)
class RecentChecks:
    """The newest rows, and how many there are in all."""

    rows: tuple[CheckRow, ...]
    total: int


def checks_since(scope: Scope, enterprise_id: UUID, first: datetime) -> RecentChecks:
    """The newest checks submitted from a moment on, newest first, at most `MOST`."""
    within = (SelfCheck.enterprise_id == enterprise_id, SelfCheck.submitted_at >= first)
    task, point = CheckTask, RiskPoint
    statement = (
        select(
            SelfCheck.submitted_at,
            point.name,
            SelfCheck.submitted_by_name,
            SelfCheck.normal_count,
            SelfCheck.abnormal_count,
            SelfCheck.unchecked_count,
            SelfCheck.is_late,
        )
        .join(
            task,
            and_(task.enterprise_id == SelfCheck.enterprise_id, task.id == SelfCheck.task_id),
        )
        .join(point, and_(point.enterprise_id == task.enterprise_id, point.id == task.point_id))
        .where(*within)
        .order_by(SelfCheck.submitted_at.desc(), SelfCheck.id.desc())
        .limit(MOST)
    )
    with reading(scope) as session:
        rows = tuple(CheckRow(*row) for row in session.execute(statement))
        total = session.execute(select(func.count()).where(*within)).scalar_one()
    return RecentChecks(rows, total)
