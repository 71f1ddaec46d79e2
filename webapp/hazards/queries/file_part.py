"""This room's part of the one enterprise file."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from webapp.enterprise.rules.file_part import Completeness, FilePart, PartTable
from webapp.hazards.models.plans import CheckPlan, CheckTask
from webapp.hazards.queries.hazards import HazardRow, hazards, open_counts
from webapp.hazards.queries.recent_checks import checks_since
from webapp.hazards.queries.today import day_of
from webapp.hazards.rules.filters import HazardFilter
from webapp.hazards.rules.lifecycle import HazardState
from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.database import reading
from webapp.platform.paging import LARGEST_PAGE, PageRequest
from webapp.platform.tenancy import Scope

WINDOW_DAYS = 30
_CLOSED_SHOWN = 20
_COLUMNS = ("编号", "隐患", "级别", "地点", "责任人", "期限", "状态")
_CHECK_COLUMNS = ("提交时间", "风险点", "检查人", "正常", "异常", "说明")
_CHECK_WIDTHS = (2.4, 4.0, 1.6, 1.2, 1.2, 2.0)
_WIDTHS = (1.6, 4.0, 1.2, 1.8, 1.2, 1.4, 1.2)


def hazards_part(scope: Scope, enterprise_id: UUID, at: datetime) -> FilePart:
    """Plans, what was checked in the last 30 days, open hazards, those closed last."""
    today = local_date(at)
    counts = open_counts(scope, enterprise_id, today)
    with reading(scope) as session:
        plans = _plan_count(session, enterprise_id)
        due, done = _checks(session, enterprise_id, at)
    ended = _listed(scope, enterprise_id, HazardFilter(today, state=HazardState.CLOSED))
    still = _listed(scope, enterprise_id, HazardFilter(today, is_open=True))
    tables = (
        _checks_table(scope, enterprise_id, at),
        _hazards_table("未销号隐患", still, counts.open),
        _hazards_table("最近销号的隐患", ended[:_CLOSED_SHOWN], None),
    )
    return FilePart(
        facts=(
            ("排查计划", f"{plans} 项"),
            (f"近 {WINDOW_DAYS} 天应查", f"{due} 处"),
            (f"近 {WINDOW_DAYS} 天已查", f"{done} 处"),
            ("未销号隐患", f"{counts.open} 条"),
            ("其中逾期", f"{counts.overdue} 条"),
            ("其中重大事故隐患", f"{counts.major} 条"),
        ),
        tables=tuple(table for table in tables if table.rows),
    )


def _hazards_table(caption: str, rows: Sequence[HazardRow], of: int | None) -> PartTable:
    """The rows; the caption says when there are more than those."""
    listed = f"，列出 {len(rows)} 条" if of is not None and of > len(rows) else ""
    return PartTable(caption + listed, _COLUMNS, tuple(_cells(row) for row in rows), _WIDTHS)


def _checks_table(scope: Scope, enterprise_id: UUID, at: datetime) -> PartTable:
    """The checks submitted in the window, newest first."""
    found = checks_since(scope, enterprise_id, day_of(at - timedelta(days=WINDOW_DAYS))[0])
    caption = f"近 {WINDOW_DAYS} 天的自查"
    if found.total > len(found.rows):
        caption += f"，共 {found.total} 次，列出最近 {len(found.rows)} 次"
    cells = tuple(
        (
            f"{row.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            row.point,
            row.who,
            f"{row.normal} 项",
            f"{row.abnormal} 项",
            row.remark,
        )
        for row in found.rows
    )
    return PartTable(caption, _CHECK_COLUMNS, cells, _CHECK_WIDTHS)


def hazards_completeness(scope: Scope, enterprise_id: UUID, at: datetime) -> Completeness:
    """How much of what the last 30 days asked for was checked."""
    with reading(scope) as session:
        due, done = _checks(session, enterprise_id, at)
    if not due:
        return Completeness(0, 1, "还没有应查的任务")
    return Completeness(done, due, f"近 {WINDOW_DAYS} 天应查 {due} 处，已查 {done} 处")


def _plan_count(session: Session, enterprise_id: UUID) -> int:
    return session.execute(
        select(func.count()).where(
            CheckPlan.enterprise_id == enterprise_id, CheckPlan.ended_on.is_(None)
        )
    ).scalar_one()


def _checks(session: Session, enterprise_id: UUID, at: datetime) -> tuple[int, int]:
    """Tasks due in the window, and those of them that are done.

    What is due today counts from the moment it is done, and as missed from tomorrow, as scored.
    """
    first, _ = day_of(at - timedelta(days=WINDOW_DAYS))
    midnight, ends = day_of(at)
    row = session.execute(
        select(func.count(), func.count().filter(CheckTask.state == "done")).where(
            CheckTask.enterprise_id == enterprise_id,
            CheckTask.state != "waived",
            CheckTask.due_at > first,
            CheckTask.due_at <= ends,
            or_(CheckTask.due_at <= midnight, CheckTask.state == "done"),
        )
    ).one()
    return row[0], row[1]


def _listed(scope: Scope, enterprise_id: UUID, wanted: HazardFilter) -> tuple[HazardRow, ...]:
    return tuple(hazards(scope, enterprise_id, wanted, PageRequest(size=LARGEST_PAGE)).rows)


def _cells(row: HazardRow) -> tuple[str, ...]:
    due = row.due_on.isoformat() if row.due_on else "未定"
    level = "重大" if row.level.value == "major" else "一般"
    return (
        row.number,
        row.title,
        level,
        row.where,
        row.assignee or "未指定",
        due,
        row.state_words,
    )
