"""Which articles a typical finding rests on: an offer that the officers confirm.

The words are matched against a finding's description; the articles stand in the statutes'
table, whose summaries are not the law's text.
"""

import re
from dataclasses import dataclass

from webapp.standards import statutes
from webapp.standards.hazard_criteria import Criterion


@dataclass(frozen=True, slots=True)
class LawBasis:
    """What a finding breaks, and what would follow, each as a paper cites it."""

    code: str
    citation: str
    summary: str
    penalties: tuple[str, ...]
    needs_check: bool


_TYPICAL = (
    (r"隐患|排查|整改.{0,6}(?:记录|台账)|自查", "work_safety_law.41"),
    (r"风险(?:分级|辨识|评价|管控|清单)|四色图|告知卡", "work_safety_law.41"),
    (r"责任制|责任清单|考核标准", "work_safety_law.22"),
    (r"主要负责人.{0,12}(?:未|没有|不)", "work_safety_law.21"),
    (r"安全(?:员|管理人员|管理机构).{0,12}(?:未|没有|不)", "work_safety_law.25"),
    (r"特种作业|无证|电工证|焊工证|操作证|持证", "work_safety_law.30"),
    (r"培训|教育|考试|三级|一人一档", "work_safety_law.28"),
    (r"警示标志|安全标志|标识", "work_safety_law.35"),
    (
        r"防护罩|安全阀|压力表|联锁|报警|检测|检验|校验|接地|漏电|急停|维护保养|裸露|老化",
        "work_safety_law.36",
    ),
)
_GENERAL = "work_safety_law.41"


def suggested_bases(description: str) -> tuple[LawBasis, ...]:
    """The articles a description points to, the most telling first; never empty.

    Where nothing is recognised, the duty to find and remove hazards (Art. 41) is offered.
    """
    codes = dict.fromkeys(code for words, code in _TYPICAL if re.search(words, description))
    return tuple(basis(code) for code in codes or (_GENERAL,))


def basis(code: str) -> LawBasis:
    """One article as a basis; raises UnknownCode when the table lacks it."""
    article = statutes.article(code)
    return LawBasis(
        article.code,
        statutes.cite(code),
        article.summary,
        tuple(statutes.cite(penalty) for penalty in article.penalised_by),
        article.needs_check,
    )


def criterion_basis(criterion: Criterion) -> str:
    """How a finding by a major-hazard criterion names it."""
    return criterion.citation


def combined(citations: tuple[str, ...]) -> str:
    """Several citations as one paper joins them, each once."""
    return "、".join(dict.fromkeys(citations))
