"""A returned ledger against the ledger as it is now: what each row of it would change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from webapp.risks.rules.assignment import Directory
from webapp.risks.rules.drafts import EventDraft
from webapp.risks.rules.duplicates import Key, risk_key
from webapp.risks.rules.ledger_sheet import columns_by_key
from webapp.risks.rules.round_trip.file_rows import FileRow, LedgerFile, with_own_marks
from webapp.risks.rules.round_trip.marks import LONGEST, Mark, cell_text, digest
from webapp.risks.rules.round_trip.problems import Problem
from webapp.risks.rules.round_trip.proposals import Proposal, derived, proposal
from webapp.risks.rules.round_trip.standing import Standing
from webapp.risks.rules.words import number_words

_DAMAGED = "行标识被改动，无法对应到台账。请重新导出，在新文件里修改。"
_GONE = "这条风险导出后已从台账移除，修改没有采用。"
_NUMBER = "编号与行标识不是同一条风险（可能只排序了部分列）。请重新导出后修改。"


class Fate(StrEnum):
    """What becomes of a row that is not as it left."""

    CHANGED = "changed"
    NEW = "new"
    CONFLICT = "conflict"
    REFUSED = "refused"


class Cause(StrEnum):
    """Why a cell is shown: changed in the file, following from that, or changed in the ledger."""

    ASKED = "asked"
    DERIVED = "derived"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell: what the ledger says now, what the file says or what follows from it.

    ``is_moved`` tells that the ledger's side has changed since the export.
    """

    key: str
    before: str
    after: str
    cause: Cause
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row of the file that is not as it left; ``version`` is the event's at this look."""

    file_row: FileRow
    fate: Fate
    point: str
    number: int = 0
    event_id: UUID | None = None
    version: int = 0
    cells: tuple[CellChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    draft: EventDraft | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows that are not as they left, and how many are or are not in the file at all."""

    rows: tuple[ComparedRow, ...]
    row_count: int
    absent: int

    def of(self, fate: Fate) -> tuple[ComparedRow, ...]:
        """The rows of one fate, in the file's order."""
        return tuple(row for row in self.rows if row.fate is fate)


def compared(
    file: LedgerFile,
    present: Mapping[UUID, Standing],
    names: Directory,
    known: Mapping[Key, int],
) -> Comparison:
    """Compare a file with the events in force.

    ``known`` are the numbers of the risks in force, so that a new row is not one of them.
    """
    rows = with_own_marks(file.rows)
    found = []
    taken = dict(known)
    for row in rows:
        if row.mark is None:
            found.append(_new(row, names, taken))
        else:
            found += _marked(row, row.mark, present.get(row.mark.event_id), names)
    in_file = {row.mark.event_id for row in rows if row.mark is not None}
    return Comparison(tuple(found), len(rows), len(present.keys() - in_file))


def _marked(
    row: FileRow, mark: Mark, base: Standing | None, names: Directory
) -> Iterator[ComparedRow]:
    if base is None:
        if row.changed():
            point = row.cells.get("point", "")
            yield ComparedRow(row, Fate.REFUSED, point, problems=(Problem("", _GONE),))
        return
    now = {key: cell_text(columns_by_key()[key].value(base.row)) for key in mark.digests}
    asked = {key: row.cells[key] for key in row.changed() if row.cells[key] != now.get(key)}
    if not asked:
        return
    moved = {key for key, text in now.items() if digest(key, text) != mark.digests[key]}
    proposed = proposal(base, {k: t for k, t in asked.items() if k != "number"}, names)
    problems = (*_unsafe(asked, now), *proposed.problems)
    fate = Fate.REFUSED if problems else Fate.CONFLICT if moved else Fate.CHANGED
    yield ComparedRow(
        row,
        fate,
        base.row.point,
        base.row.number,
        mark.event_id,
        base.row.version,
        tuple(_cells(base, proposed, asked, moved)),
        problems,
        proposed.draft,
    )


def _unsafe(asked: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Problem]:
    """Cells that cannot be read back as a change of this row."""
    if "number" in asked:
        yield Problem("number", _NUMBER)
    for key in asked:
        if len(now.get(key, "")) >= LONGEST:
            yield Problem(key, "内容超过一个单元格能装下的字数，请在页面上修改。")


def _cells(
    base: Standing, proposed: Proposal, asked: Mapping[str, str], moved: set[str]
) -> Iterator[CellChange]:
    """In the sheet's order: asked for, following from that, moved meanwhile."""
    follows = {} if proposed.problems else {k: (b, a) for k, b, a in derived(base, proposed)}
    for key, column in columns_by_key().items():
        before = cell_text(column.value(base.row))
        if key in asked:
            yield CellChange(key, before, asked[key], Cause.ASKED, key in moved)
        elif key in follows:
            yield CellChange(key, *follows[key], Cause.DERIVED, key in moved)
        elif key in moved:
            yield CellChange(key, before, before, Cause.MOVED, is_moved=True)


def _new(row: FileRow, names: Directory, taken: dict[Key, int]) -> ComparedRow:
    point = row.cells.get("point", "")
    if row.is_damaged:
        return ComparedRow(row, Fate.REFUSED, point, problems=(Problem("", _DAMAGED),))
    said = {key: row.cells[key] for key in row.changed() if key != "number"}
    proposed = proposal(None, said, names)
    draft = proposed.draft
    problems = (*proposed.problems, *_repeated(draft, row, taken))
    cells = tuple(
        CellChange(key, "", said[key], Cause.ASKED) for key in columns_by_key() if key in said
    )
    fate = Fate.REFUSED if problems else Fate.NEW
    return ComparedRow(row, fate, point, cells=cells, problems=problems, draft=draft)


def _repeated(draft: EventDraft, row: FileRow, taken: dict[Key, int]) -> Iterator[Problem]:
    """A new row that says what the ledger or a row above says; numbers below 0 are rows."""
    key = risk_key(
        point=draft.point,
        activity=draft.activity,
        step=draft.step,
        hazard_source=draft.hazard_source,
        description=draft.description,
        accident_types=draft.accident_types,
    )
    there = taken.setdefault(key, -row.row)
    if there > 0:
        yield Problem("hazard_source", f"现行清单 {number_words(there)} 已有这条风险。")
    elif there != -row.row:
        yield Problem("hazard_source", f"与文件第 {-there} 行是同一条风险。")
