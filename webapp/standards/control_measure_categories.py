"""The five kinds of control measures and how many of them a risk of each level must have."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from webapp.standards.loader import table
from webapp.standards.risk_methods import RiskLevel


class MeasureCategory(StrEnum):
    """The five kinds, in the order of their effect."""

    ENGINEERING = "engineering"
    MANAGEMENT = "management"
    TRAINING = "training"
    PERSONAL_PROTECTION = "personal_protection"
    EMERGENCY = "emergency"

    @property
    def words(self) -> str:
        """工程技术, 管理, 培训教育, 个体防护, 应急处置."""
        return category(self).name


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of measure: headings ledgers use for it, its parts, and what a check asks of it."""

    code: MeasureCategory
    name: str
    headings: tuple[str, ...]
    parts: tuple[str, ...]
    asked: str
    exchange: tuple[str, ...]


@cache
def categories() -> tuple[Category, ...]:
    """All five kinds in order."""
    return tuple(
        Category(
            MeasureCategory(row["code"]),
            row["name"],
            tuple(row["headings"]),
            tuple(row["parts"]),
            row["asked"],
            tuple(row["exchange"]),
        )
        for row in table("control_measures").content["category"]
    )


def category(code: MeasureCategory) -> Category:
    """The kind with this code."""
    return next(c for c in categories() if c.code is code)


def category_for(heading: str) -> MeasureCategory | None:
    """The kind a column heading means, None when it is no such heading."""
    word = "".join(heading.split())
    return next((c.code for c in categories() if word in c.headings), None)


def shortfall(level: RiskLevel, present: Iterable[MeasureCategory]) -> str | None:
    """What a risk of this level lacks in kinds of measures, as a Chinese sentence, or None.

    Low and moderate risks need two kinds; significant and major ones four, an emergency measure
    and an engineering or a management measure among them.
    """
    rule = table("control_measures").content["requirement"][level.value]
    kinds = set(present)
    missing = [MeasureCategory(c) for c in rule["needs"] if c not in kinds]
    any_of = [MeasureCategory(c) for c in rule["any_of"]]
    reasons = [f"缺少{c.words}措施" for c in missing]
    if any_of and not kinds & set(any_of):
        reasons.append(f"缺少{'或'.join(c.words for c in any_of)}措施")
    if len(kinds) < rule["kinds"]:
        reasons.append(f"{level.full_words}应有至少 {rule['kinds']} 类措施，现有 {len(kinds)} 类")
    return "；".join(reasons) + "。" if reasons else None
