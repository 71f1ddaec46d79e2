"""Ways from a risk point into the rooms above, entered by them at the start."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PointLink:
    """A way from a point: its words, and the endpoint of a list that ``point`` narrows."""

    label: str
    icon: str
    endpoint: str
    permission: str
    not_for: str = ""


_links: dict[str, PointLink] = {}


def offer_point_link(
    label: str, icon: str, endpoint: str, permission: str, *, not_for: str = ""
) -> None:
    """Let a room show a way from each point; the same endpoint again takes its place.

    The endpoint takes the point's id as ``point`` and, for officers, ``enterprise_id``. A way with
    ``not_for`` is where a scanned card leads those who do not have that permission: who only works
    at a point is sent to the work, who plans it to the point.
    """
    _links[endpoint] = PointLink(label, icon, endpoint, permission, not_for)


def point_links() -> tuple[PointLink, ...]:
    """All ways in the order they were offered."""
    return tuple(_links.values())


def scanned_link(may: Callable[[str], bool]) -> PointLink | None:
    """Where a scanned card leads someone with these permissions; None for the point itself."""
    return next(
        (
            link
            for link in point_links()
            if link.not_for and may(link.permission) and not may(link.not_for)
        ),
        None,
    )
