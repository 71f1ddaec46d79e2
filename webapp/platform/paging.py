"""Pages of a list: bounded, with a count, and the numbers that a pager shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

Row = TypeVar("Row")

PAGE_SIZE = 20
LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is asked for; numbers outside the possible are brought back into it."""

    number: int = 1
    size: int = PAGE_SIZE

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", min(max(self.number, 1), 1_000_000))
        object.__setattr__(self, "size", min(max(self.size, 1), LARGEST_PAGE))

    @property
    def offset(self) -> int:
        """How many rows lie before this page."""
        return (self.number - 1) * self.size


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows and how many there are in all."""

    rows: Sequence[Row]
    total: int
    request: PageRequest

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, ceil(self.total / self.request.size))

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1; 0 when there is none."""
        return self.request.offset + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.request.offset + len(self.rows)
