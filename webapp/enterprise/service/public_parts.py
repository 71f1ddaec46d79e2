"""What a stranger may know of an enterprise after its code, offered by the rooms above."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from webapp.enterprise.rules.public_part import PublicFigure as PublicFigure
from webapp.enterprise.rules.public_part import PublicPage
from webapp.enterprise.rules.public_part import PublicPart as PublicPart
from webapp.enterprise.rules.public_part import PublicRisk as PublicRisk
from webapp.platform.tenancy import Scope

Provider = Callable[[Scope, UUID], PublicPart]


@dataclass(frozen=True, slots=True)
class _Offer:
    order: int
    provider: Provider = field(repr=False)


_offers: dict[str, _Offer] = {}


def offer_public_part(key: str, order: int, provider: Provider) -> None:
    """Let a room tell something on the public page; the same key again takes its place."""
    _offers[key] = _Offer(order, provider)


def public_page(scope: Scope, enterprise_id: UUID) -> PublicPage:
    """All that the rooms tell, as one."""
    offers = sorted(_offers.items(), key=lambda item: (item[1].order, item[0]))
    parts = [offer.provider(scope, enterprise_id) for _, offer in offers]
    return PublicPage(
        level=next((part.level for part in parts if part.level), None),
        grade=next((part.grade for part in parts if part.grade), ""),
        graded_on=next((part.graded_on for part in parts if part.graded_on), None),
        risks=tuple(risk for part in parts for risk in part.risks),
        rows=tuple(part.figures for part in parts if part.figures),
        maps=tuple(each for part in parts for each in part.maps),
    )
