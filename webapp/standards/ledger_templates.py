"""Starter ledgers by industry: processes, their points, risks and measures, all to be confirmed.

An enterprise identifies its own risks (Work Safety Law 2021, Art. 41); a template spares the
typing, not the looking: what is taken from one counts as proposed until a person confirms it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from webapp.standards.accident_types import accident_types
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.loader import UnknownCode, folders, table
from webapp.standards.risk_methods import MethodCode, method

FOLDER = "ledger_templates"


class CheckMethod(StrEnum):
    """How a measure is checked."""

    VISUAL = "visual"
    MEASUREMENT = "measurement"
    RECORD = "record"
    INTERVIEW = "interview"
    TEST = "test"

    @property
    def words(self) -> str:
        """目视, 测量, 查记录, 询问, 试验."""
        return _CHECK_WORDS[self]


_CHECK_WORDS = {
    CheckMethod.VISUAL: "目视",
    CheckMethod.MEASUREMENT: "测量",
    CheckMethod.RECORD: "查记录",
    CheckMethod.INTERVIEW: "询问",
    CheckMethod.TEST: "试验",
}


@dataclass(frozen=True, slots=True)
class TemplateMeasure:
    """A measure, what its checker looks for, and how."""

    category: MeasureCategory
    text: str
    item: str
    check: CheckMethod


@dataclass(frozen=True, slots=True)
class TemplateRisk:
    """A risk of a point; factors by the method's codes."""

    activity: str
    step: str
    source: str
    factor_class: str
    event: str
    accident_types: tuple[str, ...]
    consequence: str
    method: MethodCode
    inherent: Mapping[str, Decimal]
    residual: Mapping[str, Decimal]
    direct_rule: str
    measures: tuple[TemplateMeasure, ...]


@dataclass(frozen=True, slots=True)
class TemplatePoint:
    """A point such as every enterprise of the trade has."""

    name: str
    kind: str
    risks: tuple[TemplateRisk, ...]


@dataclass(frozen=True, slots=True)
class TemplateProcess:
    """A process that an enterprise has or has not."""

    code: str
    name: str
    summary: str
    points: tuple[TemplatePoint, ...]

    @property
    def risks(self) -> int:
        """How many risks it brings."""
        return sum(len(point.risks) for point in self.points)


@dataclass(frozen=True, slots=True)
class LedgerTemplate:
    """The starter ledger of an industry, in one version."""

    code: str
    version: str
    name: str
    summary: str
    source: str
    industries: tuple[str, ...]
    processes: tuple[TemplateProcess, ...]

    @property
    def risks(self) -> int:
        """How many risks it holds."""
        return sum(process.risks for process in self.processes)

    def suits(self, industry_code: str) -> bool:
        """Whether an industry of GB/T 4754, division or class, is meant."""
        return any(
            industry_code.startswith(code) or code.startswith(industry_code)
            for code in self.industries
            if industry_code
        )


@cache
def ledger_templates() -> tuple[LedgerTemplate, ...]:
    """The newest version of every industry's template, by code."""
    return tuple(ledger_template(code) for code in folders(FOLDER))


@cache
def ledger_template(code: str, version: str | None = None) -> LedgerTemplate:
    """One industry's template. Raises UnknownCode."""
    if code not in folders(FOLDER):
        raise UnknownCode(f"没有名为“{code}”的行业模板。")
    source = table(f"{FOLDER}/{code}", version)
    body = source.content
    return LedgerTemplate(
        code=body["code"],
        version=source.version,
        name=body["name"],
        summary=body["summary"],
        source=source.source,
        industries=tuple(body["industries"]),
        processes=tuple(_process(row) for row in body["process"]),
    )


def _process(row: Mapping[str, Any]) -> TemplateProcess:
    points = tuple(
        TemplatePoint(p["name"], p["kind"], tuple(_risk(r) for r in p["risk"]))
        for p in row["point"]
    )
    return TemplateProcess(row["code"], row["name"], row["summary"], points)


def _risk(row: Mapping[str, Any]) -> TemplateRisk:
    known = method(row["method"])
    types = {found.code for found in accident_types()}
    return TemplateRisk(
        activity=row["activity"],
        step=row["step"],
        source=row["source"],
        factor_class=row["factor"],
        event=row["event"],
        accident_types=tuple(code for code in row["accidents"] if code in types),
        consequence=row["consequence"],
        method=known.code,
        inherent=_factors(known.code, row["inherent"]),
        residual=_factors(known.code, row["residual"]),
        direct_rule=row["direct"],
        measures=tuple(
            TemplateMeasure(
                MeasureCategory(m["category"]), m["text"], m["item"], CheckMethod(m["check"])
            )
            for m in row["measure"]
        ),
    )


def _factors(code: str, values: list[float]) -> Mapping[str, Decimal]:
    factors = method(code).factors
    return {factor.code: Decimal(str(value)) for factor, value in zip(factors, values, strict=True)}
