"""Parts of the one enterprise file, offered by the rooms, shown as page and as paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope

Value = str | int | None


@dataclass(frozen=True, slots=True)
class PartTable:
    """A table of finished words; `widths` are shares for paper, equal when empty.

    `levels` names a column (from 0) whose values are risk levels (`major` …), shown as badges.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    widths: tuple[float, ...] = ()
    levels: int | None = None


@dataclass(frozen=True, slots=True)
class FilePart:
    """One part of the file: facts as (term, value), then tables, then remarks."""

    facts: tuple[tuple[str, Value], ...] = ()
    tables: tuple[PartTable, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def row_count(self) -> int:
        """How many rows all tables hold."""
        return sum(len(table.rows) for table in self.tables)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what a part should hold is there, in words beside it."""

    done: int
    total: int
    words: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.done >= self.total


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
