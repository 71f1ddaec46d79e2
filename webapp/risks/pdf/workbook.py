"""The ledger as a workbook that can be filled in, changed and imported again."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from uuid import UUID

from webapp.platform.spreadsheets.workbook import Cell
from webapp.platform.spreadsheets.writer import (
    Column,
    Table,
    Value,
    write_csv,
    write_workbook,
)
from webapp.risks.rules.ledger_sheet import SheetColumn, SheetRow, SheetSide, sheet_columns
from webapp.risks.rules.round_trip.marks import Stamp, row_mark
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, RiskLevel

NAME = "安全风险分级管控清单"
# Pale enough for black words; the level's own name stands in the cell.
_FILLS = {
    RiskLevel.MAJOR.words: "F4B6BF",
    RiskLevel.SIGNIFICANT.words: "F9CFA6",
    RiskLevel.MODERATE.words: "FCEB9F",
    RiskLevel.LOW.words: "B5D3F2",
}


_INHERENT = {"likelihood": Decimal(3), "exposure": Decimal(6), "consequence": Decimal(40)}
_RESIDUAL = {"likelihood": Decimal(3), "exposure": Decimal(6), "consequence": Decimal(15)}
EXAMPLE = SheetRow(
    number=1,
    unit="示例单元",
    point="（示例行，导入前请删除）1 号中频炉",
    point_kind="equipment",
    place="熔炼跨",
    activity="加料熔炼",
    step="加料",
    hazard_source="炉料潮湿或混入密闭容器",
    description="入炉遇高温金属液发生喷爆",
    accident_types=("18", "07"),
    consequence="灼烫伤亡",
    inherent=SheetSide("lec", _INHERENT, Decimal(720), RiskLevel.MAJOR),
    residual=SheetSide("lec", _RESIDUAL, Decimal(270), RiskLevel.SIGNIFICANT),
    measures={
        MeasureCategory.ENGINEERING: ("炉坑干燥无积水，设漏炉报警", "加料平台设防溅挡板"),
        MeasureCategory.MANAGEMENT: ("炉料入库前分拣检查并记录",),
        MeasureCategory.TRAINING: ("熔炼工每年专项培训并考核合格",),
        MeasureCategory.PERSONAL_PROTECTION: ("穿阻燃服，戴防护面罩",),
        MeasureCategory.EMERGENCY: ("备干砂，喷爆时立即撤离并断电",),
    },
    control_level=ControlLevel.DEPARTMENT,
    department="熔炼车间",
    owner="王海军",
    post="熔炼工",
    frequency="每班",
    remark="",
)


def ledger_workbook(rows: Sequence[SheetRow], enterprise_id: UUID, *, at: datetime) -> bytes:
    """The rows as .xlsx with all columns; text never becomes a formula.

    A hidden last column knows each row again when the workbook comes back.
    """
    columns = sheet_columns(rows)
    stamp = Stamp(enterprise_id, at, {column.key: column.heading for column in columns})
    target = BytesIO()
    marks = Column(stamp.heading, is_hidden=True)
    lines = ([*(_cell(column, row) for column in columns), row_mark(row, columns)] for row in rows)
    write_workbook(target, [Table(NAME, [*_headings(columns), marks], lines)])
    return target.getvalue()


def ledger_csv(rows: Sequence[SheetRow]) -> bytes:
    """The rows as text with the same columns, for other programs; text is no formula there."""
    columns = sheet_columns(rows)
    headings = [column.heading for column in columns]
    return b"".join(write_csv(headings, ([c.value(row) for c in columns] for row in rows)))


def _cell(column: SheetColumn, row: SheetRow) -> Value:
    value = column.value(row)
    return Cell(str(value), _FILLS[str(value)]) if column.is_level else value


def template_workbook() -> bytes:
    """An empty ledger with one made-up row, to be filled in and imported."""
    return _written([EXAMPLE], sheet_columns([EXAMPLE]))


def _headings(columns: Sequence[SheetColumn]) -> list[Column]:
    return [Column(column.heading, column.width) for column in columns]


def _written(rows: Sequence[SheetRow], columns: Sequence[SheetColumn]) -> bytes:
    target = BytesIO()
    write_workbook(
        target,
        [
            Table(
                NAME,
                _headings(columns),
                ([_cell(column, row) for column in columns] for row in rows),
            )
        ],
    )
    return target.getvalue()
