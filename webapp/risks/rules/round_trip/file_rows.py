"""A workbook that left as a ledger, read row by row; nothing is judged yet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from webapp.risks.rules.import_ledger.fields import SheetLike
from webapp.risks.rules.import_ledger.words import squeezed
from webapp.risks.rules.rest_file import REASON, SOURCE_ROW
from webapp.risks.rules.round_trip.marks import (
    Mark,
    Stamp,
    digest,
    mark_of,
    plain_text,
    stamp_of,
)

_HEADINGS_WITHIN = 10
_OURS = (REASON, SOURCE_ROW)


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: its place in the sheet from 1, its cells by key, its mark.

    ``mark`` is None for a new row and for one whose mark ``is_damaged``; ``said`` is the mark as
    the file has it.
    """

    row: int
    cells: Mapping[str, str]
    mark: Mark | None = None
    said: str = ""

    @property
    def is_damaged(self) -> bool:
        """Whether the mark cannot be read."""
        return bool(self.said) and self.mark is None

    def changed(self) -> frozenset[str]:
        """The cells that are not as they left; all that say something where the row is new."""
        if self.mark is None:
            return frozenset(key for key, text in self.cells.items() if text)
        left = self.mark.digests
        return frozenset(
            key for key, text in self.cells.items() if digest(key, text) != left.get(key)
        )


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """The stamp and the rows of a file, and the headings of columns that mean nothing here."""

    stamp: Stamp
    rows: tuple[FileRow, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    sheet: SheetLike
    heading_row: int
    mark_column: int
    stamp: Stamp


def ledger_file(sheets: Iterable[SheetLike]) -> LedgerFile | None:
    """The exported ledger among a workbook's sheets, None when it holds none."""
    place = next((place for sheet in sheets for place in _places(sheet)), None)
    if place is None:
        return None
    known = {squeezed(words): key for key, words in place.stamp.columns.items()}
    columns: dict[str, int] = {}
    unread = []
    for at, cell in enumerate(place.sheet.rows[place.heading_row]):
        key = known.get(squeezed(cell.text))
        if key is not None and key not in columns:
            columns[key] = at
        elif cell.text.strip() and at != place.mark_column and cell.text not in _OURS:
            unread.append(" ".join(cell.text.split()))
    return LedgerFile(place.stamp, tuple(_rows(place, columns)), tuple(unread))


def mark_column(sheet: SheetLike) -> int | None:
    """Which column of a sheet holds marks, None when none does."""
    return next((place.mark_column for place in _places(sheet)), None)


def _places(sheet: SheetLike) -> Iterator[_Place]:
    if sheet.is_hidden:
        return
    for row, cells in enumerate(sheet.rows[:_HEADINGS_WITHIN]):
        for column, cell in enumerate(cells):
            stamp = stamp_of(cell.text.strip())
            if stamp is not None:
                yield _Place(sheet, row, column, stamp)


def _rows(place: _Place, columns: Mapping[str, int]) -> Iterator[FileRow]:
    keys = tuple(place.stamp.columns)
    # A merge made for looks says the same for each of its rows.
    top = {
        (row, merge.left): merge.top
        for merge in place.sheet.merged
        if merge.top > place.heading_row
        for row in range(merge.top, merge.bottom + 1)
    }
    for at in range(place.heading_row + 1, len(place.sheet.rows)):
        line = place.sheet.rows[at]
        cells = {
            key: plain_text(place.sheet.rows[top.get((at, column), at)][column].text)
            for key, column in columns.items()
        }
        said = line[place.mark_column].text.strip()
        if not said and not _says_anything(cells):
            continue
        mark = mark_of(said, keys) if said else None
        yield FileRow(at + 1, cells, mark, said)


def _says_anything(cells: Mapping[str, str]) -> bool:
    return any(text for key, text in cells.items() if key != "number")


def with_own_marks(rows: Iterable[FileRow]) -> tuple[FileRow, ...]:
    """The rows with each mark once: of a row and its copies, the unchanged one is the row itself.

    The others, or all but the first where each was changed, are new.
    """
    rows = tuple(rows)
    owner: dict[object, FileRow] = {}
    for row in rows:
        if row.mark is None:
            continue
        before = owner.setdefault(row.mark.event_id, row)
        if before.changed() and not row.changed():
            owner[row.mark.event_id] = row
    return tuple(
        row if row.mark is None or owner[row.mark.event_id] is row else FileRow(row.row, row.cells)
        for row in rows
    )
