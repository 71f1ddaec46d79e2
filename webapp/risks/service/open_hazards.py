"""The open hazards of risk points, asked of the room above that keeps them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from webapp.platform.tenancy import Scope
from webapp.risks.rules.dynamic_level import OpenHazard

OpenHazards = Callable[[Scope, UUID], Iterable[OpenHazard]]

_offered: dict[str, OpenHazards] = {}


def offer_open_hazards(name: str, query: OpenHazards) -> None:
    """Let a room tell which hazards of an enterprise are open; the same name takes its place."""
    _offered[name] = query


def open_hazards(scope: Scope, enterprise_id: UUID) -> Mapping[UUID, tuple[OpenHazard, ...]]:
    """Point → its open hazards; points without any are left out."""
    found: dict[UUID, list[OpenHazard]] = defaultdict(list)
    for query in _offered.values():
        for hazard in query(scope, enterprise_id):
            found[hazard.point_id].append(hazard)
    return {point_id: tuple(hazards) for point_id, hazards in found.items()}
