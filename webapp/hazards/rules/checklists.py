"""Checklist items out of control measures, so that every check knows the risk it serves."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import RiskLevel


@dataclass(frozen=True, slots=True)
class Measure:
    """A control measure with the risk event and point it belongs to."""

    measure_id: UUID
    words: str
    category: MeasureCategory
    event_id: UUID
    event: str
    point_id: UUID
    point: str
    risk_level: RiskLevel
    event_place: int = 0
    """The event's and the measure's place in the ledger, which their order follows."""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a checklist item asks, and the measure it asks it of."""

    measure_id: UUID
    text: str
    is_must_see: bool


@dataclass(frozen=True, slots=True)
class DerivedItem:
    """A checklist item that comes out of a measure; `part` counts its statements from 1."""

    measure_id: UUID
    part: int
    text: str
    group: str
    event_id: UUID
    point_id: UUID
    category: MeasureCategory
    is_must_see: bool

    @property
    def key(self) -> UUID:
        """The same for the same part of a measure, also when its words change."""
        return uuid5(self.measure_id, str(self.part))

    @property
    def question(self) -> UUID:
        """The same for the same words of a measure, in every edition that asks them."""
        return question_key(self.measure_id, self.text)

    @property
    def asked(self) -> Asked:
        """What two editions of a checklist are compared by."""
        return Asked(self.measure_id, self.text, self.is_must_see)


@dataclass(frozen=True, slots=True)
class Difference:
    """The measures whose items a checklist would gain, lose or reword if derived again."""

    added: frozenset[UUID]
    removed: frozenset[UUID]
    changed: frozenset[UUID]

    @property
    def is_empty(self) -> bool:
        """Whether the checklist still says what the measures say."""
        return not (self.added or self.removed or self.changed)


_NUMBERING = re.compile(r"^\s*(?:[（(]\d{1,2}[)）]|\d{1,2}\s*(?:[、)）]|[.．](?!\d))|[①-⑳])\s*")
_PARTS = re.compile(r"[；;\n]+|[。](?=\s*\S)|(?<=\S)\s*(?=[①-⑳]|[（(]\d{1,2}[)）])")
_IMPERATIVE = re.compile(
    r"^(?:定期|及时|按时|加强|落实|严格|严禁|禁止|不得|不准|必须|应当?|须|设置|设立|安装|配备|配置|"
    r"制定|建立|编制|开展|组织|进行|佩戴|穿戴|正确|使用|采用|执行|遵守|检查|巡查|巡检|保持|确保|做好|"
    r"张贴|悬挂|立即|发现|发生|对|每班|每日|每天|每周|每月|每季度?|每年|作业前|作业时|作业中|作业后)"
)
_QUESTION = re.compile(r"[？?]$|是否|有无")
_GRAVE = frozenset({RiskLevel.MAJOR, RiskLevel.SIGNIFICANT})


def statements(words: str) -> tuple[str, ...]:
    """The single statements of a measure; a numbered or semicolon list is several."""
    parts = (
        _NUMBERING.sub("", part).strip().strip(" 　。；;，,").strip()
        for part in _PARTS.split(words)
    )
    return tuple(dict.fromkeys(part for part in parts if part))


def question(statement: str) -> str:
    """A statement as a question with yes or no; its own words are kept.

    What is told to do is asked for as done; what describes a state is asked as it stands.
    """
    plain = statement.rstrip("。.；; ")
    if _QUESTION.search(plain):
        return f"{plain.rstrip('？?')}？"
    return f"是否做到：{plain}？" if _IMPERATIVE.match(plain) else f"{plain}？"


def question_key(measure_id: UUID, text: str) -> UUID:
    """What an answer is an answer to.

    It outlives the editions of a checklist, so an answer given on an old edition still counts
    where the new one asks the same; a reworded question is another question.
    """
    return uuid5(measure_id, text)


def derived_items(measures: Iterable[Measure]) -> tuple[DerivedItem, ...]:
    """The items of a checklist: by point, then risk event, the gravest event first."""
    ordered = sorted(measures, key=_order)
    return tuple(
        _item(measure, part, statement)
        for measure in ordered
        for part, statement in enumerate(statements(measure.words), 1)
    )


def difference(present: Iterable[Asked], derived: Iterable[Asked]) -> Difference:
    """What deriving again would change in a checklist."""
    old, new = _by_measure(present), _by_measure(derived)
    both = old.keys() & new.keys()
    return Difference(
        frozenset(new.keys() - old.keys()),
        frozenset(old.keys() - new.keys()),
        frozenset(measure_id for measure_id in both if old[measure_id] != new[measure_id]),
    )


def _by_measure(items: Iterable[Asked]) -> dict[UUID, tuple[Asked, ...]]:
    found: dict[UUID, tuple[Asked, ...]] = {}
    for item in items:
        found[item.measure_id] = (*found.get(item.measure_id, ()), item)
    return found


def _item(measure: Measure, part: int, statement: str) -> DerivedItem:
    return DerivedItem(
        measure_id=measure.measure_id,
        part=part,
        text=question(statement),
        group=measure.event,
        event_id=measure.event_id,
        point_id=measure.point_id,
        category=measure.category,
        is_must_see=measure.risk_level in _GRAVE,
    )


def _order(measure: Measure) -> tuple[str, UUID, int, int, UUID, int, int, UUID]:
    kinds = tuple(MeasureCategory)
    return (
        measure.point,
        measure.point_id,
        measure.risk_level.number,
        measure.event_place,
        measure.event_id,
        kinds.index(measure.category),
        measure.place,
        measure.measure_id,
    )
