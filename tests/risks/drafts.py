"""A risk event as a form would propose it."""

from dataclasses import replace
from decimal import Decimal

from webapp.risks.rules.drafts import AssessmentDraft, EventDraft, MeasureDraft
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel


def lec(likelihood: str, exposure: str, consequence: str) -> dict[str, Decimal]:
    return {
        "likelihood": Decimal(likelihood),
        "exposure": Decimal(exposure),
        "consequence": Decimal(consequence),
    }


def measure(text: str = "炉坑干燥无积水", **changes: object) -> MeasureDraft:
    made = MeasureDraft(MeasureCategory.ENGINEERING, text, ControlLevel.POST)
    return replace(made, **changes)


DRAFT = EventDraft(
    point="1 号中频炉",
    point_kind="equipment",
    place="熔炼跨",
    activity="加料熔炼",
    step="加料",
    hazard_source="炉料潮湿",
    description="铁水遇水爆炸",
    accident_types=("18",),
    consequence="灼烫伤亡",
    assessment=AssessmentDraft("lec", lec("3", "6", "40"), lec("3", "6", "15")),
    measures=(
        measure(),
        measure("班前确认炉料干燥", category=MeasureCategory.MANAGEMENT),
    ),
)


def draft(**changes: object) -> EventDraft:
    return replace(DRAFT, **changes)
