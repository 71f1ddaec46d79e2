"""What stands between the right password and the desk."""

from enum import StrEnum

from webapp.accounts.rules.roles import Role
from webapp.accounts.rules.second_factor import requires_second_factor


class Gate(StrEnum):
    """One more thing that a sign-in must bring before it opens anything else."""

    SECOND_FACTOR = "second_factor"
    ORGANISATION = "organisation"
    PASSWORD = "password"  # noqa: S105 - the gate's name
    ENROLMENT = "enrolment"


def next_gate(
    *,
    is_code_owed: bool,
    role: Role | None,
    is_password_owed: bool,
    has_authenticator: bool,
    is_authenticator_required: bool,
) -> Gate | None:
    """The first gate still closed, or None when the sign-in is complete.

    The code comes first: before it, not even the names of the organisations are shown.
    """
    if is_code_owed:
        return Gate.SECOND_FACTOR
    if role is None:
        return Gate.ORGANISATION
    if is_password_owed:
        return Gate.PASSWORD
    if is_authenticator_required and requires_second_factor((role,)) and not has_authenticator:
        return Gate.ENROLMENT
    return None
