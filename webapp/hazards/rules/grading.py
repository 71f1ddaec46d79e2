"""Whether a hazard is general or major, and what a major one needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from webapp.standards.hazard_criteria import Criterion
from webapp.standards.refusal import Refusal


class HazardLevel(StrEnum):
    """General or major (Order No. 16, Art. 3): can it be removed at once or not."""

    GENERAL = "general"
    MAJOR = "major"

    @property
    def words(self) -> str:
        """The level as users read it."""
        return "重大事故隐患" if self is HazardLevel.MAJOR else "一般事故隐患"


class Implementation(StrEnum):
    """The five implementations (五落实) of a major hazard's treatment."""

    RESPONSIBILITY = "responsibility"
    MEASURES = "measures"
    FUNDS = "funds"
    TIME_LIMIT = "time_limit"
    PLAN = "plan"

    @property
    def words(self) -> str:
        """The implementation as users read it."""
        return _IMPLEMENTATION_WORDS[self]


_IMPLEMENTATION_WORDS = {
    Implementation.RESPONSIBILITY: "责任",
    Implementation.MEASURES: "措施",
    Implementation.FUNDS: "资金",
    Implementation.TIME_LIMIT: "时限",
    Implementation.PLAN: "预案",
}


class PlanElement(StrEnum):
    """The six parts of a treatment plan (Order No. 16)."""

    GOAL = "goal"
    METHODS = "methods"
    FUNDS = "funds"
    RESPONSIBLE = "responsible"
    TIME_LIMIT = "time_limit"
    EMERGENCY_PLAN = "emergency_plan"

    @property
    def words(self) -> str:
        """The part as the plan's form names it."""
        return _ELEMENT_WORDS[self]


_ELEMENT_WORDS = {
    PlanElement.GOAL: "治理的目标和任务",
    PlanElement.METHODS: "采取的方法和措施",
    PlanElement.FUNDS: "经费和物资的落实",
    PlanElement.RESPONSIBLE: "负责治理的机构和人员",
    PlanElement.TIME_LIMIT: "治理的时限和要求",
    PlanElement.EMERGENCY_PLAN: "安全措施和应急预案",
}

_ELEMENTS_OF = {
    Implementation.RESPONSIBILITY: PlanElement.RESPONSIBLE,
    Implementation.MEASURES: PlanElement.METHODS,
    Implementation.FUNDS: PlanElement.FUNDS,
    Implementation.TIME_LIMIT: PlanElement.TIME_LIMIT,
    Implementation.PLAN: PlanElement.EMERGENCY_PLAN,
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The level that the chosen criteria suggest, with each reason as users read it."""

    level: HazardLevel
    reasons: tuple[str, ...] = ()
    criterion_ids: tuple[str, ...] = ()


def suggested_level(chosen: Iterable[Criterion]) -> Suggestion:
    """Major as soon as one criterion is met; a person with the right confirms it."""
    met = tuple(chosen)
    if not met:
        return Suggestion(HazardLevel.GENERAL)
    return Suggestion(
        HazardLevel.MAJOR,
        tuple(f"{criterion.citation}：{criterion.text}" for criterion in met),
        tuple(criterion.id for criterion in met),
    )


def level_refusal(
    suggested: HazardLevel, decided: HazardLevel, *, reason: str, before: HazardLevel | None = None
) -> Refusal | None:
    """Why a level may not be set, or None: to grade below a criterion needs a reason."""
    was_major = HazardLevel.MAJOR in {suggested, before}
    if was_major and decided is HazardLevel.GENERAL and not reason.strip():
        return Refusal("符合重大事故隐患判定标准，降为一般须写明理由。", "reason")
    return None


def missing_elements(plan: dict[PlanElement, str]) -> tuple[PlanElement, ...]:
    """Which parts of a treatment plan are still empty, in the form's order."""
    return tuple(element for element in PlanElement if not plan.get(element, "").strip())


def plan_refusal(plan: dict[PlanElement, str]) -> Refusal | None:
    """Why a treatment plan cannot be submitted, or None."""
    missing = missing_elements(plan)
    if not missing:
        return None
    words = "、".join(element.words for element in missing)
    return Refusal(f"治理方案还缺：{words}。", missing[0].value)


def implementations_of(plan: dict[PlanElement, str]) -> frozenset[Implementation]:
    """Which of the five implementations a plan puts in place."""
    missing = set(missing_elements(plan))
    return frozenset(each for each, part in _ELEMENTS_OF.items() if part not in missing)
