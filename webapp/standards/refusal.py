"""What a rule answers when it says no: a value, so that rules stay pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A broken rule in the user's words, and the form field it belongs to, if any.

    Rules return it in place of raising; a service turns it into an error at the door.
    """

    message: str
    field: str | None = None
