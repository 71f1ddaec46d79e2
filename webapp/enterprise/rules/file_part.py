"""A part of the enterprise file as plain values, for the page and for paper alike."""

from dataclasses import dataclass

Value = str | int | None
# A date in full has ten characters; the number that names a row has twelve.
ONE_LINE = 10
NAME_LINE = 12


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

    def is_wide(self, column: int) -> bool:
        """Whether a column (from 0) holds sentences: twice the share of an average one."""
        if not self.widths:
            return False
        return self.widths[column] * len(self.widths) >= 2 * sum(self.widths)

    def is_short(self, column: int, value: Value) -> bool:
        """Whether a value is a name, a date or a number that stays on one line."""
        return not self.is_wide(column) and len(str(value)) <= (ONE_LINE if column else NAME_LINE)


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
