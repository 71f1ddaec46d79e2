"""A comparison as it is kept between two looks at it: plain values, read back as they were."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from webapp.risks.rules.ledger_sheet import columns_by_key
from webapp.risks.rules.round_trip.comparison import (
    Cause,
    CellChange,
    ComparedRow,
    Comparison,
    Fate,
)
from webapp.risks.rules.round_trip.file_rows import LedgerFile
from webapp.risks.rules.words import number_words

ROUND_TRIP = "round_trip"
"""The name under which an upload keeps its comparison."""
_LONGEST = 1_000


class Take(StrEnum):
    """Whose side a conflict was decided for."""

    OURS = "ours"
    FILE = "file"


class TripView(StrEnum):
    """Which rows of a comparison are looked at."""

    ALL = ""
    CONFLICTS = "conflicts"
    CHANGED = "changed"
    NEW = "new"
    REFUSED = "refused"


_FATES = {
    TripView.CONFLICTS: Fate.CONFLICT,
    TripView.CHANGED: Fate.CHANGED,
    TripView.NEW: Fate.NEW,
    TripView.REFUSED: Fate.REFUSED,
}


@dataclass(frozen=True, slots=True)
class LastWrite:
    """Who wrote an event last, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A cell of the comparison with its column's heading."""

    heading: str
    before: str
    after: str
    cause: Cause
    is_moved: bool


@dataclass(frozen=True, slots=True)
class KeptProblem:
    """What is wrong, at the column of this heading; empty for the row as a whole."""

    heading: str
    message: str


@dataclass(frozen=True, slots=True)
class TripRow:
    """One row of the comparison; ``take`` is how its conflict was decided."""

    row: int
    fate: Fate
    number: str
    point: str
    event_id: UUID | None
    version: int
    cells: tuple[KeptCell, ...]
    problems: tuple[KeptProblem, ...]
    last: LastWrite | None = None
    take: Take | None = None

    @property
    def is_undecided(self) -> bool:
        """Whether a person has to say whose values count."""
        return self.fate is Fate.CONFLICT and self.take is None

    @property
    def is_ready(self) -> bool:
        """Whether it will be written."""
        return self.fate in (Fate.CHANGED, Fate.NEW) or (
            self.fate is Fate.CONFLICT and self.take is Take.FILE
        )

    def is_in(self, view: TripView) -> bool:
        """Whether a view shows it."""
        return view is TripView.ALL or self.fate is _FATES[view]

    @property
    def state(self) -> "RowState":
        """What will become of it."""
        return _TAKEN[self.take] if self.fate is Fate.CONFLICT else _AHEAD[self.fate]

    @property
    def outcome(self) -> "RowState":
        """What has become of it."""
        if self.fate is Fate.CONFLICT:
            return _TAKEN[self.take] if self.take else RowState("未决定，保留台账的", "warn")
        return _DONE[self.fate]


@dataclass(frozen=True, slots=True)
class RowState:
    """Words and the tone of these words."""

    words: str
    tone: str


_AHEAD = {
    Fate.CHANGED: RowState("将修改", "ok"),
    Fate.NEW: RowState("将新增", "ok"),
    Fate.REFUSED: RowState("不能采用", "bad"),
}
_DONE = {
    Fate.CHANGED: RowState("已修改", "ok"),
    Fate.NEW: RowState("已新增", "ok"),
    Fate.REFUSED: RowState("未采用", "bad"),
}
_TAKEN: dict[Take | None, RowState] = {
    None: RowState("有冲突，待决定", "warn"),
    Take.OURS: RowState("保留台账的", "idle"),
    Take.FILE: RowState("采用文件的", "ok"),
}


@dataclass(frozen=True, slots=True)
class Trip:
    """A comparison: its rows, when the file left, what it does not hold or say."""

    rows: tuple[TripRow, ...]
    row_count: int
    absent: int
    unread: tuple[str, ...]
    exported_at: datetime

    @property
    def ready_count(self) -> int:
        """How many rows will be written."""
        return sum(row.is_ready for row in self.rows)

    @property
    def undecided(self) -> int:
        """How many conflicts nobody has decided."""
        return sum(row.is_undecided for row in self.rows)

    @property
    def same(self) -> int:
        """How many rows of the file are as they left."""
        return self.row_count - len(self.rows)

    @property
    def skipped(self) -> int:
        """How many changed rows will not be written."""
        return len(self.rows) - self.ready_count

    @property
    def left(self) -> int:
        """How many rows go back with their reasons."""
        return self.count(TripView.REFUSED) + self.undecided

    def count(self, view: TripView) -> int:
        """How many rows a view shows."""
        return sum(row.is_in(view) for row in self.rows)


def kept_trip(
    file: LedgerFile,
    found: Comparison,
    written: Mapping[UUID, LastWrite],
    decisions: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """The comparison as plain values, with the decisions that still hold."""
    conflicts = {
        row.event_id.hex: row.version for row in found.of(Fate.CONFLICT) if row.event_id is not None
    }
    return {
        ROUND_TRIP: {
            "at": file.stamp.exported_at.isoformat(),
            "row_count": found.row_count,
            "absent": found.absent,
            "unread": list(file.unread),
            "rows": [
                _kept(row, file, written.get(row.event_id) if row.event_id else None)
                for row in found.rows
            ],
            "decisions": {
                id_: dict(said)
                for id_, said in decisions.items()
                if conflicts.get(id_) == said["version"]
            },
        }
    }


def decision_of(row: ComparedRow, decisions: Mapping[str, Mapping[str, Any]]) -> Take | None:
    """How a conflict was decided; a decision on an older state of the event does not count."""
    said = decisions.get(row.event_id.hex) if row.event_id else None
    return Take(said["take"]) if said and said["version"] == row.version else None


def _kept(row: ComparedRow, file: LedgerFile, last: LastWrite | None) -> dict[str, Any]:
    return {
        "row": row.file_row.row,
        "fate": row.fate,
        "number": row.number,
        "point": row.point,
        "id": row.event_id.hex if row.event_id else None,
        "version": row.version,
        "cells": [_kept_cell(cell, file) for cell in row.cells],
        "problems": [[_heading(p.key, file), p.message] for p in row.problems],
        "last": [last.name, last.at.isoformat()] if last else None,
    }


def _kept_cell(cell: CellChange, file: LedgerFile) -> list[Any]:
    texts = (_shortened(cell.before), _shortened(cell.after))
    return [_heading(cell.key, file), *texts, cell.cause, cell.is_moved]


def _heading(key: str, file: LedgerFile) -> str:
    """The column as the file calls it, else as a sheet does."""
    said = file.stamp.columns.get(key)
    if said is None and key in columns_by_key():
        said = columns_by_key()[key].heading
    return said or ""


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def trip_of(kept: Mapping[str, Any]) -> Trip:
    """The comparison read back."""
    said = kept[ROUND_TRIP]
    decisions = said["decisions"]
    return Trip(
        tuple(_row(row, decisions.get(row["id"])) for row in said["rows"]),
        said["row_count"],
        said["absent"],
        tuple(said["unread"]),
        datetime.fromisoformat(said["at"]),
    )


def _row(row: Mapping[str, Any], decision: Mapping[str, Any] | None) -> TripRow:
    last = row["last"]
    return TripRow(
        row["row"],
        Fate(row["fate"]),
        number_words(row["number"]) if row["number"] else "",
        row["point"],
        UUID(row["id"]) if row["id"] else None,
        row["version"],
        tuple(KeptCell(h, b, a, Cause(c), bool(m)) for h, b, a, c, m in row["cells"]),
        tuple(KeptProblem(*problem) for problem in row["problems"]),
        LastWrite(last[0], datetime.fromisoformat(last[1])) if last else None,
        Take(decision["take"]) if decision else None,
    )
