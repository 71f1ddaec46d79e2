"""A preview as it is kept between two looks at it: plain values, small, read back as they were."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from webapp.risks.rules.assignment import Directory
from webapp.risks.rules.import_ledger.fields import Field, SheetLike
from webapp.risks.rules.import_ledger.preview import ImportPreview, Table
from webapp.risks.rules.import_ledger.records import FindingCode, LedgerRow
from webapp.risks.rules.words import activity_words

_SAMPLES = 3
_LONGEST_SAMPLE = 24
_LONGEST_TEXT = 60
_DIGITS = 26
_SHOWN_COLUMNS = 8


class RowView(StrEnum):
    """Which rows of a preview are looked at."""

    FINDINGS = ""
    NOTES = "notes"
    DUPLICATES = "duplicates"
    READY = "ready"
    ALL = "all"


class Outcome(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    NOTED = "noted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"

    @property
    def words(self) -> str:
        """The outcome as the list shows it."""
        return _OUTCOMES[self][0]

    @property
    def tone(self) -> str:
        """How it is coloured."""
        return _OUTCOMES[self][1]


_OUTCOMES = {
    Outcome.READY: ("可导入", "ok"),
    Outcome.NOTED: ("可导入", "warn"),
    Outcome.DUPLICATE: ("重复", "idle"),
    Outcome.REFUSED: ("不能导入", "bad"),
}


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """One thing wrong with a row: the column as the file calls it, what stands there, why."""

    column: str
    text: str
    message: str
    code: FindingCode
    is_blocking: bool

    @property
    def unsaid(self) -> str:
        """What stands in the file, where the message does not say it already."""
        return "" if self.text in self.message else self.text


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One row of the file as the preview lists it."""

    sheet: str
    row: int
    point: str
    activity: str
    hazard_source: str
    level: str
    value: str
    findings: tuple[KeptFinding, ...]

    @property
    def is_ready(self) -> bool:
        """Whether it will be imported."""
        return not any(finding.is_blocking for finding in self.findings)

    @property
    def is_duplicate(self) -> bool:
        """Whether all that keeps it out is that it is there already."""
        blocking = [finding for finding in self.findings if finding.is_blocking]
        return bool(blocking) and all(f.code is FindingCode.DUPLICATE for f in blocking)

    @property
    def outcome(self) -> Outcome:
        """What becomes of it."""
        if self.is_ready:
            return Outcome.NOTED if self.findings else Outcome.READY
        return Outcome.DUPLICATE if self.is_duplicate else Outcome.REFUSED

    def is_in(self, view: RowView) -> bool:
        """Whether a view shows it."""
        match view:
            case RowView.READY:
                return self.is_ready
            case RowView.DUPLICATES:
                return self.is_duplicate
            case RowView.NOTES:
                return self.is_ready and bool(self.findings)
            case RowView.FINDINGS:
                return not self.is_ready and not self.is_duplicate
            case _:
                return True


@dataclass(frozen=True, slots=True)
class KeptColumn:
    """A column of the file: its letter, heading, first values, and the field it is taken for."""

    at: int
    letter: str
    heading: str
    samples: tuple[str, ...]
    field: Field | None


@dataclass(frozen=True, slots=True)
class KeptTable:
    """One table of the file with its columns."""

    sheet: str
    heading_row: int
    fingerprint: str
    rows: int
    columns: tuple[KeptColumn, ...]
    is_remembered: bool

    @property
    def mapped(self) -> int:
        """How many columns have a field."""
        return sum(column.field is not None for column in self.columns)

    @property
    def mapped_words(self) -> str:
        """How many columns were recognised and how many were not."""
        unknown = len(self.columns) - self.mapped
        return f"认出 {self.mapped} 列" + (f"，{unknown} 列未对应" if unknown else "")

    @property
    def shown(self) -> tuple[KeptColumn, ...]:
        """The columns that want a look: those without a field, all when there are few."""
        if len(self.columns) <= _SHOWN_COLUMNS:
            return self.columns
        return tuple(column for column in self.columns if column.field is None)

    @property
    def folded(self) -> tuple[KeptColumn, ...]:
        """The other columns."""
        shown = self.shown
        return tuple(column for column in self.columns if column not in shown)


@dataclass(frozen=True, slots=True)
class KeptPreview:
    """All that the preview page shows."""

    tables: tuple[KeptTable, ...]
    rows: tuple[KeptRow, ...]

    @property
    def counts(self) -> dict[RowView, int]:
        """How many rows each view holds."""
        return {view: sum(row.is_in(view) for row in self.rows) for view in RowView}


def kept(
    found: ImportPreview,
    sheets: Sequence[SheetLike],
    remembered: frozenset[str],
    directory: Directory | None = None,
) -> dict[str, Any]:
    """The preview as JSON; ``remembered`` are fingerprints whose columns a person has set.

    With a directory, names that nobody bears are noted; they keep no row out.
    """
    by_name = {sheet.name: sheet for sheet in sheets}
    rows = [
        [row.sheet, row.row, row.point, activity_words(row.activity, row.step), *_risk(row)]
        for row in found.rows
    ]
    owners = [table for table in found.tables for _ in range(table.row_count)]
    findings = []
    for finding in found.findings:
        mapping = owners[finding.index].mapping
        column = mapping.column(finding.field)
        heading = finding.field.words if column is None else mapping.headings[column]
        sheet = by_name[finding.sheet]
        text = "" if column is None else sheet.rows[finding.row - 1][column].text[:_LONGEST_TEXT]
        findings.append(
            [finding.index, heading, text, finding.message, finding.code, finding.is_blocking]
        )
    if directory is not None:
        findings += _strangers(found, directory)
    tables = [_table(table, by_name[table.sheet], remembered) for table in found.tables]
    return {"tables": tables, "rows": rows, "findings": findings}


def _strangers(found: ImportPreview, directory: Directory) -> Iterator[list[Any]]:
    for row in found.rows:
        who = directory.assignment(department=row.department, person=row.person, post=row.post)
        said = (
            (Field.PERSON, who.owner_words, "人员名册中没有“{}”，导入后再指定责任人。"),
            (Field.DEPARTMENT, who.department_words, "组织机构中没有“{}”，导入后再指定责任部门。"),
        )
        for field, words, message in said:
            if words:
                text = message.format(words[:_LONGEST_SAMPLE])
                yield [row.index, field.words, words, text, FindingCode.MISSING_FIELD, False]


def _risk(row: LedgerRow) -> tuple[str, str, str]:
    level, value = row.level, row.value
    source = row.hazard_source[:_LONGEST_TEXT]
    return source, level.value if level else "", "" if value is None else str(value)


def _table(table: Table, sheet: SheetLike, remembered: frozenset[str]) -> dict[str, Any]:
    columns = []
    for at, heading in sorted(table.mapping.headings.items()):
        said = (row[at].text.strip() for row in sheet.rows[table.heading_row :])
        samples = list(
            dict.fromkeys(" ".join(text.split())[:_LONGEST_SAMPLE] for text in said if text)
        )
        columns.append([at, heading, samples[:_SAMPLES], table.mapping.columns.get(at)])
    return {
        "sheet": table.sheet,
        "heading_row": table.heading_row,
        "fingerprint": table.mapping.fingerprint,
        "rows": table.row_count,
        "columns": columns,
        "remembered": table.mapping.fingerprint in remembered,
    }


def read_back(values: Mapping[str, Any]) -> KeptPreview:
    """The preview that ``kept`` wrote."""
    findings: dict[int, list[KeptFinding]] = {}
    for index, column, text, message, code, is_blocking in values["findings"]:
        finding = KeptFinding(column, text, message, FindingCode(code), is_blocking)
        findings.setdefault(index, []).append(finding)
    rows = tuple(
        KeptRow(*(*row, tuple(findings.get(index, ())))) for index, row in enumerate(values["rows"])
    )
    return KeptPreview(tuple(_read_table(table) for table in values["tables"]), rows)


def _read_table(values: Mapping[str, Any]) -> KeptTable:
    return KeptTable(
        values["sheet"],
        values["heading_row"],
        values["fingerprint"],
        values["rows"],
        tuple(
            KeptColumn(at, letter(at), heading, tuple(samples), Field(field) if field else None)
            for at, heading, samples, field in values["columns"]
        ),
        values["remembered"],
    )


def letter(column: int) -> str:
    """A column's letters as spreadsheets show them, from 0: A, B … Z, AA."""
    letters = ""
    rest = column + 1
    while rest:
        rest, digit = divmod(rest - 1, _DIGITS)
        letters = chr(ord("A") + digit) + letters
    return letters
