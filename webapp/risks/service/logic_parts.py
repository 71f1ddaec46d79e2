"""Findings about the ledger that only rooms above can make, entered by them at the start."""

from collections.abc import Callable, Iterable
from uuid import UUID

from webapp.platform.tenancy import Scope
from webapp.risks.rules.logic_check import LogicFinding

LogicPart = Callable[[Scope, UUID], Iterable[LogicFinding]]

_parts: dict[str, LogicPart] = {}


def offer_logic_part(name: str, part: LogicPart) -> None:
    """Let a room add its findings; the same name again takes its place."""
    _parts[name] = part


def offered_findings(scope: Scope, enterprise_id: UUID) -> tuple[LogicFinding, ...]:
    """What the rooms above have found in an enterprise's ledger."""
    return tuple(found for part in _parts.values() for found in part(scope, enterprise_id))
