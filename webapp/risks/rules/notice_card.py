"""What a risk notice card says of a point or a post; put together from its risks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from webapp.standards.accident_types import accident_type
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import RiskLevel

CALL_FOR_HELP = "险情无法控制时立即撤离，拨打 119、120，并报告现场负责人。"
"""Stands on each card, whatever else there is room for."""
_PARTS = " 、，,；;。.\n"


class CardKind(StrEnum):
    """What a card hangs at."""

    POINT = "point"
    POST = "post"

    @property
    def headline(self) -> str:
        """The card's headline."""
        return "安全风险告知卡" if self is CardKind.POINT else "岗位安全风险告知卡"

    @property
    def subject(self) -> str:
        """What its first field is called."""
        return "风险点" if self is CardKind.POINT else "岗位名称"


class CardSize(StrEnum):
    """The sheet, lying on its long side."""

    A4 = "a4"
    A5 = "a5"


@dataclass(frozen=True, slots=True)
class CardMeasure:
    """A measure and whether the post of the card carries it out."""

    category: MeasureCategory
    description: str
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class CardRisk:
    """One risk as far as a card speaks of it."""

    hazard_source: str
    description: str
    accident_types: tuple[str, ...]
    level: RiskLevel
    inherent_level: RiskLevel
    measures: tuple[CardMeasure, ...]


@dataclass(frozen=True, slots=True)
class CardSubject:
    """Whose card it is, and who answers there; the telephone may be unknown."""

    kind: CardKind
    name: str
    place: str
    department: str
    owner: str
    phone: str


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """Everything that stands on a card, the gravest first; no text twice."""

    subject: CardSubject
    level: RiskLevel | None
    inherent_level: RiskLevel | None
    sources: tuple[str, ...]
    accidents: tuple[str, ...]
    measures: tuple[tuple[MeasureCategory, tuple[str, ...]], ...]
    emergency: tuple[str, ...]
    risks: int


def notice_card(subject: CardSubject, risks: Sequence[CardRisk]) -> NoticeCard:
    """The card for these risks, which come the gravest first.

    A post's card holds what the post itself does, and of each of its risks how one protects
    oneself and what to do in an emergency, whoever else is charged with it.
    """
    measures = [m for risk in risks for m in risk.measures if _is_shown(m)]
    by_kind = {kind: _texts(measures, kind) for kind in MeasureCategory}
    emergency = by_kind.pop(MeasureCategory.EMERGENCY)
    return NoticeCard(
        subject=subject,
        level=_gravest(risks, lambda risk: risk.level),
        inherent_level=_gravest(risks, lambda risk: risk.inherent_level),
        sources=tuple(dict.fromkeys(source_words(risk) for risk in risks)),
        accidents=tuple(dict.fromkeys(code for risk in risks for code in risk.accident_types)),
        measures=tuple((kind, texts) for kind, texts in by_kind.items() if texts),
        emergency=emergency,
        risks=len(risks),
    )


def source_words(risk: CardRisk) -> str:
    """Hazard source and event in one, once when one says the other."""
    source, event = risk.hazard_source.strip(_PARTS), risk.description.strip(_PARTS)
    if source in event or not source:
        return event
    if event in source or not event:
        return source
    return f"{source}：{event}"


def level_words(card: NoticeCard) -> str:
    """What stands below the level: its colour, and the inherent level where it differs."""
    if card.level is None:
        return "尚未登记风险"
    said = f"{card.level.colour_words}色 · 现有措施有效时的等级"
    if card.inherent_level and card.inherent_level is not card.level:
        said = f"{card.level.colour_words}色 · 无措施时为{card.inherent_level.full_words}"
    return said


def accident_words(card: NoticeCard) -> tuple[str, ...]:
    """The accident types of GB 6441 in words."""
    return tuple(accident_type(code).name for code in card.accidents)


def _is_shown(measure: CardMeasure) -> bool:
    always = (MeasureCategory.EMERGENCY, MeasureCategory.PERSONAL_PROTECTION)
    return measure.is_own or measure.category in always


def _texts(measures: Iterable[CardMeasure], kind: MeasureCategory) -> tuple[str, ...]:
    said = (m.description.strip().rstrip("；;。") for m in measures if m.category is kind)
    return tuple(dict.fromkeys(text for text in said if text))


def _gravest(risks: Iterable[CardRisk], level: Callable[[CardRisk], RiskLevel]) -> RiskLevel | None:
    return min((level(risk) for risk in risks), key=lambda one: one.number, default=None)
