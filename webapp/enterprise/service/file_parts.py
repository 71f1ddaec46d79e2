"""Parts of the one enterprise file, offered by the rooms, shown as page and as paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from webapp.enterprise.rules.file_part import Completeness as Completeness
from webapp.enterprise.rules.file_part import FilePart as FilePart
from webapp.enterprise.rules.file_part import PartTable as PartTable
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope

Provider = Callable[[Scope, UUID], FilePart]
Measure = Callable[[Scope, UUID], Completeness]


@dataclass(frozen=True, slots=True)
class OfferedPart:
    """A part with its place in the file."""

    key: str
    order: int
    title: str
    provider: Provider = field(repr=False)
    completeness: Measure | None = field(default=None, repr=False)
    endpoint: str = ""
    """Where its own people work on it; it takes no argument. Officers are not sent there."""


_parts: dict[str, OfferedPart] = {}


def offer_part(
    key: str,
    order: int,
    title: str,
    provider: Provider,
    *,
    completeness: Measure | None = None,
    endpoint: str = "",
) -> None:
    """Enter a part of the file; the same key again takes its place.

    `provider(scope, enterprise_id)` gives plain values; a scope that may not see them raises.
    """
    _parts[key] = OfferedPart(key, order, title, provider, completeness, endpoint)


def offered_parts() -> Sequence[OfferedPart]:
    """All parts in the file's order."""
    return sorted(_parts.values(), key=lambda part: (part.order, part.key))


def offered_part(key: str) -> OfferedPart:
    """One part by its key. Raises NotFound."""
    try:
        return _parts[key]
    except KeyError:
        raise NotFound("档案中没有这一部分。") from None


@dataclass(frozen=True, slots=True)
class Section:
    """A line of the file's table of contents."""

    key: str
    title: str
    completeness: Completeness | None


def sections(scope: Scope, enterprise_id: UUID) -> tuple[Section, ...]:
    """The parts with how complete each is, where a room measures that."""
    return tuple(
        Section(
            part.key,
            part.title,
            None if part.completeness is None else part.completeness(scope, enterprise_id),
        )
        for part in offered_parts()
    )
