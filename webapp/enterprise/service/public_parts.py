"""What a stranger may know of an enterprise after its code, offered by the rooms above."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from webapp.platform.tenancy import Scope


@dataclass(frozen=True, slots=True)
class PublicRisk:
    """A major or significant risk with the post that answers for it, never a telephone."""

    level: str
    title: str
    responsible: str = ""
    checked: str = ""
    """When it was last checked, in words."""


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """A number with its name and a small remark."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublicPart:
    """What one room tells; what it does not know it leaves empty."""

    level: str | None = None
    """The enterprise's risk level: its highest present one."""
    grade: str = ""
    """The five-have grade in words, with the score."""
    graded_on: date | None = None
    risks: tuple[PublicRisk, ...] = ()
    figures: tuple[PublicFigure, ...] = ()


Provider = Callable[[Scope, UUID], PublicPart]


@dataclass(frozen=True, slots=True)
class _Offer:
    order: int
    provider: Provider = field(repr=False)


_offers: dict[str, _Offer] = {}


def offer_public_part(key: str, order: int, provider: Provider) -> None:
    """Let a room tell something on the public page; the same key again takes its place."""
    _offers[key] = _Offer(order, provider)


def public_part(scope: Scope, enterprise_id: UUID) -> PublicPart:
    """All that the rooms tell, as one."""
    offers = sorted(_offers.items(), key=lambda item: (item[1].order, item[0]))
    parts = [offer.provider(scope, enterprise_id) for _, offer in offers]
    return PublicPart(
        level=next((part.level for part in parts if part.level), None),
        grade=next((part.grade for part in parts if part.grade), ""),
        graded_on=next((part.graded_on for part in parts if part.graded_on), None),
        risks=tuple(risk for part in parts for risk in part.risks),
        figures=tuple(figure for part in parts for figure in part.figures),
    )
