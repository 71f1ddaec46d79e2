"""Until when a hazard must be rectified, and what its date says today."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardState
from webapp.standards import work_calendar
from webapp.standards.check_types import limits
from webapp.standards.refusal import Refusal


class Urgency(StrEnum):
    """How soon a general hazard must be gone; the law names no days, these are defaults."""

    URGENT = "urgent"
    SERIOUS = "serious"
    ORDINARY = "ordinary"

    @property
    def days(self) -> int:
        """Days from the one after opening; the numbers stand in the standards' table."""
        usual = limits()
        match self:
            case Urgency.URGENT:
                return usual.urgent_days
            case Urgency.SERIOUS:
                return usual.serious_days
            case Urgency.ORDINARY:
                return usual.ordinary_days

    @property
    def words(self) -> str:
        """The urgency as users read it."""
        return f"{_URGENCY_WORDS[self]}（{self.days} 天内）"


_URGENCY_WORDS = {Urgency.URGENT: "紧急", Urgency.SERIOUS: "较急", Urgency.ORDINARY: "一般"}


class DayCount(StrEnum):
    """Whether a limit counts every day or working days only."""

    CALENDAR = "calendar"
    WORK = "work"


def due_on(
    urgency: Urgency,
    from_on: date,
    *,
    count: DayCount = DayCount.CALENDAR,
    plan_due_on: date | None = None,
    order_due_on: date | None = None,
) -> date:
    """The last day for rectification: an order's date, else the plan's, else by urgency."""
    return order_due_on or plan_due_on or _usual_due_on(urgency, from_on, count)


def _usual_due_on(urgency: Urgency, from_on: date, count: DayCount) -> date:
    if count is DayCount.WORK:
        return work_calendar.add_workdays(from_on, urgency.days)
    last = from_on + timedelta(days=urgency.days)
    # What is urgent does not wait for the end of a holiday.
    return last if urgency is Urgency.URGENT else work_calendar.next_workday(last)


def due_refusal(due: date, *, level: HazardLevel, opened_on: date, today: date) -> Refusal | None:
    """Why a date chosen by hand may not be the deadline, or None."""
    if due < today:
        return Refusal("整改期限不能早于今天。", "due_on")
    longest = limits().longest_days
    if level is HazardLevel.GENERAL and due > opened_on + timedelta(days=longest):
        return Refusal(f"一般事故隐患的整改期限最多 {longest} 天。", "due_on")
    return None


def is_overdue(
    state: HazardState, due: date, today: date, rectified_on: date | None = None
) -> bool:
    """Whether an open hazard is past its date, or was rectified only after it.

    What was rectified in time waits for others to look at it; the days until they come are not
    the enterprise's.
    """
    return state.is_open and (rectified_on or today) > due


def days_overdue(
    state: HazardState, due: date, today: date, rectified_on: date | None = None
) -> int:
    """Days past the date, 0 when not overdue."""
    is_late = is_overdue(state, due, today, rectified_on)
    return ((rectified_on or today) - due).days if is_late else 0


def is_on_time(rectified_on: date, due: date | None) -> bool:
    """Whether a hazard was rectified by its last day; verifying it is not in the rectifier's hand.

    One without a date was removed before anyone had to set one.
    """
    return due is None or rectified_on <= due


def due_words(state: HazardState, due: date, today: date) -> str:
    """What the date says today, as users read it."""
    if not state.is_open:
        return state.words
    left = (due - today).days
    if left < 0:
        return f"逾期 {-left} 天"
    return f"还剩 {left} 天" if left else "今天到期"


def is_reminder_due(state: HazardState, due: date, today: date) -> bool:
    """Whether today is a day on which the assignee is reminded of the date."""
    return state is HazardState.ASSIGNED and (due - today).days in (*limits().remind_days, 0)


@dataclass(frozen=True, slots=True)
class Extension:
    """A wish for a later date."""

    requested_on: date
    new_due_on: date
    reason: str


def extension_refusal(
    extension: Extension,
    *,
    state: HazardState,
    due: date,
    granted: int,
    is_from_order: bool = False,
) -> Refusal | None:
    """Why a later date may not be asked for, or None: before the old one runs out, once."""
    if is_from_order:
        return Refusal("执法指令的整改期限由执法机关决定，请在届满前向执法机关书面申请延期。")
    if state is not HazardState.ASSIGNED:
        return Refusal(f"隐患当前为“{state.words}”，不能申请延期。")
    if granted >= limits().extensions:
        return Refusal(f"整改期限最多延期 {limits().extensions} 次。")
    if extension.requested_on > due:
        return Refusal("整改期限已过，不能再申请延期。")
    if extension.new_due_on <= due:
        return Refusal("延期后的日期要晚于原整改期限。", "new_due_on")
    if not extension.reason.strip():
        return Refusal("请写明延期的原因和期间的安全措施。", "reason")
    return None


def approver_refusal(approver_id: UUID, *, requested_by: UUID) -> Refusal | None:
    """Why a person may not approve an extension, or None: nobody grants his own wish."""
    if approver_id == requested_by:
        return Refusal("延期由他人批准，申请人不能批准自己的申请。")
    return None
