"""Criteria by which a hazard is a major one, by sector, each with its article and clause.

A hit is a suggestion: whoever may confirm a major hazard confirms it, and grading it down needs
a reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from webapp.standards.industries import supervision_category
from webapp.standards.loader import UnknownCode, table


@dataclass(frozen=True, slots=True)
class Criterion:
    """One clause; ``is_confident`` is False where only the clause's heading is at hand."""

    id: str
    standard: str
    title: str
    document: str
    in_force_on: date
    article: str
    clause: int
    sector: str
    sector_code: str
    text: str
    is_confident: bool

    @property
    def citation(self) -> str:
        """The source as a paper cites it."""
        return f"《{self.title}》（{self.document}）{self.article}第{self.clause}项"


@dataclass(frozen=True, slots=True)
class Definitions:
    """What a general and a major hazard are (原安监总局令第16号第三条), and what is pending."""

    general_hazard: str
    major_hazard: str
    closing_rule: str
    pending: tuple[str, ...]


def criteria(categories: Iterable[str]) -> tuple[Criterion, ...]:
    """The criteria that hold for the given supervision categories, in the standards' order.

    Raises UnknownCode for a category that does not exist.
    """
    sectors = {s for code in categories for s in supervision_category(code).criteria}
    return tuple(c for c in all_criteria() if c.sector_code in sectors)


def search(text: str, categories: Iterable[str] | None = None) -> tuple[Criterion, ...]:
    """Criteria that hold every word of the text (words parted by blanks) or bear it as id."""
    words = text.split()
    known = all_criteria() if categories is None else criteria(categories)
    return tuple(
        c for c in known if text.strip() == c.id or all(word in _searched(c) for word in words)
    )


def criterion(criterion_id: str) -> Criterion:
    """A criterion by its id, such as GM10-03-02; raises UnknownCode."""
    for known in all_criteria():
        if known.id == criterion_id:
            return known
    raise UnknownCode(f"没有重大事故隐患判定条目“{criterion_id}”。")


@cache
def all_criteria() -> tuple[Criterion, ...]:
    """Every criterion of every standard."""
    return tuple(
        Criterion(
            id=item["id"],
            standard=standard["code"],
            title=standard["title"],
            document=standard["document"],
            in_force_on=standard["in_force_on"],
            article=group["article"],
            clause=item["clause"],
            sector=group["sector"],
            sector_code=group["sector_code"],
            text=item["text"],
            is_confident=standard["confidence"] == "high",
        )
        for standard in table("hazard_criteria").content["standard"]
        for group in standard["group"]
        for item in group["items"]
    )


@cache
def definitions() -> Definitions:
    """The general definitions and the standards whose clauses are still to be loaded."""
    content = table("hazard_criteria").content
    return Definitions(
        content["general_hazard"],
        content["major_hazard"],
        content["closing_rule"],
        tuple(content["pending"]),
    )


def _searched(found: Criterion) -> str:
    return f"{found.text}{found.sector}{found.title}{found.document}{found.article}"
