"""How grave a hazard is, and what a major one needs before it may end."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from webapp.hazards.events import HazardGraded
from webapp.hazards.models.hazards import Hazard
from webapp.hazards.rules.grading import (
    HazardLevel,
    Implementation,
    level_refusal,
    suggested_level,
)
from webapp.hazards.rules.lifecycle import HazardAction
from webapp.hazards.service.acts import act, check_reach, obey
from webapp.hazards.service.steps import LEVEL, moved, taken, told, write_step
from webapp.platform.errors import Invalid, RuleBroken
from webapp.platform.tenancy import Actor
from webapp.standards.hazard_criteria import Criterion, criterion
from webapp.standards.loader import UnknownCode


def grade(
    actor: Actor,
    enterprise_id: UUID,
    hazard_id: UUID,
    *,
    level: HazardLevel,
    criterion_code: str = "",
    reason: str = "",
    version: int | None = None,
    at: datetime,
) -> None:
    """Decide whether a hazard is general or major, by a criterion where one is met.

    Raises Invalid at ``criterion_code`` for one that does not exist, at ``reason`` when a hazard
    that meets a criterion, or was major, is graded general without saying why.
    """
    with act(actor, enterprise_id, "hazard.graded", at=at, subject=hazard_id) as work:
        yours = {LEVEL: "重大" if level is HazardLevel.MAJOR else "一般"}
        hazard = taken(work, enterprise_id, hazard_id, version=version, yours=yours)
        check_reach(work, enterprise_id, "hazards.grade", department_id=hazard.department_id)
        if hazard.order_id is not None:
            raise RuleBroken("执法指令列项的级别由执法机关认定，企业不能更改。")
        before = HazardLevel(hazard.level)
        met = _criterion(criterion_code)
        suggestion = suggested_level((met,) if met else ())
        obey(level_refusal(suggestion.level, level, reason=reason, before=before))
        moved(hazard, HazardAction.GRADE)
        hazard.level = level
        hazard.criterion_code = met.id if met and level is HazardLevel.MAJOR else ""
        basis = suggestion.reasons[0] if suggestion.reasons else ""
        write_step(work, hazard, HazardAction.GRADE, reason, level=level.value, basis=basis)
        told(work, hazard, before=before.value)
        work.publish(HazardGraded(enterprise_id, hazard_id, before, level, at))


def _criterion(code: str) -> Criterion | None:
    if not code:
        return None
    try:
        return criterion(code)
    except UnknownCode:
        raise Invalid("criterion_code", "没有这条判定标准，请重新选择。") from None


def write_implementations(
    actor: Actor,
    enterprise_id: UUID,
    hazard_id: UUID,
    *,
    words: Mapping[Implementation, str],
    version: int | None = None,
    at: datetime,
) -> None:
    """Write down the five implementations of a major hazard, as far as they are known."""
    with act(actor, enterprise_id, "hazard.planned", at=at, subject=hazard_id) as work:
        hazard = taken(work, enterprise_id, hazard_id, version=version)
        _check_major(hazard)
        if hazard.closed_at is not None:
            raise RuleBroken("隐患已销号，治理方案不能再改。")
        hazard.implementations = {each.value: words.get(each, "") for each in Implementation}
        told(work, hazard, filled=[each.words for each in Implementation if words.get(each)])


def consent(
    actor: Actor, enterprise_id: UUID, hazard_id: UUID, *, words: str, at: datetime
) -> None:
    """The agency agrees, after looking at the treatment, that a major hazard may be closed."""
    with act(actor, enterprise_id, "hazard.consented", at=at, subject=hazard_id) as work:
        hazard = taken(work, enterprise_id, hazard_id, version=None)
        _check_major(hazard)
        if hazard.order_id is not None:
            raise RuleBroken("执法指令中的隐患请在复查中确认。")
        moved(hazard, HazardAction.CONSENT)
        write_step(work, hazard, HazardAction.CONSENT, words)
        told(work, hazard)


def _check_major(hazard: Hazard) -> None:
    if hazard.level != HazardLevel.MAJOR:
        raise RuleBroken("这是一般事故隐患，不需要治理方案和机关核查。")
