"""What this room tells on the public page and in the enterprise file."""

from uuid import UUID

from webapp.enterprise.rules.file_part import Completeness, FilePart, PartTable
from webapp.enterprise.rules.public_part import PublicFigure, PublicPart, PublicRisk
from webapp.platform.tenancy import Scope
from webapp.risks.queries.export import sheet_rows
from webapp.risks.queries.ledger import summary
from webapp.risks.queries.majors import GRAVE, major_risks
from webapp.risks.queries.rows import LedgerSummary
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.rules.words import activity_words, number_words, type_names

_COLUMNS = (
    "编号",
    "风险点",
    "作业活动",
    "危险源",
    "事故类型",
    "残余等级",
    "管控措施",
    "管控层级",
    "责任人",
)
_WIDTHS = (11.5, 14.0, 14.0, 22.0, 13.0, 9.0, 44.0, 10.0, 10.0)
_LEVEL_COLUMN = 5


def public_part(scope: Scope, enterprise_id: UUID) -> PublicPart:
    """The gravest level, the major and significant risks, and how many there are of each level."""
    head = summary(scope, enterprise_id)
    risks = major_risks(scope, enterprise_id, GRAVE)
    present = [level.level for level in head.levels if level.events]
    return PublicPart(
        level=present[0].value if present else None,
        risks=tuple(
            PublicRisk(risk.level.value, f"{risk.point}：{risk.event}", risk.post) for risk in risks
        ),
        figures=tuple(
            PublicFigure(level.level.full_words, str(level.events), "条")
            for level in head.levels
            if head.events
        ),
    )


def file_part(scope: Scope, enterprise_id: UUID) -> FilePart:
    """The whole ledger with its counts."""
    head = summary(scope, enterprise_id)
    rows = sheet_rows(scope, enterprise_id, LedgerFilter())
    return FilePart(
        facts=(
            ("风险点", f"{head.points} 个"),
            *((level.level.full_words, f"{level.events} 条") for level in head.levels),
        ),
        tables=(
            PartTable(
                "风险分级管控清单",
                _COLUMNS,
                tuple(
                    (
                        number_words(row.number),
                        row.point,
                        activity_words(row.activity, row.step),
                        row.hazard_source,
                        type_names(row.accident_types),
                        row.residual.level.value,
                        "；".join(text for said in row.measures.values() for text in said),
                        row.control_level.words,
                        row.owner,
                    )
                    for row in rows
                ),
                _WIDTHS,
                levels=_LEVEL_COLUMN,
            ),
        ),
        remarks=_remarks(head),
    )


def _remarks(head: LedgerSummary) -> tuple[str, ...]:
    short = sum(level.short for level in head.levels)
    unassigned = sum(level.unassigned for level in head.levels)
    found = []
    if short:
        found.append(f"{short} 条风险的管控措施种类不足。")
    if unassigned:
        found.append(f"{unassigned} 条风险尚未指定责任人。")
    return tuple(found)


def completeness(scope: Scope, enterprise_id: UUID) -> Completeness:
    """How many risks have all the measures that their level needs and someone who answers."""
    head = summary(scope, enterprise_id)
    wanting = max(
        sum(level.short for level in head.levels), sum(level.unassigned for level in head.levels)
    )
    if not head.events:
        return Completeness(0, 1, "还没有风险清单")
    words = f"{head.events} 条风险" + (f"，{wanting} 条待补全" if wanting else "")
    return Completeness(head.events - wanting, head.events, words)
