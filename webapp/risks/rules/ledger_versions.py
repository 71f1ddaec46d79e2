"""How a ledger becomes a published version, and what lies between two of them.

Draft → submitted → reviewed by the departments → signed by the principal and published. The
principal organises and signs for the grading and control of risks (Work Safety Law 2021, Art. 21
(5) and Art. 41); what has been published never changes, a later version takes its place.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from webapp.risks.rules.words import number_words
from webapp.standards.refusal import Refusal


class VersionState(StrEnum):
    """Where a version stands."""

    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """The state as users read it."""
        return _STATE_WORDS[self]

    @property
    def is_open(self) -> bool:
        """Whether somebody's decision is awaited."""
        return self in (VersionState.SUBMITTED, VersionState.REVIEWED)


_STATE_WORDS = {
    VersionState.SUBMITTED: "部门审核中",
    VersionState.REVIEWED: "待主要负责人签发",
    VersionState.PUBLISHED: "已发布",
    VersionState.RETURNED: "已退回",
    VersionState.WITHDRAWN: "已撤回",
}

# What a row says, in the order in which people read it: name in the snapshot → heading.
FIELDS: Mapping[str, str] = {
    "unit": "风险单元",
    "point": "风险点",
    "kind": "风险点类型",
    "place": "所在部位",
    "activity": "作业活动",
    "step": "作业步骤",
    "hazard_source": "危险源",
    "description": "风险事件",
    "accidents": "可能发生的事故类型",
    "consequence": "事故后果",
    "inherent": "固有评价",
    "residual": "残余评价",
    "level": "风险等级",
    "engineering": "工程技术措施",
    "management": "管理措施",
    "training": "培训教育措施",
    "personal_protection": "个体防护措施",
    "emergency": "应急处置措施",
    "control_level": "管控层级",
    "department": "责任部门",
    "owner": "责任人",
    "post": "责任岗位",
    "frequency": "排查频次",
    "remark": "备注",
}

Row = Mapping[str, Any]
"""A row of a snapshot: ``number``, ``level_code`` and the words of each of ``FIELDS``."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that a row says differently now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What became of one risk: added, removed, or changed in these fields."""

    number: int
    point: str
    description: str
    fields: tuple[FieldChange, ...] = ()

    @property
    def number_words(self) -> str:
        """The risk's number as people call it."""
        return number_words(self.number)


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between two ledgers."""

    added: tuple[RowChange, ...]
    removed: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]

    @property
    def total(self) -> int:
        """How many risks are not as they were."""
        return len(self.added) + len(self.removed) + len(self.changed)

    @property
    def is_none(self) -> bool:
        """Whether both say the same."""
        return not self.total


def difference(before: Iterable[Row], after: Iterable[Row]) -> Difference:
    """What changed from one ledger to another, risk by risk; a number names the same risk."""
    old = {row["number"]: row for row in before}
    new = {row["number"]: row for row in after}
    return Difference(
        added=tuple(_row(new[number]) for number in sorted(new.keys() - old.keys())),
        removed=tuple(_row(old[number]) for number in sorted(old.keys() - new.keys())),
        changed=tuple(
            _row(new[number], found)
            for number in sorted(old.keys() & new.keys())
            if (found := _fields(old[number], new[number]))
        ),
    )


def _fields(old: Row, new: Row) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(label, old[name], new[name])
        for name, label in FIELDS.items()
        if old[name] != new[name]
    )


def _row(row: Row, fields: tuple[FieldChange, ...] = ()) -> RowChange:
    return RowChange(row["number"], row["point"], row["description"], fields)


def refused_submission(
    *, rows: int, proposed: int, has_open: bool, changed: Difference | None
) -> Refusal | None:
    """Why a ledger cannot be submitted; ``changed`` is what differs from the version in force."""
    if has_open:
        return Refusal("已有一版在审核或待签发，请等它完成或先撤回。")
    if not rows:
        return Refusal("清单里还没有风险，不能提交审核。")
    if proposed:
        return Refusal(f"还有 {proposed} 条模板风险待确认，请先逐条确认或删除。")
    if changed is not None and changed.is_none:
        return Refusal("清单与现行版本相同，没有需要审核的修改。")
    return None


def after_review(decisions: Collection[bool | None]) -> VersionState:
    """The state of a submitted version after these departments' decisions; None is awaited."""
    if False in decisions:
        return VersionState.RETURNED
    return VersionState.SUBMITTED if None in decisions else VersionState.REVIEWED


def refused_review(state: VersionState, *, decided: bool | None) -> Refusal | None:
    """Why a department cannot decide now."""
    if state is not VersionState.SUBMITTED:
        return Refusal(f"这一版{state.words}，不能再审核。")
    if decided is not None:
        return Refusal("本部门已经审核过这一版。")
    return None


def refused_publication(state: VersionState, awaited: Iterable[str]) -> Refusal | None:
    """Why the principal cannot sign now; ``awaited`` are the departments that have not decided."""
    if state is VersionState.REVIEWED:
        return None
    if state is VersionState.SUBMITTED:
        return Refusal(f"{'、'.join(awaited)}还没有审核，不能签发。")
    return Refusal(f"这一版{state.words}，不能签发。")


def in_force_at(published: Iterable[tuple[datetime, int]], at: datetime) -> int | None:
    """The number of the version in force at an instant, out of (published at, number)."""
    held = [(when, number) for when, number in published if when <= at]
    return max(held)[1] if held else None
