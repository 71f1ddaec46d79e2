"""Ways from a risk point into the rooms above, entered by them at the start."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PointLink:
    """A way from a point: its words, and the endpoint of a list that ``point`` narrows."""

    label: str
    icon: str
    endpoint: str
    permission: str


_links: dict[str, PointLink] = {}


def offer_point_link(label: str, icon: str, endpoint: str, permission: str) -> None:
    """Let a room show a way from each point; the same endpoint again takes its place.

    The endpoint takes the point's id as ``point`` and, for officers, ``enterprise_id``.
    """
    _links[endpoint] = PointLink(label, icon, endpoint, permission)


def point_links() -> tuple[PointLink, ...]:
    """All ways in the order they were offered."""
    return tuple(_links.values())
