"""The desk's shifts and its one thing first, as the page shows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for

from webapp.hazards.queries.day import ShiftRow
from webapp.hazards.queries.hazards import HazardRow
from webapp.hazards.queries.walk import TaskRow
from webapp.hazards.rules.desk import FirstThing
from webapp.hazards.rules.lifecycle import HazardState
from webapp.hazards.rules.schedule import THREE_SHIFTS
from webapp.platform.clock import local_date
from webapp.risks.rules.control_levels import Frequency
from webapp.ui.filters import clock_time, due_word

Words = dict[str, Any]


def shift_words(rows: Sequence[ShiftRow], at: datetime) -> list[Words]:
    """Each shift or frequency with its progress and state in words."""
    return [_shift(row, at) for row in rows]


def _shift(row: ShiftRow, at: datetime) -> Words:
    is_shift = row.frequency is Frequency.EACH_SHIFT
    words = THREE_SHIFTS[int(row.shift[1:]) - 1].name if is_shift else f"{row.frequency.words}检查"
    state, tone = _state(row, at)
    return {
        "words": words,
        "hours": f"{clock_time(row.opens_at)}–{clock_time(row.due_at)}" if is_shift else "今天到期",
        "done": row.done,
        "due": row.due,
        "missed": row.missed,
        "abnormal": row.abnormal,
        "tone": "ok" if row.done == row.due else "",
        "state": state,
        "state_tone": tone,
    }


def _state(row: ShiftRow, at: datetime) -> tuple[str, str]:
    if row.done == row.due:
        return "已完成", "ok"
    if row.missed:
        return "有过时未查", "bad"
    return ("未开始", "idle") if row.opens_at > at else ("进行中", "info")


def focus_words(
    first: FirstThing, urgent: Sequence[HazardRow], late: Sequence[TaskRow], at: datetime
) -> Words | None:
    """The one thing to do first, with the way to it; None on a quiet day."""
    match first:
        case FirstThing.OVERDUE_HAZARD | FirstThing.DUE_HAZARD:
            return _hazard(_to_push(urgent), at) if urgent else None
        case FirstThing.MISSED_TASK:
            return _task(late[0])
        case FirstThing.VERIFICATION:
            return {
                "why": "先做这一件 · 整改完成，等人验收",
                "title": "验收已完成的整改",
                "detail": "验收人不能是整改责任人",
                "href": url_for("hazards.hazard_list", state="rectified"),
                "action": "去验收",
            }
        case _:
            return None


def _to_push(urgent: Sequence[HazardRow]) -> HazardRow:
    """The first that is still to be rectified; one that waits for a verification comes after."""
    return next((row for row in urgent if row.state is not HazardState.RECTIFIED), urgent[0])


def _hazard(row: HazardRow, at: datetime) -> Words:
    late = due_word(row.due_on, local_date(at))
    order = "，限期来自执法文书" if row.order_number else ""
    detail = (row.where, f"隐患 {row.number}", row.assignee and f"责任人 {row.assignee}")
    return {
        "why": f"先做这一件 · {late}{order}",
        "title": row.title,
        "detail": "　".join(part for part in (*detail, row.order_number) if part),
        "href": url_for("hazards.hazard_show", hazard_id=row.id),
        "action": _push(row),
    }


def _push(row: HazardRow) -> str:
    if row.state is not HazardState.RECTIFIED:
        return "督促整改"
    return "看复查安排" if row.order_number else "去验收"


def _task(row: TaskRow) -> Words:
    return {
        "why": "先做这一件 · 过时未查",
        "title": f"{row.point} · {row.frequency.words}检查",
        "detail": f"{row.post}　{row.item_count} 项",
        "href": url_for("hazards.check_fill", task_id=row.id),
        "action": "去补查",
    }
