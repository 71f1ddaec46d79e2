"""The way in: from a workbook's sheets to ledger rows, with everything found wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from statistics import mode

from webapp.risks.rules.import_ledger.building import ledger_row
from webapp.risks.rules.import_ledger.fields import ASSESSED, Field, SheetLike
from webapp.risks.rules.import_ledger.grading import (
    RESIDUAL,
    Problem,
    graded,
    reckoned,
    scale_pairs,
)
from webapp.risks.rules.import_ledger.layout import Block
from webapp.risks.rules.import_ledger.levels import scale_of
from webapp.risks.rules.import_ledger.mapping import Mapping
from webapp.risks.rules.import_ledger.records import Finding, FindingCode, Grade, LedgerRow
from webapp.risks.rules.import_ledger.rows import RawRow, ledger_rows
from webapp.risks.rules.import_ledger.sheets import Corrections, ledger_blocks
from webapp.risks.rules.import_ledger.words import squeezed
from webapp.standards.risk_methods import MethodCode, method

_NO_LEDGER = (
    "没有找到风险清单。表头里至少要有“风险点”“危险源”和“风险等级”（或评价取值）等列名，"
    "并且不在隐藏的工作表里。可以下载模板对照。"
)
_REQUIRED = (
    (Field.POINT, "没有填写风险点。"),
    (Field.HAZARD_SOURCE, "没有填写危险源。"),
)
_EXPECTED = {
    Field.VALUE: "没有填写风险值，将按取值计算为 {value}。",
    Field.LEVEL: "没有填写风险等级，将按风险值 {value} 定为{level}。",
    Field.ACCIDENT_TYPES: "没有填写事故类型，导入后可以补充。",
    Field.DEPARTMENT: "没有填写责任部门，导入后可以补充。",
    Field.PERSON: "没有填写责任人，导入后可以补充。",
}


@dataclass(frozen=True)
class Table:
    """One table that was read: its sheet, the row of its last heading line (from 1), columns."""

    sheet: str
    heading_row: int
    mapping: Mapping
    row_count: int


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do; ``problem`` says why there is nothing to import."""

    tables: tuple[Table, ...]
    rows: tuple[LedgerRow, ...]
    findings: tuple[Finding, ...]
    problem: str | None = None

    @cached_property
    def method(self) -> MethodCode | None:
        """The method most rows are assessed by."""
        used = [row.method for row in self.rows if row.method is not None]
        return mode(used) if used else None

    @cached_property
    def ready(self) -> tuple[LedgerRow, ...]:
        """The rows that nothing keeps from being imported."""
        blocked = {finding.index for finding in self.findings if finding.is_blocking}
        return tuple(row for row in self.rows if row.index not in blocked)

    @cached_property
    def points(self) -> tuple[str, ...]:
        """The risk points of all rows, each once, in reading order."""
        return tuple(dict.fromkeys(row.point for row in self.rows if row.point))

    @property
    def mapping(self) -> Mapping | None:
        """The mapping of the first table."""
        return self.tables[0].mapping if self.tables else None

    def findings_of(self, index: int) -> tuple[Finding, ...]:
        """What was found wrong with one row."""
        return self._by_row.get(index, ())

    @cached_property
    def _by_row(self) -> dict[int, tuple[Finding, ...]]:
        found: dict[int, tuple[Finding, ...]] = {}
        for finding in self.findings:
            found[finding.index] = (*found.get(finding.index, ()), finding)
        return found


def preview(sheets: Iterable[SheetLike], mapping: Corrections | None = None) -> ImportPreview:
    """Read the ledger in a workbook.

    ``mapping`` holds corrected columns by the fingerprint of the headings they belong to.
    """
    tables: list[Table] = []
    rows: list[LedgerRow] = []
    findings: list[Finding] = []
    for block, chosen in ledger_blocks(sheets, mapping or {}):
        before = len(rows)
        for row, found in _table_rows(block, chosen, start=before):
            rows.append(row)
            findings += found
        tables.append(Table(block.sheet.name, block.bottom + 1, chosen, len(rows) - before))
    findings += _duplicates(rows)
    findings.sort(key=lambda finding: finding.index)
    problem = None if rows else _NO_LEDGER
    return ImportPreview(tuple(tables), tuple(rows), tuple(findings), problem)


def _table_rows(
    block: Block, mapping: Mapping, *, start: int
) -> Iterator[tuple[LedgerRow, list[Finding]]]:
    raws = ledger_rows(block, mapping)
    reckonings = [reckoned(raw, mapping) for raw in raws]
    scale = scale_of(scale_pairs(raws, reckonings))
    filled = {at for at in _EXPECTED if any(raw.said(at) for raw in raws)}
    has_residual = any(at.residual in mapping.fields for at in ASSESSED)
    for index, (raw, reckoning) in enumerate(zip(raws, reckonings, strict=True), start=start):
        grade, problems = graded(raw, reckoning, scale)
        residual = None
        if has_residual:
            residual, more = graded(raw, reckoned(raw, mapping, RESIDUAL), scale, RESIDUAL)
            problems += more
        row = ledger_row(
            raw,
            mapping,
            index=index,
            sheet=block.sheet.name,
            grade=grade,
            residual=residual,
        )
        yield (
            row,
            [
                *(_finding(row, *problem) for problem in (*_missing(row), *problems)),
                *_advice(row, raw, filled),
            ],
        )


def _finding(
    row: LedgerRow, at: Field, code: FindingCode, message: str, *, is_advice: bool = False
) -> Finding:
    return Finding(row.index, row.sheet, row.row, at, code, message, is_advice)


def _missing(row: LedgerRow) -> Iterator[Problem]:
    said = {Field.POINT: row.point, Field.HAZARD_SOURCE: row.hazard_source}
    for at, message in _REQUIRED:
        if not said[at]:
            yield at, FindingCode.MISSING_FIELD, message
    if not row.measures:
        yield Field.MEASURE, FindingCode.MISSING_MEASURE, "没有填写管控措施。"


def _advice(row: LedgerRow, raw: RawRow, filled: set[Field]) -> Iterator[Finding]:
    """Cells left empty in columns that others fill, where the row can do without."""
    grade = row.grade
    for at, message in _EXPECTED.items():
        is_graded = at not in (Field.VALUE, Field.LEVEL) or _is_computed(grade)
        is_known = at is Field.LEVEL and grade.stated_level is not None
        # A stroke says that there is none; only an empty cell was forgotten.
        if at in filled and is_graded and not is_known and not raw.texts.get(at, "").strip():
            words = message.format(
                value=grade.value, level=grade.level.words if grade.level else ""
            )
            yield _finding(row, at, FindingCode.MISSING_FIELD, words, is_advice=True)


def _is_computed(grade: Grade) -> bool:
    """Whether the factors are complete, so that value and level follow from them."""
    if grade.method is None:
        return False
    return all(factor.code in grade.factors for factor in method(grade.method).factors)


def _duplicates(rows: list[LedgerRow]) -> Iterator[Finding]:
    """Rows that say the same risk of the same point again; the first one stands."""
    first: dict[tuple[object, ...], LedgerRow] = {}
    for row in rows:
        if not row.point or not row.hazard_source:
            continue
        names = (row.unit, row.place, row.point, row.activity, row.step, row.hazard_source)
        key = (*(squeezed(name) for name in names), squeezed(row.event), _accidents(row))
        earlier = first.setdefault(key, row)
        if earlier is not row:
            message = (
                f"与工作表“{earlier.sheet}”第 {earlier.row} 行重复："
                f"{row.point}、{row.hazard_source[:30]}。"
            )
            yield _finding(row, Field.HAZARD_SOURCE, FindingCode.DUPLICATE, message)


def _accidents(row: LedgerRow) -> frozenset[str]:
    return frozenset(row.accident_types) or frozenset({squeezed(row.accident_words)})
