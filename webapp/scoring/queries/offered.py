"""What this room tells in the enterprise's file and on its public page."""

from uuid import UUID

from webapp.enterprise.rules.file_part import FilePart, PartTable
from webapp.enterprise.rules.public_part import PublicFigure, PublicPart
from webapp.platform.clock import local_date, now
from webapp.platform.tenancy import Scope
from webapp.scoring.queries.explained import explained
from webapp.scoring.queries.score import counters, stored_score
from webapp.scoring.rules.explanation import explain_total, fraction_words, number, percent
from webapp.scoring.rules.score import IndicatorScore
from webapp.standards.five_have import five_have

NOT_COUNTED = "尚未纳入"


def file_part(scope: Scope, enterprise_id: UUID) -> FilePart:
    """The score with each indicator's counts."""
    tree = explained(scope, enterprise_id, now())
    rows = tuple(_row(indicator) for indicator in tree.indicators)
    haves = tuple(
        (
            have.code,
            have.name,
            number(have.scaled, places=1) if have.assessable_weight else NOT_COUNTED,
            number(have.weight),
        )
        for have in tree.haves
    )
    return FilePart(
        facts=(("总分", str(tree.total)), ("等级", tree.grade_name), ("评分标准", tree.version)),
        tables=(
            PartTable("五有得分", ("代号", "项目", "得分", "满分"), haves, (1, 6, 1.5, 1.5)),
            PartTable(
                "各项指标",
                ("代号", "指标", "完成", "比率", "得分", "满分"),
                rows,
                (1, 4, 3, 1.5, 1.2, 1.2),
            ),
        ),
        remarks=(explain_total(tree), *(hit.reason for hit in tree.vetoes)),
    )


def _row(indicator: IndicatorScore) -> tuple[str, str, str, str, str, str]:
    return (
        indicator.code,
        indicator.name,
        fraction_words(indicator),
        "" if indicator.ratio is None else percent(indicator.ratio),
        number(indicator.score, places=2) if indicator.assessable else NOT_COUNTED,
        number(indicator.weight),
    )


def public_part(scope: Scope, enterprise_id: UUID) -> PublicPart:
    """The grade with its day, and what was counted; no record is named."""
    found = stored_score(scope, enterprise_id)
    counted = counters(scope, enterprise_id)
    day = None if counted.last_check_at is None else local_date(counted.last_check_at)
    return PublicPart(
        grade="" if found is None else five_have().grade(found.total).name,
        graded_on=None if found is None else local_date(found.computed_at),
        figures=(
            PublicFigure("未销号隐患", str(counted.hazards_open), "条"),
            PublicFigure("已销号隐患", str(counted.hazards_closed), "条"),
            PublicFigure("最近一次自查", "暂无")
            if day is None
            else PublicFigure("最近一次自查", f"{day.month}月{day.day}日", f"{day.year} 年"),
        ),
    )
