"""The rows of a returned ledger that were not written, as they go back with their reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.risks.rules.rest_file import REASON, SOURCE_ROW
from webapp.risks.rules.round_trip.comparison import ComparedRow, Fate
from webapp.risks.rules.round_trip.file_rows import LedgerFile
from webapp.risks.rules.round_trip.kept import decision_of

_UNDECIDED = "导出后台账里也改过这一行，还没有决定采用哪一边，台账保持不变。"


@dataclass(frozen=True, slots=True)
class RestRows:
    """Headings, the hidden one last, and rows of texts; they can be sent in again."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def rest_rows(
    file: LedgerFile, found: Iterable[ComparedRow], decisions: Mapping[str, Mapping[str, Any]]
) -> RestRows:
    """The refused rows and the conflicts that nobody has decided."""
    columns = file.stamp.columns
    return RestRows(
        (*columns.values(), REASON, SOURCE_ROW, file.stamp.heading),
        tuple(
            (
                *(row.file_row.cells.get(key, "") for key in columns),
                _reason(row, columns),
                str(row.file_row.row),
                row.file_row.said,
            )
            for row in found
            if is_left_over(row, decisions)
        ),
    )


def is_left_over(row: ComparedRow, decisions: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a row goes back."""
    if row.fate is Fate.CONFLICT:
        return decision_of(row, decisions) is None
    return row.fate is Fate.REFUSED


def _reason(row: ComparedRow, columns: Mapping[str, str]) -> str:
    if not row.problems:
        return _UNDECIDED
    return "\n".join(_sentence(columns.get(p.key, ""), p.message) for p in row.problems)


def _sentence(heading: str, message: str) -> str:
    return f"{heading}：{message}" if heading else message


def widths(rest: RestRows) -> Sequence[int]:
    """How wide each column is, in characters: the reasons widest."""
    return [48 if heading == REASON else 14 for heading in rest.headings]
