"""How a hazard moves from report to closure, and who may move it.

The steps follow the closed loop of the trade (发现→评估→整改→验收→销号); that a verifier is
never the one who rectified is our own rule, stricter than the law.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from webapp.hazards.rules.grading import HazardLevel, Implementation
from webapp.standards.refusal import Refusal


class HazardState(StrEnum):
    """Where a hazard stands. A returned rectification is `assigned` again."""

    REPORTED = "reported"
    GRADED = "graded"
    ASSIGNED = "assigned"
    RECTIFIED = "rectified"
    VERIFIED = "verified"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state as users read it."""
        return _STATE_WORDS[self]

    @property
    def is_open(self) -> bool:
        """Whether the hazard still wants work and counts as open."""
        return self is not HazardState.CLOSED


_STATE_WORDS = {
    HazardState.REPORTED: "待评估",
    HazardState.GRADED: "待下达整改",
    HazardState.ASSIGNED: "整改中",
    HazardState.RECTIFIED: "待验收",
    HazardState.VERIFIED: "待销号",
    HazardState.CLOSED: "已销号",
}

OPEN_STATES = tuple(state for state in HazardState if state.is_open)


class HazardSource(StrEnum):
    """How a hazard came to light; one from an inspection is an item of an order."""

    SELF_CHECK = "self_check"
    REPORT = "report"
    INSPECTION = "inspection"

    @property
    def words(self) -> str:
        """The source as users read it."""
        return _SOURCE_WORDS[self]


_SOURCE_WORDS = {
    HazardSource.SELF_CHECK: "自查发现",
    HazardSource.REPORT: "随手拍上报",
    HazardSource.INSPECTION: "执法检查",
}


class HazardAction(StrEnum):
    """What can happen to a hazard; each becomes one step of its history."""

    REPORT = "report"
    GRADE = "grade"
    ASSIGN = "assign"
    TRANSFER = "transfer"
    EXTEND = "extend"
    RECTIFY = "rectify"
    ACCEPT = "accept"
    RETURN = "return"
    CONSENT = "consent"
    CLOSE = "close"
    REOPEN = "reopen"
    CORRECT = "correct"

    @property
    def words(self) -> str:
        """The step as users read it in the history."""
        return _ACTION_WORDS[self]


_ACTION_WORDS = {
    HazardAction.REPORT: "上报隐患",
    HazardAction.GRADE: "评估分级",
    HazardAction.ASSIGN: "下达整改",
    HazardAction.TRANSFER: "转办",
    HazardAction.EXTEND: "延期",
    HazardAction.RECTIFY: "完成整改",
    HazardAction.ACCEPT: "验收通过",
    HazardAction.RETURN: "验收退回",
    HazardAction.CONSENT: "核查同意销号",
    HazardAction.CLOSE: "销号",
    HazardAction.REOPEN: "重新打开",
    HazardAction.CORRECT: "更正执法文书",
}


class Outcome(StrEnum):
    """What a verification or a re-inspection finds."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


_S, _A = HazardState, HazardAction
_MOVES: dict[tuple[HazardState, HazardAction], HazardState] = {
    (_S.REPORTED, _A.GRADE): _S.GRADED,
    (_S.GRADED, _A.GRADE): _S.GRADED,
    (_S.GRADED, _A.ASSIGN): _S.ASSIGNED,
    (_S.ASSIGNED, _A.TRANSFER): _S.ASSIGNED,
    (_S.ASSIGNED, _A.EXTEND): _S.ASSIGNED,
    (_S.ASSIGNED, _A.RECTIFY): _S.RECTIFIED,
    (_S.RECTIFIED, _A.ACCEPT): _S.VERIFIED,
    (_S.RECTIFIED, _A.RETURN): _S.ASSIGNED,
    (_S.VERIFIED, _A.CONSENT): _S.VERIFIED,
    (_S.VERIFIED, _A.CLOSE): _S.CLOSED,
    (_S.VERIFIED, _A.RETURN): _S.ASSIGNED,
    (_S.CLOSED, _A.REOPEN): _S.ASSIGNED,
}


def next_state(state: HazardState, action: HazardAction) -> HazardState | Refusal:
    """The state an action leads to, or why it does not fit the present one."""
    after = _MOVES.get((state, action))
    if after is None:
        return Refusal(f"隐患当前为“{state.words}”，不能{action.words}，请刷新后查看最新状态。")
    return after


def actions_from(state: HazardState) -> tuple[HazardAction, ...]:
    """What can happen next, in the order of the loop."""
    return tuple(action for action in HazardAction if (state, action) in _MOVES)


def first_state(source: HazardSource) -> HazardState:
    """Where a hazard begins: an order's item comes graded by the officers."""
    return HazardState.GRADED if source is HazardSource.INSPECTION else HazardState.REPORTED


def after_reinspection(state: HazardState, outcome: Outcome) -> HazardState:
    """Where an order's item stands after the officers' re-inspection, whatever was reported.

    What the officers see on the spot decides: an item that is put right is closed even when the
    enterprise has not reported it, and one that is not goes back to whoever has to do it.
    """
    if outcome is Outcome.ACCEPTED:
        return _S.CLOSED
    return _S.ASSIGNED if state in {_S.RECTIFIED, _S.VERIFIED} else state


def check_rectifier(person_id: UUID, *, assignee_id: UUID, may_for_others: bool) -> Refusal | None:
    """Why a person may not report a rectification as done, or None.

    Whoever leads the team, department or enterprise of the assignee may report it too.
    """
    if person_id == assignee_id or may_for_others:
        return None
    return Refusal("这条隐患由他人负责整改，请由整改责任人提交。")


def rectification_refusal(measures: str, photo_count: int) -> Refusal | None:
    """Why a rectification is not told well enough, or None."""
    if not measures.strip():
        return Refusal("请写明采取了什么整改措施。", "measures")
    if photo_count < 1:
        return Refusal("请至少拍一张整改后的照片。", "photos")
    return None


def check_verifier(
    person_id: UUID, *, rectified_by: UUID, source: HazardSource, is_officer: bool
) -> Refusal | None:
    """Why a person may not verify a rectification, or None.

    An order's item is verified by the officers' re-inspection and by nobody else; all other
    hazards by the enterprise itself.
    """
    if person_id == rectified_by:
        return Refusal("验收人不能是整改责任人，请由其他人员验收。")
    if source is HazardSource.INSPECTION and not is_officer:
        return Refusal("执法指令中的隐患由执法人员复查，企业不能自行验收。")
    if source is not HazardSource.INSPECTION and is_officer:
        return Refusal("企业自查的隐患由企业组织验收。")
    return None


def remark_refusal(action: HazardAction, remark: str) -> Refusal | None:
    """Why an action needs more words, or None: whoever turns work back says why."""
    needs_words = {_A.RETURN, _A.REOPEN, _A.TRANSFER, _A.EXTEND}
    if action in needs_words and not remark.strip():
        return Refusal(f"请写明{action.words}的原因。", "remark")
    return None


@dataclass(frozen=True, slots=True)
class Closing:
    """What the rule of closure looks at.

    `implementations` are those of the treatment plan that are in place; `agency_accepted`
    says whether the agency has accepted the treatment of a major hazard.
    """

    state: HazardState
    level: HazardLevel
    rectified_by: UUID | None
    verified_by: UUID | None
    photo_count: int
    by_principal: bool = False
    implementations: frozenset[Implementation] = frozenset()
    agency_accepted: bool = False


def closing_refusal(closing: Closing) -> Refusal | None:
    """Why a hazard may not be closed, or None.

    Any hazard needs a verification by somebody else and a picture of the result. A major
    one also needs its five implementations and the principal's hand (Order No. 16 of the
    State Administration of Work Safety on hazard treatment), and, by our own stricter rule,
    the agency's consent even where no supervision order was posted.
    """
    if closing.state is not HazardState.VERIFIED or closing.verified_by is None:
        return Refusal("隐患尚未验收通过，不能销号。")
    if closing.verified_by == closing.rectified_by:
        return Refusal("验收人不能是整改责任人，请由其他人员验收。")
    if closing.photo_count < 1:
        return Refusal("缺少整改后的照片，不能销号。")
    return _major_refusal(closing) if closing.level is HazardLevel.MAJOR else None


def _major_refusal(closing: Closing) -> Refusal | None:
    missing = [each.words for each in Implementation if each not in closing.implementations]
    if missing:
        return Refusal(f"重大事故隐患“五落实”不完整，还缺：{'、'.join(missing)}。")
    if not closing.by_principal:
        return Refusal("重大事故隐患由主要负责人组织验收并销号。")
    if not closing.agency_accepted:
        return Refusal("重大事故隐患须经应急管理部门核查同意后销号。")
    return None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a hazard's history; written once and never changed."""

    action: HazardAction
    before: HazardState | None
    after: HazardState
    by: UUID
    at: datetime
    remark: str = ""


History = tuple[Step, ...]


def appended(history: History, step: Step) -> History | Refusal:
    """A history with one more step, or why it does not follow from the last one.

    History only grows: nothing is inserted before its end, and time never runs back.
    """
    last = history[-1] if history else None
    if step.before != (last.after if last else None):
        return Refusal("隐患状态已被他人更新，请刷新后再操作。")
    if last and step.at < last.at:
        return Refusal("操作时间早于上一步，请检查设备时间。")
    return (*history, step)


def return_count(history: History) -> int:
    """How often the rectification was returned."""
    return sum(step.action is HazardAction.RETURN for step in history)


def last_rectifier(history: History) -> UUID | None:
    """Who reported the rectification that now counts."""
    done = (step.by for step in reversed(history) if step.action is HazardAction.RECTIFY)
    return next(done, None)
