"""The ledger as a sheet: one definition of its columns for the workbook and for paper."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from webapp.risks.rules.drafts import STATED
from webapp.risks.rules.words import POINT_KINDS, method_words, number_words, type_names
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, RiskLevel, RiskMethod, method

Value = str | Decimal | None


@dataclass(frozen=True, slots=True)
class SheetSide:
    """One of the two assessments of a row."""

    method: str
    factors: Mapping[str, Decimal]
    value: Decimal | None
    level: RiskLevel


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A risk event with everything that a ledger says of it."""

    number: int
    unit: str
    point: str
    point_kind: str
    place: str
    activity: str
    step: str
    hazard_source: str
    description: str
    accident_types: tuple[str, ...]
    consequence: str
    inherent: SheetSide
    residual: SheetSide
    measures: Mapping[MeasureCategory, tuple[str, ...]]
    control_level: ControlLevel
    department: str
    owner: str
    post: str
    frequency: str
    remark: str


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, what it holds, its width in characters; paper has its own width.

    ``paper`` is the share of the sheet's width in millimetres, 0 for a column left out there.
    """

    heading: str
    value: Callable[[SheetRow], Value]
    width: int
    paper: float = 0
    is_level: bool = False


def sheet_columns(rows: Iterable[SheetRow]) -> tuple[SheetColumn, ...]:
    """The columns for these rows: factors of the methods that they use, and no others."""
    used = _methods(rows)
    return (
        SheetColumn("编号", lambda row: number_words(row.number), 9, 13),
        SheetColumn("风险单元", lambda row: row.unit, 12),
        SheetColumn("风险点", lambda row: row.point, 16, 23),
        SheetColumn("风险点类型", lambda row: POINT_KINDS[row.point_kind], 10, 11),
        SheetColumn("所在部位", lambda row: row.place, 12),
        SheetColumn("作业活动", lambda row: row.activity, 14, 18),
        SheetColumn("作业步骤", lambda row: row.step, 14, 15),
        SheetColumn("危险源", lambda row: row.hazard_source, 26, 28),
        SheetColumn("风险事件", lambda row: row.description, 26),
        SheetColumn("可能发生的事故类型", lambda row: type_names(row.accident_types), 16, 18),
        SheetColumn("事故后果", lambda row: row.consequence, 16),
        SheetColumn("评价方法", lambda row: method_words(row.inherent.method), 9),
        *_side(used, "固有", lambda row: row.inherent),
        *_side(used, "残余", lambda row: row.residual),
        *(_measures(category) for category in MeasureCategory),
        SheetColumn("管控层级", lambda row: row.control_level.words, 9, 11),
        SheetColumn("责任部门", lambda row: row.department, 12, 15),
        SheetColumn("责任人", lambda row: row.owner, 9, 12),
        SheetColumn("责任岗位", lambda row: row.post, 12),
        SheetColumn("排查频次", lambda row: row.frequency, 9, 12),
        SheetColumn("备注", lambda row: row.remark, 16),
    )


def _methods(rows: Iterable[SheetRow]) -> tuple[RiskMethod, ...]:
    codes = dict.fromkeys(row.inherent.method for row in rows)
    return tuple(method(code) for code in codes if code != STATED)


def _side(
    used: Sequence[RiskMethod], words: str, side: Callable[[SheetRow], SheetSide]
) -> Iterable[SheetColumn]:
    paper = 7.5 if words == "固有" else 0.0
    symbols = {factor.code: factor.symbol for known in used for factor in known.factors}
    for code, symbol in symbols.items():
        yield SheetColumn(f"{words}{symbol}", _factor(side, code), 7, paper)
    value = "/".join(dict.fromkeys(known.value_symbol for known in used)) or "D"
    yield SheetColumn(f"{words}{value}", lambda row: side(row).value, 8, paper + 2 if paper else 0)
    yield SheetColumn(f"{words}风险等级", lambda row: side(row).level.words, 10, 14, is_level=True)


def _factor(side: Callable[[SheetRow], SheetSide], code: str) -> Callable[[SheetRow], Value]:
    return lambda row: side(row).factors.get(code)


def _measures(category: MeasureCategory) -> SheetColumn:
    is_long = category in (MeasureCategory.ENGINEERING, MeasureCategory.MANAGEMENT)
    return SheetColumn(
        f"{category.words}措施",
        lambda row: "；\n".join(row.measures.get(category, ())),
        32 if is_long else 22,
        38 if is_long else 25,
    )
