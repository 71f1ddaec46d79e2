"""A form that came back: with the reason, or with what another has saved meanwhile."""

from typing import Any, Protocol
from uuid import UUID

from webapp.accounts.access import enterprise_in_view, scope
from webapp.enterprise.forms.differences import typed_differences
from webapp.enterprise.queries.changes import last_change
from webapp.platform.web.forms import Form


class Versioned(Protocol):
    """A record with the number of its changes."""

    @property
    def id(self) -> UUID:
        """What the audit chain calls it."""

    @property
    def version(self) -> int:
        """How often it has been saved."""


def unopposed() -> dict[str, Any]:
    """What such a page shows beside its form while nobody else has saved."""
    return {"others": (), "changed_by": None, "is_overtaken": False}


def refused(form: Form, latest: Versioned) -> tuple[dict[str, Any], int]:
    """What the page shows beside a refused form, and its status.

    When another has saved since, saving again is a decision between the two.
    """
    version = form["version"].data
    if version is None or version == latest.version:
        return unopposed(), 422
    return {
        "others": typed_differences(form, latest),
        "changed_by": last_change(scope(), enterprise_in_view(), latest.id),
        "is_overtaken": True,
    }, 409
