"""What a post owes, who has signed for it, and when the list is due again.

Each list names the responsible person, the scope and the standard of assessment (Work Safety
Law 2021, Art. 22).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from webapp.enterprise.rules.organisation import PostKind
from webapp.standards import responsibility_templates as templates
from webapp.standards.refusal import Refusal

MOST_DUTIES = 60
MOST_CHARACTERS = 500
WARN_BEFORE_DAYS = 30


class ListState(StrEnum):
    """A list is drafted, published when the principal approves it, and once replaced."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"

    @property
    def words(self) -> str:
        """The state as users read it."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    ListState.DRAFT: "编制中",
    ListState.PUBLISHED: "已公示",
    ListState.REPLACED: "已更新",
}


class ListAction(StrEnum):
    """What can happen to a list; a published one is never edited, only replaced."""

    EDIT = "edit"
    PUBLISH = "publish"
    REPLACE = "replace"

    @property
    def words(self) -> str:
        """The action as users read it."""
        return _ACTION_WORDS[self]


_ACTION_WORDS = {
    ListAction.EDIT: "修改",
    ListAction.PUBLISH: "批准公示",
    ListAction.REPLACE: "更新",
}

_MOVES = {
    (ListState.DRAFT, ListAction.EDIT): ListState.DRAFT,
    (ListState.DRAFT, ListAction.PUBLISH): ListState.PUBLISHED,
    (ListState.PUBLISHED, ListAction.REPLACE): ListState.REPLACED,
}


def next_state(state: ListState, action: ListAction) -> ListState | Refusal:
    """The state an action leads to, or why it does not fit the present one."""
    after = _MOVES.get((state, action))
    if after is None:
        return Refusal(f"责任清单当前为“{state.words}”，不能{action.words}，请新建一版。")
    return after


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: what, how often, to which standard, how assessed, out of which source."""

    duty: str
    frequency: str = ""
    work_standard: str = ""
    assessment: str = ""
    source: str = ""


def starter_duties(kind: PostKind, post_name: str = "") -> tuple[Duty, ...]:
    """The duties a new list of such a post begins with, to be adapted and signed."""
    named = templates.PostKind.ELECTRICIAN if "电工" in post_name else None
    template = templates.responsibility_template(named or templates.PostKind(kind.value))
    return tuple(
        Duty(each.text, each.frequency, each.work_standard, each.assessment, each.source)
        for each in template.duties
    )


def publishing_refusals(duties: Sequence[Duty]) -> tuple[Refusal, ...]:
    """Why a list cannot be published; fields are `duties-<index>-<name>`."""
    if not duties:
        return (Refusal("责任清单至少要有一条职责。", "duties"),)
    if len(duties) > MOST_DUTIES:
        return (Refusal(f"责任清单最多 {MOST_DUTIES} 条职责。", "duties"),)
    return tuple(
        refusal for index, duty in enumerate(duties) for refusal in _duty_refusals(index, duty)
    )


def _duty_refusals(index: int, duty: Duty) -> list[Refusal]:
    asked = {
        "duty": ("职责", duty.duty),
        "work_standard": ("工作标准", duty.work_standard),
        "assessment": ("考核标准", duty.assessment),
    }
    found = []
    for name, (words, text) in asked.items():
        field = f"duties-{index}-{name}"
        if not text.strip():
            found.append(Refusal(f"第 {index + 1} 条缺少{words}。", field))
        elif len(text) > MOST_CHARACTERS:
            limit = f"第 {index + 1} 条{words}最多 {MOST_CHARACTERS} 字。"
            found.append(Refusal(limit, field))
    return found


def signing_refusal(
    person_id: UUID, *, holders: Collection[UUID], signed: Collection[UUID], state: ListState
) -> Refusal | None:
    """Why a person may not sign a list, or None: one signs one's own published list, once."""
    if person_id not in holders:
        return Refusal("只能签收本人岗位的责任清单。")
    if state is not ListState.PUBLISHED:
        return Refusal("责任清单还没有批准公示，暂不能签收。")
    if person_id in signed:
        return Refusal("您已签收这一版责任清单。")
    return None


def unsigned(holders: Collection[UUID], signed: Collection[UUID]) -> frozenset[UUID]:
    """The holders of a post who have not signed its published list."""
    return frozenset(holders) - frozenset(signed)


def review_by(published_on: date) -> date:
    """The last day on which a list holds without a review: one year, our own limit."""
    try:
        return published_on.replace(year=published_on.year + 1)
    except ValueError:
        # 29 February has no day next year; its list ends the day before 1 March.
        return published_on.replace(year=published_on.year + 1, day=28)


def is_review_due(review_day: date, today: date) -> bool:
    """Whether the review is overdue."""
    return today > review_day


def is_review_near(review_day: date, today: date) -> bool:
    """Whether the review is due within thirty days, or already past."""
    return today >= review_day - timedelta(days=WARN_BEFORE_DAYS)
