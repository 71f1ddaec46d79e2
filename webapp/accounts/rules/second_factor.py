"""Who must sign in with a second factor, and which code counts."""

from collections.abc import Iterable
from datetime import datetime

from webapp.accounts.rules.roles import Audience, Role
from webapp.standards.refusal import Refusal

STEP_SECONDS = 30
STEPS_OF_DRIFT = 1


def requires_second_factor(roles: Iterable[Role]) -> bool:
    """Whether any role makes the second factor a duty: agencies and the platform."""
    return any(role.audience in {Audience.AGENCY, Audience.PLATFORM} for role in roles)


def removal_refusal(roles: Iterable[Role]) -> Refusal | None:
    """Why a person may not give up the second factor, or None."""
    if requires_second_factor(roles):
        return Refusal("监管和平台账号必须使用动态口令，不能关闭。")
    return None


def time_step(at: datetime) -> int:
    """The number of the 30-second window an instant lies in (RFC 6238)."""
    return int(at.timestamp()) // STEP_SECONDS


def is_step_acceptable(step: int, *, at: datetime, last_used_step: int | None) -> bool:
    """Whether a code of this window counts now.

    One window of drift either way; a window is used once, so that a code read over a
    shoulder does not open the door again (RFC 6238, 5.2).
    """
    is_near = abs(step - time_step(at)) <= STEPS_OF_DRIFT
    return is_near and (last_used_step is None or step > last_used_step)
