"""A hazard's record turned into what its page shows: stages, pictures, origin, facts, history."""

from collections.abc import Mapping
from datetime import datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

from flask import url_for

from webapp.hazards.queries.hazard_detail import HazardDetail, PhotoRow, StepRow
from webapp.hazards.queries.offers import Offer
from webapp.hazards.rules.deadlines import is_on_time, is_overdue
from webapp.hazards.rules.lifecycle import HazardAction, HazardState
from webapp.hazards.rules.waiting import state_tone, state_words
from webapp.platform.clock import local_date
from webapp.standards.hazard_criteria import criterion
from webapp.ui.filters import iso_date, long_date, timestamp

Words = dict[str, Any]

_STAGES = (
    ("报告", HazardAction.REPORT),
    ("定级", HazardAction.GRADE),
    ("下达", HazardAction.ASSIGN),
    ("整改", HazardAction.RECTIFY),
    ("验收", HazardAction.ACCEPT),
    ("销号", HazardAction.CLOSE),
)
STEP_WORDS = {
    Offer.GRADE: ("评估分级", "符合判定标准的定为重大"),
    Offer.ASSIGN: ("下达整改", "责任人和期限"),
    Offer.TRANSFER: ("转办", "换整改责任人，期限不变"),
    Offer.RECTIFY: ("提交整改", "照片和一句话"),
    Offer.VERIFY: ("验收", "验收人不能是整改责任人"),
    Offer.CLOSE: ("销号", "验收已通过"),
    Offer.CONSENT: ("核查同意", "重大事故隐患销号前"),
    Offer.EXTEND: ("延期", "期限届满前批准，只能一次"),
    Offer.PLAN: ("填写五落实", "整改前须填全"),
}


def detail_words(
    hazard: HazardDetail, enterprise_id: UUID | None, at: datetime, *, is_mine: bool
) -> Words:
    """Everything on the page that is not the form of a step."""
    done = local_date(hazard.rectified_at) if hazard.rectified_at else None
    is_late = hazard.due_on is not None and is_overdue(
        hazard.state, hazard.due_on, local_date(at), done
    )
    place = " · ".join(part for part in (hazard.department, _where(hazard)) if part)
    return {
        "crumbs": _crumbs(hazard, enterprise_id),
        "tone": state_tone(hazard.state, is_overdue=is_late),
        "state_words": state_words(hazard.state, hazard.source),
        "is_settled": not hazard.state.is_open
        or (done is not None and is_on_time(done, hazard.due_on)),
        "where": place,
        "stages": _stages(hazard, is_mine=is_mine),
        "pairs": _pairs(hazard, enterprise_id),
        "photo_note": f"共 {len(hazard.photos)} 张" if hazard.photos else "",
        "origin": _origin(hazard, enterprise_id),
        "facts_of": _facts(hazard),
        "implementations": [(each.words, words) for each, words in hazard.implementations.items()],
        "history": [_told(step) for step in hazard.steps],
    }


def step_words(
    hazard: HazardDetail, step: Offer | None, enterprise_id: UUID | None, user_id: UUID
) -> Words:
    """Title, address and draft key of the step that is put forward."""
    if step is None:
        return {}
    title, note = STEP_WORDS[step]
    name = "assign" if step is Offer.TRANSFER else step.name.lower()
    return {
        "step_title": title,
        "step_note": note,
        "step_action": url_for(
            f"hazards.hazard_{name}", hazard_id=hazard.id, **_place(step, enterprise_id)
        ),
        "draft": draft_key(step, hazard, user_id),
    }


def draft_key(step: Offer, hazard: HazardDetail, user_id: UUID) -> str:
    """Under which name this person's phone keeps what was typed for a step."""
    return f"{step.value}:{user_id}:{hazard.id}"


def _place(step: Offer, enterprise_id: UUID | None) -> dict[str, Any]:
    """Only an officer's step names the enterprise; one's own is known."""
    return {"enterprise_id": enterprise_id} if step is Offer.CONSENT else {}


def _where(hazard: HazardDetail) -> str:
    return hazard.origin.point or hazard.place


def _crumbs(hazard: HazardDetail, enterprise_id: UUID | None) -> list[Words]:
    everything = url_for("hazards.hazard_list", enterprise_id=enterprise_id)
    state = "open" if hazard.state.is_open else hazard.state.value
    word = "未销号" if hazard.state.is_open else hazard.state.words
    narrowed = url_for("hazards.hazard_list", enterprise_id=enterprise_id, state=state)
    return [{"label": "隐患", "href": everything}, {"label": word, "href": narrowed}]


def _stages(hazard: HazardDetail, *, is_mine: bool) -> list[Words]:
    """The six stages with their instant; one that was turned back counts as not reached."""
    reached = list(HazardState).index(hazard.state)
    times = {step.action: step.at for step in reversed(hazard.steps)}
    stages: list[Words] = [
        {
            "label": label,
            "note": timestamp(times[action])[5:] if number <= reached and action in times else "",
            "state": "done" if number <= reached else "",
        }
        for number, (label, action) in enumerate(_STAGES)
    ]
    if hazard.state.is_open:
        stages[reached + 1] |= {"state": "now", "note": "由您办理" if is_mine else ""}
    return stages


def _pairs(hazard: HazardDetail, enterprise_id: UUID | None) -> list[tuple[Words | None, ...]]:
    """The pictures before beside those after, in the order they were taken."""
    shown = [(photo.is_after, _picture(hazard, photo, enterprise_id)) for photo in hazard.photos]
    before = [picture for is_after, picture in shown if not is_after]
    after = [picture for is_after, picture in shown if is_after]
    return list(zip_longest(before, after))


def _picture(hazard: HazardDetail, photo: PhotoRow, enterprise_id: UUID | None) -> Words:
    address = {"hazard_id": hazard.id, "file_id": photo.file_id, "enterprise_id": enterprise_id}
    word = "整改后" if photo.is_after else "整改前"
    return {
        "src": url_for("hazards.photo", **address, small=1),  # type: ignore[arg-type]  # ids
        "alt": f"{word}的照片：{hazard.title}",
        "caption": f"{photo.added_by} {timestamp(photo.added_at)[5:]}".strip(),
        "by": f"SHA-256 {photo.sha256[:4]}…{photo.sha256[-4:]}",
    }


def _origin(hazard: HazardDetail, enterprise_id: UUID | None) -> list[Words]:
    """From the hazard back to the plant; a link that is not known is left out."""
    origin = hazard.origin
    check = origin.check_id and url_for(
        "hazards.check_show", check_id=origin.check_id, enterprise_id=enterprise_id
    )
    checked = f"{origin.checked_by} {timestamp(origin.checked_at)[5:]}" if check else ""
    event = origin.event_id and url_for(
        "risks.event_show", event_id=origin.event_id, enterprise_id=enterprise_id
    )
    point = origin.point_id and url_for(
        "risks.point_show", point_id=origin.point_id, enterprise_id=enterprise_id
    )
    line = (
        ("隐患", hazard.number, None, hazard.level.words),
        ("检查项", origin.item, check, checked),
        ("管控措施", origin.measure, None, origin.category.words if origin.category else ""),
        ("风险事件", origin.event, event, f"危险源：{origin.source}" if origin.source else ""),
        ("风险点", origin.point or hazard.place, point, origin.unit),
    )
    return [
        {"kind": kind, "label": label, "href": href, "note": note}
        for kind, label, href, note in line
        if label
    ]


def _facts(hazard: HazardDetail) -> list[tuple[str, str]]:
    facts = [
        ("描述", hazard.description),
        ("来源", f"{hazard.source.words}，{hazard.reported_by_name}"),
        ("判定依据", _criterion(hazard.criterion_code)),
        ("执法文书", _order(hazard)),
        ("责任人", " ".join(part for part in (hazard.assignee, hazard.assignee_post) if part)),
        ("期限", _due(hazard)),
        ("整改措施", hazard.rectification),
        ("整改提交", _by(hazard.rectified_by_name, hazard.rectified_at)),
        ("验收", _by(hazard.verified_by_name, hazard.verified_at)),
        ("验收意见", hazard.verification),
        ("退回次数", f"{hazard.return_count} 次" if hazard.return_count else ""),
    ]
    return [(term, value) for term, value in facts if value]


def _criterion(code: str) -> str:
    if not code:
        return ""
    found = criterion(code)
    return f"{found.citation}：{found.text}"


def _order(hazard: HazardDetail) -> str:
    return _item(hazard.order_number, hazard.order_item) if hazard.order_number else ""


def _due(hazard: HazardDetail) -> str:
    if hazard.due_on is None:
        return ""
    extended = f"（由 {iso_date(hazard.extended_from)} 延期）" if hazard.extended_from else ""
    return f"{long_date(hazard.due_on)}{extended}"


def _by(name: str, at: datetime | None) -> str:
    return f"{name} {timestamp(at)}" if at else ""


def _told(step: StepRow) -> str:
    """What a step of the history says below its name."""
    detail = step.detail
    to = f"责任人 {detail['to']}，期限 {detail['due_on']}" if "to" in detail else ""
    later = f"期限 {detail['before']} → {detail['due_on']}" if "before" in detail else ""
    basis = str(detail.get("basis", ""))
    return "。".join(part for part in (to, later, basis, _corrected(detail), step.words) if part)


def _corrected(detail: Mapping[str, Any]) -> str:
    """Which order counted before and which does now."""
    if "former_order" not in detail:
        return ""
    former = _item(detail["former_order"], detail["former_item"])
    return f"原{former}已撤销，现为{_item(detail['order'], detail['item'])}"


def _item(order: str, number: int | None) -> str:
    return f"{order} 第 {number} 项"
