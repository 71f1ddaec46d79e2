"""When a door closes after failed sign-ins, and when it opens again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FAILURES_ALLOWED = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class LockState:
    """Failures since the last success, and until when the door is closed."""

    failures: int = 0
    locked_until: datetime | None = None


OPEN_DOOR = LockState()


def is_locked(state: LockState, at: datetime) -> bool:
    """Whether the door is closed at this instant; it opens at `locked_until` itself."""
    return state.locked_until is not None and at < state.locked_until


def after_failure(state: LockState, at: datetime) -> LockState:
    """The state after one more failure; knocking at a closed door changes nothing."""
    if is_locked(state, at):
        return state
    failures = state.failures + 1
    if failures < FAILURES_ALLOWED:
        return LockState(failures)
    return LockState(failures, at + wait_after(failures))


def after_success() -> LockState:
    """The state after a sign-in: all is forgotten."""
    return OPEN_DOOR


def wait_after(failures: int) -> timedelta:
    """How long the door stays closed: one minute at the fifth failure, doubling to thirty."""
    beyond = failures - FAILURES_ALLOWED
    if beyond < 0:
        return timedelta()
    # Past the fifth doubling the longest wait holds; a longer shift would overflow.
    return min(FIRST_WAIT * (1 << min(beyond, 5)), LONGEST_WAIT)


def wait_words(state: LockState, at: datetime) -> str:
    """How long to wait, as the user reads it; empty when the door is open."""
    if state.locked_until is None or at >= state.locked_until:
        return ""
    seconds = int((state.locked_until - at).total_seconds())
    if seconds < 60:
        return f"登录失败次数过多，请 {max(seconds, 1)} 秒后再试。"
    return f"登录失败次数过多，请 {-(-seconds // 60)} 分钟后再试。"
