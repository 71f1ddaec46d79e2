"""Hazards that came back at a risk's measures, asked of the room above that keeps them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from webapp.platform.tenancy import Scope

Repeats = Callable[[Scope, UUID], Mapping[UUID, datetime]]

_offered: dict[str, Repeats] = {}


def offer_repeats(name: str, query: Repeats) -> None:
    """Let a room tell when a hazard last came back at each event's measures."""
    _offered[name] = query


def repeats(scope: Scope, enterprise_id: UUID) -> Mapping[UUID, datetime]:
    """Event → when a hazard last came back there."""
    found: dict[UUID, datetime] = {}
    for query in _offered.values():
        for event_id, at in query(scope, enterprise_id).items():
            found[event_id] = max(at, found.get(event_id, at))
    return found
