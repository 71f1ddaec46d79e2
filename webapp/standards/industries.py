"""Industries by GB/T 4754, the categories of supervision, and the size of an enterprise."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from webapp.standards.loader import UnknownCode, table


@dataclass(frozen=True, slots=True)
class Industry:
    """A section (letter) or a division (two digits) of GB/T 4754-2017."""

    code: str
    name: str
    section: str


@dataclass(frozen=True, slots=True)
class SupervisionCategory:
    """A kind of enterprise as supervision sees it.

    ``criteria`` are the sectors of the major-hazard criteria that hold for it; ``is_high_risk``
    asks for the longer training hours of mines, chemicals, smelting and the like.
    """

    code: str
    name: str
    is_high_risk: bool
    divisions: tuple[str, ...]
    criteria: tuple[str, ...]


class Scale(StrEnum):
    """Size of an enterprise for statistics (国统字〔2017〕213号)."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"

    @property
    def words(self) -> str:
        """大型, 中型, 小型, 微型."""
        return _SCALE_WORDS[self]


_SCALE_WORDS = MappingProxyType(
    {Scale.LARGE: "大型", Scale.MEDIUM: "中型", Scale.SMALL: "小型", Scale.MICRO: "微型"}
)


def industry(code: str) -> Industry:
    """A section or division; a class such as 3130 gives its division. Raises UnknownCode."""
    text = code.strip().upper()
    found = _industries().get(text[:2] if text[:1].isdigit() else text)
    if found is None:
        raise UnknownCode(f"没有国民经济行业代码“{code}”。")
    return found


def sections() -> tuple[Industry, ...]:
    """The twenty sections A to T."""
    return tuple(i for i in _industries().values() if i.code == i.section)


def divisions(section: str | None = None) -> tuple[Industry, ...]:
    """The 97 divisions, or those of one section."""
    return tuple(
        i for i in _industries().values() if i.code != i.section and section in (None, i.section)
    )


def choices() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Sections with their divisions for a grouped choice: (section, ((code, name), …))."""
    return tuple(
        (s.name, tuple((d.code, f"{d.code} {d.name}") for d in divisions(s.code)))
        for s in sections()
    )


@cache
def supervision_categories() -> tuple[SupervisionCategory, ...]:
    """All categories in the order screens show them."""
    return tuple(
        SupervisionCategory(
            row["code"],
            row["name"],
            row["is_high_risk"],
            tuple(row["divisions"]),
            tuple(row["criteria"]),
        )
        for row in table("supervision_categories").content["category"]
    )


def supervision_category(code: str) -> SupervisionCategory:
    """A category by its code; raises UnknownCode."""
    for category in supervision_categories():
        if category.code == code:
            return category
    raise UnknownCode(f"没有监管类别“{code}”。")


def suggested_categories(industry_code: str) -> tuple[SupervisionCategory, ...]:
    """The categories an industry suggests; a suggestion that the regulator confirms."""
    division = industry(industry_code).code
    return tuple(c for c in supervision_categories() if division in c.divisions)


def enterprise_scale(
    industry_code: str,
    *,
    employees: int | None = None,
    revenue: int | None = None,
    assets: int | None = None,
) -> Scale | None:
    """Size by persons, revenue and assets (ten thousand yuan); None when a needed figure lacks.

    Large, medium and small need every limit of their row, otherwise the size below it holds.
    """
    row = _scale_row(industry_code)
    given = {"employees": employees, "revenue": revenue, "assets": assets}
    if row is None:
        return None
    asked = {key: given[key] for key in given if key in row}
    if any(amount is None for amount in asked.values()):
        return None
    for position, scale in enumerate((Scale.LARGE, Scale.MEDIUM, Scale.SMALL)):
        if all((amount or 0) >= row[key][position] for key, amount in asked.items()):
            return scale
    return Scale.MICRO


def _scale_row(industry_code: str) -> Mapping[str, Any] | None:
    text = industry_code.strip().upper()
    names = (text, text[:3], text[:2], industry(text).section)
    rows = table("enterprise_scale").content["row"]
    for name in names:
        for row in rows:
            if name in row["industries"]:
                found: Mapping[str, Any] = row
                return found
    return None


@cache
def _industries() -> Mapping[str, Industry]:
    found: dict[str, Industry] = {}
    for row in table("industries").content["section"]:
        section = row["code"]
        found[section] = Industry(section, row["name"], section)
        found |= {code: Industry(code, name, section) for code, name in row["divisions"]}
    return MappingProxyType(found)
