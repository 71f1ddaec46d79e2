"""When a check was handed in, or that it was missed: the past of the demo city's tasks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from webapp.demo.rules.chance import chance_of
from webapp.demo.rules.conduct import Habits

_MORNING = timedelta(hours=7, minutes=20)
_WORKING_DAY = timedelta(hours=8)
_LEARNT, _LEARNING_DAYS = 0.1, 90
"""By how much an enterprise did worse three months ago; it learns evenly."""


@dataclass(frozen=True, slots=True)
class PastTask:
    """A task as far as its fate depends on it; ``seed`` is the same in every seed."""

    seed: str
    opens_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """How a task was done."""

    started_at: datetime
    submitted_at: datetime
    is_mobile: bool
    holder: int
    """Which of the post's holders, to be taken modulo their number."""


def done(task: PastTask, habits: Habits, *, now: datetime) -> Done | None:
    """How the task was done, or None when it was missed or its time has not come."""
    chance = chance_of(task.seed)
    draw, is_mobile, holder = chance.random(), chance.random() < habits.mobile, chance.randrange(6)
    unlearnt = _LEARNT * min(1, (now - task.opens_at).days / _LEARNING_DAYS)
    submitted = _submitted_at(task, habits, draw + unlearnt, chance)
    if submitted is None or submitted > now:
        return None
    if (now - submitted).days < habits.silent_days:
        return None
    started = submitted - timedelta(seconds=chance.randrange(70, 420))
    return Done(max(started, task.opens_at), submitted, is_mobile, holder)


def _submitted_at(task: PastTask, habits: Habits, draw: float, chance: Random) -> datetime | None:
    if draw < habits.done:
        days = max(0, (task.due_at - task.opens_at).days - 1)
        # What is due in a month is not left to its last day.
        day = chance.randrange(int(days * 0.7) + 1)
        in_day = _MORNING if not days else _WORKING_DAY
        spread = timedelta(minutes=chance.randrange(130 if not days else 480))
        return task.opens_at + timedelta(days=day) + in_day + spread
    if draw < habits.done + habits.late:
        return task.due_at + timedelta(minutes=chance.randrange(420, 1300))
    return None
