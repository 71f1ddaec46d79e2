"""What the board of grave risks says, also when there is nothing to announce."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from webapp.risks.rules.ledger_sheet import SheetRow
from webapp.standards.risk_methods import RiskLevel

GRAVE = (RiskLevel.MAJOR, RiskLevel.SIGNIFICANT)


@dataclass(frozen=True, slots=True)
class BoardWords:
    """The two sentences of a board without a table; empty when there is one."""

    headline: str
    detail: str


def board_rows(rows: Iterable[SheetRow]) -> tuple[SheetRow, ...]:
    """The major and significant risks with the measures in force, the gravest first."""
    found = (row for row in rows if row.residual.level in GRAVE)
    return tuple(sorted(found, key=lambda row: (row.residual.level.number, row.number)))


def board_words(rows: Sequence[SheetRow], registered: int) -> BoardWords:
    """What to say instead of a table: none of that level, or nothing assessed at all.

    An enterprise that has registered no risk must not read as one without risk.
    """
    if rows:
        return BoardWords("", "")
    if not registered:
        return BoardWords("尚未登记安全风险", "完成风险辨识、评价后再公布。")
    return BoardWords(
        "无重大风险，无较大风险",
        f"按现有管控措施有效执行后的等级统计，已登记风险 {registered} 条，均为一般风险或低风险。",
    )
