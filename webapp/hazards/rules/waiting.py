"""Whose turn it is: what an open hazard waits for, in the words of its page."""

from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardSource, HazardState


def state_tone(state: HazardState, *, is_overdue: bool) -> str:
    """How urgently a state is shown; the word beside it says the same."""
    if is_overdue:
        return "bad"
    if state is HazardState.CLOSED:
        return "ok"
    return "info" if state in (HazardState.RECTIFIED, HazardState.VERIFIED) else "idle"


def state_words(state: HazardState, source: HazardSource) -> str:
    """The state as lists name it: an order's item waits for the officers, not for colleagues."""
    is_ordered = source is HazardSource.INSPECTION
    return "待复查" if is_ordered and state is HazardState.RECTIFIED else state.words


def waiting_words(
    state: HazardState,
    *,
    level: HazardLevel,
    source: HazardSource,
    assignee: str,
    has_consent: bool,
) -> str:
    """Who has to do what next; empty for a closed hazard."""
    if state is HazardState.ASSIGNED:
        return f"等待{assignee or '责任人'}整改"
    if state is HazardState.RECTIFIED and source is HazardSource.INSPECTION:
        return "等待执法人员复查"
    if state is HazardState.VERIFIED and level is HazardLevel.MAJOR:
        return "等待主要负责人销号" if has_consent else "等待应急管理部门核查同意"
    return _WAITING.get(state, "")


_WAITING = {
    HazardState.REPORTED: "等待部门负责人或安全管理人员评估分级",
    HazardState.GRADED: "等待部门负责人或安全管理人员下达整改",
    HazardState.RECTIFIED: "等待整改责任人以外的人员验收",
    HazardState.VERIFIED: "等待主要负责人或安全管理人员销号",
}
