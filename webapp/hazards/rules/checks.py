"""Judging the answers of a check: is it complete, and what becomes of what is not in order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

MAX_WORDS = 500
MAX_PHOTOS = 9
MAX_TITLE = 40


class AnswerResult(StrEnum):
    """What was found at an item."""

    NORMAL = "normal"
    ABNORMAL = "abnormal"
    UNCHECKED = "unchecked"

    @property
    def words(self) -> str:
        """The result as users read it."""
        return _RESULT_WORDS[self]


_SENTENCE_END = re.compile(r"[。！!？?；;\n]")

_RESULT_WORDS = {
    AnswerResult.NORMAL: "正常",
    AnswerResult.ABNORMAL: "异常",
    AnswerResult.UNCHECKED: "未查",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A checklist item as it was asked; `group` is the name of its risk event."""

    key: UUID
    text: str
    group: str = ""
    is_must_see: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says about an item; photos are the digests of stored pictures."""

    item_key: UUID
    result: AnswerResult
    words: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRefusal:
    """Why an item's answer is not accepted; `index` counts items from 0."""

    index: int
    item_key: UUID | None
    message: str
    field: str = "result"


@dataclass(frozen=True, slots=True)
class HazardFound:
    """What a hazard must know of the answer it comes from."""

    item_key: UUID
    description: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome of a whole check."""

    refusals: tuple[ItemRefusal, ...]
    hazards: tuple[HazardFound, ...]
    normal: int
    abnormal: int
    unchecked: int

    @property
    def is_accepted(self) -> bool:
        """Whether the check can be taken in as it is."""
        return not self.refusals


def judge(items: Sequence[Item], answers: Iterable[Answer]) -> Judgement:
    """Judge the answers against the items asked, in the items' order."""
    given = tuple(answers)
    by_key = {answer.item_key: answer for answer in given}
    refusals = [*_strangers(items, given)]
    for index, item in enumerate(items):
        refusals.extend(_item_refusals(index, item, by_key.get(item.key)))
    asked = [by_key[item.key] for item in items if item.key in by_key]
    return Judgement(
        tuple(refusals),
        tuple(_found(answer) for answer in asked if answer.result is AnswerResult.ABNORMAL),
        *(sum(answer.result is result for answer in asked) for result in AnswerResult),
    )


def with_others_normal(
    items: Sequence[Item], answers: Iterable[Answer], group: str
) -> tuple[Answer, ...]:
    """The answers with a group's unanswered items marked normal.

    Items that must be seen one by one (major and significant risks) stay unanswered: one
    tap for all of them is how a check becomes a lie.
    """
    given = {answer.item_key: answer for answer in answers}
    for item in items:
        if item.group == group and not item.is_must_see:
            given.setdefault(item.key, Answer(item.key, AnswerResult.NORMAL))
    return tuple(given.values())


def differences(
    items: Sequence[Item], mine: Iterable[Answer], theirs: Iterable[Answer]
) -> tuple[tuple[Item, AnswerResult, AnswerResult], ...]:
    """Where two people judged the same item differently: the item, my result, theirs."""
    mine_by_key = {answer.item_key: answer.result for answer in mine}
    theirs_by_key = {answer.item_key: answer.result for answer in theirs}
    return tuple(
        (item, mine_by_key[item.key], theirs_by_key[item.key])
        for item in items
        if item.key in mine_by_key
        and item.key in theirs_by_key
        and mine_by_key[item.key] is not theirs_by_key[item.key]
    )


def hazard_title(words: str) -> str:
    """What a hazard is called: the first sentence of what was seen, shortened where it is long."""
    first = _SENTENCE_END.split(words.strip(), maxsplit=1)[0].strip() or words.strip()
    return first if len(first) <= MAX_TITLE else f"{first[: MAX_TITLE - 1]}…"


def unanswered(items: Sequence[Item], answers: Iterable[Answer]) -> tuple[Item, ...]:
    """The items still without an answer, in their order."""
    given = {answer.item_key for answer in answers}
    return tuple(item for item in items if item.key not in given)


def grouped(items: Iterable[Item]) -> Mapping[str, tuple[Item, ...]]:
    """The items by risk event, groups and items in the order they come."""
    groups: dict[str, tuple[Item, ...]] = {}
    for item in items:
        groups[item.group] = (*groups.get(item.group, ()), item)
    return groups


def _strangers(items: Sequence[Item], given: Sequence[Answer]) -> Iterable[ItemRefusal]:
    known = {item.key for item in items}
    seen: set[UUID] = set()
    for answer in given:
        if answer.item_key not in known:
            message = "答案中有清单以外的检查项，请刷新任务后重新提交。"
            yield ItemRefusal(-1, answer.item_key, message)
        elif answer.item_key in seen:
            yield ItemRefusal(-1, answer.item_key, "同一检查项有两个答案，请只保留一个。")
        seen.add(answer.item_key)


def _item_refusals(index: int, item: Item, answer: Answer | None) -> Iterable[ItemRefusal]:
    def refusal(message: str, field: str) -> ItemRefusal:
        return ItemRefusal(index, item.key, f"第{index + 1}项“{item.text}”{message}", field)

    if answer is None:
        yield refusal("还没有检查结果。", "result")
        return
    needs_words = answer.result is not AnswerResult.NORMAL
    if needs_words and not answer.words.strip():
        is_abnormal = answer.result is AnswerResult.ABNORMAL
        asked = "请描述发现的问题" if is_abnormal else "请说明原因"
        yield refusal(f"选了{answer.result.words}，{asked}。", "words")
    if answer.result is AnswerResult.ABNORMAL and not answer.photos:
        yield refusal(f"选了{answer.result.words}，请至少拍一张照片。", "photos")
    if len(answer.words) > MAX_WORDS:
        yield refusal(f"的描述最多 {MAX_WORDS} 字。", "words")
    if len(answer.photos) > MAX_PHOTOS:
        yield refusal(f"的照片最多 {MAX_PHOTOS} 张。", "photos")


def _found(answer: Answer) -> HazardFound:
    return HazardFound(answer.item_key, answer.words.strip(), answer.photos)
