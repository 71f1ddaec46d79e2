"""Cards of the desk that rooms above offer: the score, what to do for more points."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from webapp.platform.tenancy import Scope

Provider = Callable[[Scope, UUID], Any]


@dataclass(frozen=True, slots=True)
class HomePart:
    """A card ready to be shown: ``template`` is included and reads ``part.values``."""

    template: str
    values: Any


@dataclass(frozen=True, slots=True)
class _Offer:
    order: int
    template: str
    provider: Provider = field(repr=False)


_offers: dict[str, _Offer] = {}


def offer_home_part(key: str, order: int, template: str, provider: Provider) -> None:
    """Enter a card of the desk's side column; the same key again takes its place.

    ``provider(scope, enterprise_id)`` gives the values, or None when there is nothing to show.
    """
    _offers[key] = _Offer(order, template, provider)


def home_parts(scope: Scope, enterprise_id: UUID) -> Sequence[HomePart]:
    """The cards of an enterprise's desk in their order."""
    offers = sorted(_offers.values(), key=lambda offer: (offer.order, offer.template))
    shown = ((offer.template, offer.provider(scope, enterprise_id)) for offer in offers)
    return tuple(HomePart(template, values) for template, values in shown if values is not None)
