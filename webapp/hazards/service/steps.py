"""What every move of a hazard shares: take the row, tell of a lost update, write the step."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from webapp.hazards.models.hazards import Hazard, HazardPhoto, HazardStep
from webapp.hazards.queries.people import person
from webapp.hazards.queries.records import last_step
from webapp.hazards.rules.lifecycle import HazardAction, HazardState, next_state
from webapp.platform.clock import SHANGHAI
from webapp.platform.errors import Conflict, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.unit_of_work import Work
from webapp.standards.refusal import Refusal

ASSIGNEE, DUE, LEVEL, WORDS = "责任人", "期限", "级别", "内容"


def taken(
    work: Work,
    enterprise_id: UUID,
    hazard_id: UUID,
    *,
    version: int | None,
    yours: Mapping[str, str] | None = None,
) -> Hazard:
    """The hazard, locked. Raises NotFound, or Conflict when another has moved it since.

    ``yours`` is what the actor typed, in words: the message shows it beside what stands now.
    """
    hazard = work.locked(Hazard, enterprise_id, hazard_id)
    if version is not None and hazard.version != version:
        raise _lost_update(work, hazard, yours or {})
    return hazard


def _lost_update(work: Work, hazard: Hazard, yours: Mapping[str, str]) -> Conflict:
    stands = {
        ASSIGNEE: _assignee(work, hazard),
        DUE: hazard.due_on.isoformat() if hazard.due_on else "未定",
        LEVEL: "重大" if hazard.level == "major" else "一般",
        WORDS: hazard.rectification or "未填",
    }
    changes = {name: (stands[name], typed) for name, typed in yours.items()}
    last = last_step(work.session, hazard.enterprise_id, hazard.id)
    who = "这条隐患已被他人更新"
    if last is not None:
        name, action, at = last
        who = f"{name} 已在 {at.astimezone(SHANGHAI):%m月%d日 %H:%M} {action.words}"
    message = f"{who}，隐患现在是“{HazardState(hazard.state).words}”。"
    for name, (current, typed) in changes.items():
        message += f"{name}现为“{current}”，您填的是“{typed}”。"
    return Conflict(f"{message}您填写的内容还在本页，请核对后再提交。", changes)


def _assignee(work: Work, hazard: Hazard) -> str:
    if hazard.assigned_to is None:
        return "未指定"
    found = person(work.session, hazard.enterprise_id, hazard.assigned_to)
    return found.name if found else "已离职人员"


def moved(hazard: Hazard, action: HazardAction) -> None:
    """Take the hazard to where the action leads. Raises RuleBroken when it does not fit."""
    after = next_state(HazardState(hazard.state), action)
    if isinstance(after, Refusal):
        raise RuleBroken(after.message)
    hazard.state = after


def write_step(
    work: Work, hazard: Hazard, action: HazardAction, words: str = "", **detail: Any
) -> None:
    """Append to the hazard's history; the locked row keeps the ordinals apart."""
    following = (
        select(func.coalesce(func.max(HazardStep.ordinal), 0) + 1)
        .where(HazardStep.enterprise_id == hazard.enterprise_id, HazardStep.hazard_id == hazard.id)
        .scalar_subquery()
    )
    work.add(
        HazardStep(
            enterprise_id=hazard.enterprise_id,
            id=new_id(work.at),
            hazard_id=hazard.id,
            ordinal=following,
            action=action.value,
            state=hazard.state,
            actor_id=work.actor.user_id,
            actor_name=work.actor.name,
            words=words,
            detail=detail,
            at=work.at,
        )
    )


def show_photos(work: Work, hazard: Hazard, files: Collection[UUID], moment: str) -> None:
    """Hang stored pictures on the hazard, ``before`` or ``after``."""
    work.add(
        *(
            HazardPhoto(
                enterprise_id=hazard.enterprise_id,
                id=new_id(work.at),
                hazard_id=hazard.id,
                file_id=file_id,
                moment=moment,
                added_at=work.at,
            )
            for file_id in files
        )
    )


def told(work: Work, hazard: Hazard, **more: Any) -> None:
    """Note what the enterprise's timeline says of this hazard."""
    work.note(number=hazard.number, title=hazard.title, level=hazard.level, **more)
