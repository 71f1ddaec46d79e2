"""The ledger as a sheet: one definition of its columns for screen, workbook, text and paper."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from uuid import UUID

from webapp.risks.rules.drafts import STATED
from webapp.risks.rules.words import POINT_KINDS, method_words, number_words, type_names
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, RiskLevel, RiskMethod, method, methods

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
    id: UUID | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, what it holds, its width in characters; paper has its own width.

    ``paper`` is the share of the sheet's width in millimetres, 0 for a column left out there;
    ``screen`` is what the list on the screen calls it, empty for a column left out there.
    """

    key: str
    heading: str
    value: Callable[[SheetRow], Value]
    width: int
    paper: float = 0
    screen: str = ""
    is_level: bool = False


MEASURE_BREAK = "；\n"
"""What stands between two measures of one cell."""


def sheet_columns(rows: Iterable[SheetRow]) -> tuple[SheetColumn, ...]:
    """The columns for these rows: factors of the methods that they use, and no others."""
    return _columns(_methods(rows))


@cache
def columns_by_key() -> Mapping[str, SheetColumn]:
    """Every column that a sheet can have, with the factors of all methods."""
    return {column.key: column for column in _columns(tuple(methods()))}


def _columns(used: Sequence[RiskMethod]) -> tuple[SheetColumn, ...]:
    return (
        SheetColumn("number", "编号", lambda row: number_words(row.number), 9, 13, "编号"),
        SheetColumn("unit", "风险单元", lambda row: row.unit, 12),
        SheetColumn("point", "风险点", lambda row: row.point, 16, 23, "风险点"),
        SheetColumn("point_kind", "风险点类型", lambda row: POINT_KINDS[row.point_kind], 10, 11),
        SheetColumn("place", "所在部位", lambda row: row.place, 12),
        SheetColumn("activity", "作业活动", lambda row: row.activity, 14, 18, "作业活动"),
        SheetColumn("step", "作业步骤", lambda row: row.step, 14, 15),
        SheetColumn("hazard_source", "危险源", lambda row: row.hazard_source, 26, 28, "危险源"),
        SheetColumn("description", "风险事件", lambda row: row.description, 26),
        SheetColumn(
            "accident_types",
            "可能发生的事故类型",
            lambda row: type_names(row.accident_types),
            16,
            18,
            "可能事故类型",
        ),
        SheetColumn("consequence", "事故后果", lambda row: row.consequence, 16),
        SheetColumn("method", "评价方法", lambda row: method_words(row.inherent.method), 9),
        *_side(used, "inherent", "固有", lambda row: row.inherent),
        *_side(used, "residual", "残余", lambda row: row.residual),
        *(_measures(category) for category in MeasureCategory),
        SheetColumn(
            "control_level", "管控层级", lambda row: row.control_level.words, 9, 11, "层级"
        ),
        SheetColumn("department", "责任部门", lambda row: row.department, 12, 15),
        SheetColumn("owner", "责任人", lambda row: row.owner, 9, 12, "责任人"),
        SheetColumn("post", "责任岗位", lambda row: row.post, 12),
        SheetColumn("frequency", "排查频次", lambda row: row.frequency, 9, 12),
        SheetColumn("remark", "备注", lambda row: row.remark, 16),
    )


def screen_headings() -> dict[str, str]:
    """What the list on the screen calls the columns that it shares with the sheet, by key."""
    return {column.key: column.screen for column in sheet_columns(()) if column.screen}


def _methods(rows: Iterable[SheetRow]) -> tuple[RiskMethod, ...]:
    codes = dict.fromkeys(row.inherent.method for row in rows)
    return tuple(method(code) for code in codes if code != STATED)


def _side(
    used: Sequence[RiskMethod], key: str, words: str, side: Callable[[SheetRow], SheetSide]
) -> Iterable[SheetColumn]:
    is_residual = key == "residual"
    paper = 0.0 if is_residual else 7.5
    symbols = {factor.code: factor.symbol for known in used for factor in known.factors}
    for code, symbol in symbols.items():
        yield SheetColumn(f"{key}.{code}", f"{words}{symbol}", _factor(side, code), 7, paper)
    value = "/".join(dict.fromkeys(known.value_symbol for known in used)) or "D"
    yield SheetColumn(
        f"{key}.value",
        f"{words}{value}",
        lambda row: side(row).value,
        8,
        paper + 2 if paper else 0,
        "风险值" if is_residual else "",
    )
    yield SheetColumn(
        f"{key}.level",
        f"{words}风险等级",
        lambda row: side(row).level.words,
        10,
        14,
        "残余等级" if is_residual else "",
        is_level=True,
    )


def _factor(side: Callable[[SheetRow], SheetSide], code: str) -> Callable[[SheetRow], Value]:
    return lambda row: side(row).factors.get(code)


def _measures(category: MeasureCategory) -> SheetColumn:
    is_long = category in (MeasureCategory.ENGINEERING, MeasureCategory.MANAGEMENT)
    return SheetColumn(
        f"measures.{category}",
        f"{category.words}措施",
        lambda row: MEASURE_BREAK.join(row.measures.get(category, ())),
        32 if is_long else 22,
        38 if is_long else 25,
    )
