"""What a safety officer does first."""

from enum import StrEnum


class FirstThing(StrEnum):
    """The one thing that the desk puts on top."""

    OVERDUE_HAZARD = "overdue_hazard"
    MISSED_TASK = "missed_task"
    VERIFICATION = "verification"
    DUE_HAZARD = "due_hazard"
    NOTHING = "nothing"


def first_thing(*, overdue: int, missed: int, to_verify: int, due_today: int) -> FirstThing:
    """What presses most: a hazard past its date, a missed check, work that waits for a yes."""
    if overdue:
        return FirstThing.OVERDUE_HAZARD
    if missed:
        return FirstThing.MISSED_TASK
    if to_verify:
        return FirstThing.VERIFICATION
    return FirstThing.DUE_HAZARD if due_today else FirstThing.NOTHING
