"""Events inside the open transaction: what a lower room says, upper rooms have subscribed to."""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from webapp.platform.unit_of_work import Work

_subscribers: dict[type, list[Any]] = defaultdict(list)


def subscribe(event: type, subscriber: "Callable[[Work, Any], None]") -> None:
    """Call ``subscriber`` for each published ``event``; a second time changes nothing."""
    if subscriber not in _subscribers[event]:
        _subscribers[event].append(subscriber)


def publish(work: "Work", event: Any) -> None:
    """Tell every subscriber at once; a failing one fails the use case."""
    for subscriber in _subscribers[type(event)]:
        subscriber(work, event)
