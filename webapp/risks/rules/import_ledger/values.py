"""From the text of a cell to a number, a frequency, a control level, a kind of point."""

import re
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from webapp.risks.rules.control_levels import Frequency
from webapp.risks.rules.import_ledger.words import squeezed
from webapp.standards.risk_methods import ControlLevel, MethodCode, plain

_T = TypeVar("_T")
_DIGITS = r"-?\d{1,9}(?:\.\d{1,9})?"
_RESULT = re.compile(rf"[=:]({_DIGITS})分?(?:[(/].*|[^\d.].*)?$")
_PLAIN = re.compile(rf"[A-Z]{{0,3}}[=:]?({_DIGITS})分?(?:[(/].*|[^\d.×X*~至-].*)?$")
_LEADING_POINT = re.compile(r"(?<![\d])\.(?=\d)")

_FREQUENCIES = (
    (Frequency.EACH_SHIFT, r"班前|每班|[次/]班|交接班|随时|作业前|\d+小时|每次"),
    (Frequency.DAILY, r"每[天日]|[次/][天日]|日检|日常|天|日(?!期)"),
    (Frequency.WEEKLY, r"周|星期|礼拜"),
    (Frequency.QUARTERLY, r"季"),
    (Frequency.HALF_YEARLY, r"半年|6个月|六个月"),
    (Frequency.MONTHLY, r"月|旬"),
    (Frequency.YEARLY, r"年"),
)
_CONTROL_LEVELS = (
    (ControlLevel.COMPANY, r"公司|企业|厂级|^厂|集团|总经理|矿级|项目部级|一级|Ⅰ级|^I级|单位级"),
    (ControlLevel.DEPARTMENT, r"部门|车间|分厂|科室|工段|处室|二级|^II级"),
    (ControlLevel.TEAM, r"班组|工班|班级|三级|^III级"),
    (ControlLevel.POST, r"岗位|员工|个人|操作(工|人)|四级|^IV级"),
)
_METHODS = (
    (MethodCode.MES, r"MES"),
    (MethodCode.LEC, r"LEC|作业条件"),
    (MethodCode.LS, r"L[·.×*]?S|矩阵|R=|LSR"),
)
_POINT_KINDS = (
    ("equipment", r"设备|设施|装置|机械|SCL"),
    ("activity", r"作业|活动|操作|任务|JHA|工序"),
    ("place", r"场所|区域|部位|地点|位置|环境|静态"),
)


def number(text: str) -> Decimal | None:
    """The number a cell states: １５, '3 ', D=270, 270（较大）, 3×6×15=270; None when none."""
    plain_text = _LEADING_POINT.sub("0.", squeezed(text))
    match = _RESULT.search(plain_text) or _PLAIN.match(plain_text)
    if match is None:
        return None
    try:
        return plain(Decimal(match[1]))
    except InvalidOperation:
        return None


def frequency(text: str) -> Frequency | None:
    """How often 每周一次, 1次/班, 季度 … means."""
    return _first(_FREQUENCIES, squeezed(text))


def control_level(text: str) -> ControlLevel | None:
    """The highest level that a cell names: 公司级、车间级 is the company."""
    return _first(_CONTROL_LEVELS, squeezed(text))


def method_code(text: str) -> MethodCode | None:
    """The assessment method that a cell names."""
    return _first(_METHODS, squeezed(text))


def point_kind(text: str) -> str | None:
    """`place`, `equipment` or `activity`, as a cell says."""
    return _first(_POINT_KINDS, squeezed(text))


def _first(table: tuple[tuple[_T, str], ...], text: str) -> _T | None:
    return next((value for value, pattern in table if re.search(pattern, text)), None)
