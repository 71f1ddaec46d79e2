"""What was drawn on a plan, as the page sends it."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from webapp.risks.rules.map_outlines import ShapeKind, Vertex, outline_fault, rounded

MOST_SHAPES = 120
MOST_LINKS = 200
NAME_LENGTH = 40
UNREADABLE = "图形数据不完整，请刷新页面后重新绘制。"


class DrawingRefused(Exception):
    """The drawing cannot be kept; the message says in Chinese why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class ShapeDraft:
    """A shape as it was drawn; ``id`` is that of the shape it was before, None for a new one."""

    id: UUID | None
    name: str
    kind: ShapeKind
    vertices: tuple[Vertex, ...]
    unit_id: UUID | None = None
    point_ids: tuple[UUID, ...] = ()
    is_confidential: bool = False


def read_drawing(text: str) -> tuple[ShapeDraft, ...]:
    """The shapes of a drawing in the page's JSON. Raises DrawingRefused."""
    try:
        raw = json.loads(text)
        drafts = tuple(_draft(each) for each in raw)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise DrawingRefused(UNREADABLE) from None
    _check(drafts)
    return drafts


def drawing_text(drafts: tuple[ShapeDraft, ...]) -> str:
    """The shapes as the page's JSON."""
    return json.dumps([_raw(draft) for draft in drafts], ensure_ascii=False)


def _draft(raw: dict[str, Any]) -> ShapeDraft:
    return ShapeDraft(
        id=UUID(raw["id"]) if raw["id"] else None,
        name=" ".join(str(raw["name"]).split()),
        kind=ShapeKind(raw["kind"]),
        vertices=tuple((_number(x), _number(y)) for x, y in raw["vertices"]),
        unit_id=UUID(raw["unit"]) if raw["unit"] else None,
        point_ids=tuple(dict.fromkeys(UUID(each) for each in raw["points"])),
        is_confidential=raw["confidential"] is True,
    )


def _raw(draft: ShapeDraft) -> dict[str, Any]:
    return {
        "id": str(draft.id or ""),
        "name": draft.name,
        "kind": draft.kind.value,
        "vertices": draft.vertices,
        "unit": str(draft.unit_id or ""),
        "points": [str(each) for each in draft.point_ids],
        "confidential": draft.is_confidential,
    }


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    return float(value)


def _check(drafts: tuple[ShapeDraft, ...]) -> None:
    if len(drafts) > MOST_SHAPES:
        raise DrawingRefused(f"一张图最多 {MOST_SHAPES} 个区域和点位，请分成几张图。")
    for number, draft in enumerate(drafts, 1):
        fault = _fault(draft)
        if fault:
            raise DrawingRefused(f"第 {number} 个“{_shown(draft.name)}”：{fault}。")
    kept = [draft.id for draft in drafts if draft.id]
    if len(set(kept)) < len(kept):
        raise DrawingRefused(UNREADABLE)


def _fault(draft: ShapeDraft) -> str:
    if not draft.name:
        return "还没有名称，请填写区域或点位的名称"
    if len(draft.name) > NAME_LENGTH:
        return f"名称最多 {NAME_LENGTH} 个字"
    if not draft.name.isprintable():
        return "名称里有看不见的控制字符，请重新输入"
    if len(draft.point_ids) > MOST_LINKS:
        return f"最多关联 {MOST_LINKS} 个风险点"
    return outline_fault(draft.kind, draft.vertices)


def _shown(name: str) -> str:
    shown = "".join(letter for letter in name[:NAME_LENGTH] if letter.isprintable())
    return shown or "未命名"


def as_kept(draft: ShapeDraft) -> list[Vertex]:
    """The outline as it is kept."""
    return [rounded(vertex) for vertex in draft.vertices]
