"""Today in the main enterprise: the worker's round has begun, one check of yesterday is missing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from webapp.demo.rules.roster import MAIN_WORKER
from webapp.demo.service.check_history import OpenTask
from webapp.demo.service.diary import Diary
from webapp.demo.service.founding import Tenant
from webapp.hazards.queries.checks import task_sheet
from webapp.hazards.rules.checks import AnswerResult
from webapp.hazards.rules.submissions import GivenAnswer, Submission
from webapp.hazards.service.checks import submit_check
from webapp.platform.clock import local_date
from webapp.platform.identifiers import new_id

_DAILY = "daily"
_DONE_BY_NOW = (timedelta(hours=7, minutes=51), timedelta(hours=8, minutes=4))
_MISSED_POINT = "铁水转运通道"


def spare_today(
    tenant: Tenant, tasks: Iterable[OpenTask], diary: Diary, *, now: datetime
) -> set[UUID]:
    """Keep the worker's tasks of today open but for the first two, and one of yesterday."""
    worker, today = tenant.people[MAIN_WORKER], local_date(now)
    own = [task for task in tasks if task.post_id == worker.post_id and task.frequency == _DAILY]
    round_ = [task for task in own if local_date(task.opens_at) == today]
    missed = [
        task
        for task in own
        if local_date(task.opens_at) == today - timedelta(days=1) and task.point == _MISSED_POINT
    ]
    for task, after_midnight in zip(reversed(round_), _DONE_BY_NOW, strict=False):
        diary.plan(task.opens_at + after_midnight, partial(_check, tenant, task.id))
    return {task.id for task in (*round_, *missed)}


def _check(tenant: Tenant, task_id: UUID, at: datetime) -> None:
    worker = tenant.people[MAIN_WORKER]
    sheet = task_sheet(worker.scope, tenant.id, task_id)
    submission = Submission(
        new_id(at),
        task_id,
        sheet.checklist_id,
        tuple(GivenAnswer(item.question, AnswerResult.NORMAL) for item in sheet.items),
        is_mobile=True,
        started_at=at - timedelta(minutes=5),
        device_at=at,
    )
    submit_check(worker, tenant.id, submission, at=at)
