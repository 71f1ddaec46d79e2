"""From the lines of a table to its ledger rows: carried values joined, other lines left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from webapp.risks.rules.import_ledger.fields import FACTORS, MEASURES, Field
from webapp.risks.rules.import_ledger.layout import Block
from webapp.risks.rules.import_ledger.lines import (
    is_blank,
    is_footer,
    is_numbering,
    is_total,
    said,
)
from webapp.risks.rules.import_ledger.mapping import Mapping
from webapp.risks.rules.import_ledger.words import is_ditto, is_nothing, one_line, squeezed

# Filled once for several rows and left empty below, in files without merged cells.
_CARRIED = (
    Field.UNIT,
    Field.POINT,
    Field.POINT_KIND,
    Field.PLACE,
    Field.ACTIVITY,
    Field.DEPARTMENT,
    Field.PERSON,
    Field.POST,
)
_LEAST_EMPTY_SHARE = 1 / 3
# Formulas and numbers stand in rows that nobody has filled in yet.
_SAYS_NOTHING_ALONE = {Field.ORDINAL, Field.VALUE, Field.LEVEL, Field.COLOUR, Field.METHOD}
_MAY_FOLLOW = {*MEASURES, Field.IMPROVEMENT, Field.ORDINAL, Field.STANDARD, Field.REMARK}
_BANNER = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]\s*(.+)|[（(]?\d{1,2}[)）、.．]\s*(.+)"
)
_BANNER_SHARE = 0.5
_LONGEST_BANNER = 60


@dataclass(slots=True)
class RawRow:
    """One ledger row as the sheet has it: texts by field, fills, measure cells in order.

    ``row`` is the sheet's row from 1.
    """

    row: int
    texts: dict[Field, str] = field(default_factory=dict)
    fills: dict[Field, str] = field(default_factory=dict)
    measures: list[tuple[Field, str]] = field(default_factory=list)

    def said(self, wanted: Field) -> str:
        """The text of a field; empty for a dash, a stroke or 无."""
        text = self.texts.get(wanted, "")
        return "" if is_nothing(text) else text.strip()


def ledger_rows(block: Block, mapping: Mapping) -> list[RawRow]:
    """The rows of a table in order."""
    reader = _Reader(block, mapping)
    return list(reader.rows())


class _Reader:
    """Walks down a table once, knowing what the rows above have said."""

    def __init__(self, block: Block, mapping: Mapping) -> None:
        self._block = block
        self._mapping = mapping
        heads = block.texts[block.top : block.bottom + 1]
        self._repeated = {said(line) for line in (*heads, *block.titles)}
        self._first_words = {words[0] for words in self._repeated if words}
        self._lines = [
            at for at in range(block.bottom + 1, block.end) if self._is_row(block.texts[at])
        ]
        self._measure_columns = {at for at, f in mapping.columns.items() if f in MEASURES}
        self._origin = self._vertical_merges()
        self._widths = {(m.top, m.left): m.right - m.left + 1 for m in block.sheet.merged}
        self._ditto = self._ditto_columns()
        self._banner: dict[Field, str] = {}
        self._before: dict[int, str] = {}

    def rows(self) -> Iterator[RawRow]:
        last: RawRow | None = None
        for at in self._lines:
            line = self._block.texts[at]
            if banner := self._banner_text(at, line):
                self._set_banner(banner)
                continue
            own = self._own(at, line)
            if last is not None and self._continues(at, own):
                last.measures += self._measures(at, line)
                continue
            if set(own.values()) <= _SAYS_NOTHING_ALONE:
                continue
            last = self._row(at, line)
            yield last

    def _is_row(self, line: Sequence[str]) -> bool:
        """Whether a line is none of: blank, numbering, total, footer, headings or title again."""
        if is_blank(line) or is_numbering(line) or is_total(line) or is_footer(line):
            return False
        first = next(text for text in line if text.strip())
        return squeezed(first) not in self._first_words or said(line) not in self._repeated

    def _row(self, at: int, line: Sequence[str]) -> RawRow:
        raw = RawRow(at + 1)
        for column, wanted in self._mapping.columns.items():
            if column in self._measure_columns:
                continue
            raw.texts[wanted] = self._carried(at, line, column)
            top = self._origin.get((at, column), at)
            fill = self._block.sheet.rows[top][column].fill
            if fill is not None:
                raw.fills[wanted] = fill
        for wanted, text in (*self._banner.items(), *self._block.above.items()):
            if not raw.said(wanted):
                raw.texts[wanted] = text
        raw.measures = self._measures(at, line)
        return raw

    def _carried(self, at: int, line: Sequence[str], column: int) -> str:
        """A cell's text, or what a merge, 同上 or the manner of the column brings down to it."""
        top = self._origin.get((at, column))
        text = self._block.texts[top][column] if top is not None else line[column]
        is_left_empty = not text.strip() and top is None and column in self._ditto
        if is_ditto(text) or is_left_empty:
            return self._before.get(column, "")
        self._before[column] = text
        return text

    def _measures(self, at: int, line: Sequence[str]) -> list[tuple[Field, str]]:
        found = []
        for column in sorted(self._measure_columns):
            top = self._origin.get((at, column))
            text = self._block.texts[top][column] if top is not None else line[column]
            if is_ditto(text):
                text = self._before.get(column, "")
            if not text.strip():
                continue
            self._before[column] = text
            is_wide = self._spans_kinds(at if top is None else top, column)
            found.append((Field.MEASURE if is_wide else self._mapping.columns[column], text))
        return found

    def _own(self, at: int, line: Sequence[str]) -> dict[int, Field]:
        """The mapped cells that this line fills itself."""
        return {
            column: wanted
            for column, wanted in self._mapping.columns.items()
            if line[column].strip() and (at, column) not in self._origin
        }

    def _continues(self, at: int, own: dict[int, Field]) -> bool:
        """Whether a line only adds measures to the row above it.

        With merges, the source above must reach down to it; without, source and factors are empty.
        """
        has_measure = any(column in self._measure_columns for column in own)
        if not has_measure or not set(own.values()) <= _MAY_FOLLOW:
            return False
        source = self._mapping.column(Field.HAZARD_SOURCE)
        graded = [c for c, f in self._mapping.columns.items() if f in (*FACTORS, Field.LEVEL)]
        if source is None or not graded:
            return False
        return (at, source) in self._origin or all((at, c) not in self._origin for c in graded)

    def _banner_text(self, at: int, line: Sequence[str]) -> str:
        """A line that names the part of the plant which the rows below belong to."""
        cells = [(column, text) for column, text in enumerate(line) if text.strip()]
        if len(cells) != 1 or len(cells[0][1]) > _LONGEST_BANNER:
            return ""
        column, text = cells[0]
        width = self._widths.get((at, column), 1)
        match = _BANNER.fullmatch(text.strip())
        name = next((part for part in match.groups() if part), text) if match else text
        is_wide = width >= max(2, len(self._mapping.headings) * _BANNER_SHARE)
        is_numbered_first = bool(match) and column == 0
        return one_line(name) if is_wide or is_numbered_first else ""

    def _set_banner(self, text: str) -> None:
        fields = self._mapping.fields
        self._banner = {Field.POINT if Field.POINT not in fields else Field.UNIT: text}
        self._before.clear()

    def _vertical_merges(self) -> dict[tuple[int, int], int]:
        """For each cell under the top of a merge, the row whose text counts for it."""
        origin = {}
        for merge in self._block.sheet.merged:
            top = max(merge.top, 0)
            # Overlapping merges are invalid; skipping them keeps a hostile file from costing time.
            is_new = (top + 1, merge.left) not in origin
            if merge.bottom > top > self._block.bottom and is_new:
                for row in range(top + 1, merge.bottom + 1):
                    origin[(row, merge.left)] = top
        return origin

    def _spans_kinds(self, at: int, column: int) -> bool:
        """Whether a cell reaches over several measure columns, so that its kind is not said."""
        width = self._widths.get((at, column), 1)
        return len(self._measure_columns & set(range(column, column + width))) > 1

    def _ditto_columns(self) -> set[int]:
        """Columns whose author writes a name once and leaves it out below.

        An empty cell is such an omission only where the column has no merges, no name is ever
        written twice in a row, and a third of the cells at least are empty. Otherwise it is a gap.
        """
        merged = {column for _, column in self._origin}
        # One source with several harmful factors below each other is named once, as a point is.
        has_factors = Field.HARMFUL_FACTOR in self._mapping.fields
        carried = {*_CARRIED, Field.HAZARD_SOURCE} if has_factors else {*_CARRIED}
        lines = [self._block.texts[at] for at in self._lines]
        return {
            column
            for column, wanted in self._mapping.columns.items()
            if wanted in carried and column not in merged and _is_ditto_style(lines, column)
        }


def _is_ditto_style(lines: Sequence[Sequence[str]], column: int) -> bool:
    texts = [line[column].strip() for line in lines]
    if not any(texts) or texts.count("") < len(texts) * _LEAST_EMPTY_SHARE:
        return False
    return not any(one and one == two for one, two in pairwise(texts))
