"""One use case, one transaction: the records, the audit entry, the counters, the jobs.

The unit of work joins an open one: a use case called by another keeps its audit entry, and the
outer one commits. It closes with ONE statement for audit, jobs and what rooms have registered
(counters), so that a write costs one round trip more, however much hangs on it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.platform import audit, bus, idempotency, outbox
from webapp.platform.database import Base, shortened, transaction
from webapp.platform.errors import Conflict, NotFound
from webapp.platform.tenancy import Actor

Entity = TypeVar("Entity", bound=Base)


class ClosingPart(Protocol):
    """What a room adds to the closing statement: common table expressions and their values."""

    def parts(self) -> str:
        """The expressions, separated by commas, without ``with``."""

    def parameters(self, session: Session, contributions: Sequence[Any]) -> dict[str, Any]:
        """The values they bind, from all contributions of this transaction; may read first."""


_closing_parts: dict[str, ClosingPart] = {}


def register_closing_part(name: str, part: ClosingPart) -> None:
    """Let a room's contributions travel in the closing statement."""
    _closing_parts[name] = part


@dataclass
class _Ledger:
    """What the whole transaction has gathered for its closing statement."""

    entries: list[audit.Entry]
    orders: list[outbox.Order]
    contributions: dict[str, list[Any]]


class Work:
    """The open use case: load, write, publish; leaving the block commits."""

    def __init__(self, session: Session, actor: Actor, at: datetime, ledger: _Ledger) -> None:
        self.session = session
        self.actor = actor
        self.at = at
        self.detail: dict[str, Any] = {}
        self.chains: list[UUID] = [actor.scope.chain]
        self.subject: UUID | None = None
        self._ledger = ledger
        self._silent = False

    def locked(self, model: type[Entity], *key: Any, version: int | None = None) -> Entity:
        """The row with this primary key, locked.

        Raises NotFound, or Conflict when ``version`` is given and another has saved since.
        """
        found = self.session.get(
            model, key if len(key) > 1 else key[0], with_for_update=True, populate_existing=True
        )
        if found is None:
            raise NotFound
        if version is not None and found.version != version:  # type: ignore[attr-defined]  # versioned tables only
            raise Conflict("这条内容刚被其他人修改，请核对最新内容后再提交。")
        return found

    def add(self, *rows: Base) -> None:
        """Write new rows now, so that a broken constraint shows here."""
        self.session.add_all(rows)
        self.session.flush()

    def publish(self, event: Any) -> None:
        """Say what happened; subscribers act in this same transaction."""
        self.session.flush()
        bus.publish(self, event)

    def contribute(self, part: str, contribution: Any) -> None:
        """Hand something to a registered part of the closing statement."""
        self._ledger.contributions[part].append(contribution)

    def enqueue(
        self,
        kind: str,
        payload: dict[str, Any],
        *,
        key: str | None = None,
        run_at: datetime | None = None,
    ) -> UUID:
        """Order a job that runs after the commit, as this actor; its id."""
        order = outbox.new_order(kind, payload, self.actor, at=self.at, key=key, run_at=run_at)
        self._ledger.orders.append(order)
        return order.id

    def note(self, **detail: Any) -> None:
        """Add to what the audit entry says, such as values before and after."""
        self.detail.update(detail)

    def on_chain(self, chain: UUID) -> None:
        """Write the audit entry on this chain too, as an officer's act on an enterprise's file."""
        if chain not in self.chains:
            self.chains.append(chain)

    def only_on_chain(self, chain: UUID) -> None:
        """Write the audit entry on this chain instead of the actor's own."""
        self.chains = [chain]

    def open_chain(self, chain: UUID) -> None:
        """Give a new enterprise or agency its audit chain and write this act on it."""
        audit.open_chain(self.session, chain)
        self.on_chain(chain)

    def claim(self, key: UUID, action: str) -> dict[str, Any] | None:
        """The earlier answer to this submission key, or None when this is the first."""
        answer = idempotency.claim(self.session, self.actor.scope.chain, key, action, self.at)
        self._silent = answer is not None
        return answer

    def seal(self, key: UUID, answer: dict[str, Any]) -> None:
        """Keep the answer that a repeated submission will get."""
        idempotency.seal(self.session, self.actor.scope.chain, key, answer)

    def _record(self, action: str) -> None:
        if self._silent:
            return
        for chain in self.chains:
            self._ledger.entries.append(
                audit.new_entry(
                    chain, self.actor, action, at=self.at, subject=self.subject, **self.detail
                )
            )


_current: ContextVar[Work | None] = ContextVar("unit_of_work", default=None)


@contextmanager
def unit_of_work(
    actor: Actor, action: str, *, at: datetime, subject: UUID | None = None
) -> Iterator[Work]:
    """Run a use case called ``action`` (``hazard.verified``) in one transaction.

    Leaving the block writes the audit entry and commits; any error leaves nothing behind.
    """
    outer = _current.get()
    if outer is not None:
        work = Work(outer.session, actor, at, outer._ledger)
        work.subject = subject
        yield work
        work._record(action)
        return
    ledger = _Ledger([], [], defaultdict(list))
    with transaction(actor.scope) as session:
        work = Work(session, actor, at, ledger)
        work.subject = subject
        token = _current.set(work)
        try:
            yield work
        finally:
            _current.reset(token)
        work._record(action)
        session.flush()
        _close(session, ledger)


def _close(session: Session, ledger: _Ledger) -> None:
    """Send the closing statement. Raises LookupError when a chain was never opened."""
    parts: list[str] = []
    values: dict[str, Any] = {}
    if ledger.entries:
        parts.append(audit.PARTS)
        values |= audit.parameters(ledger.entries)
    if ledger.orders:
        parts.append(outbox.PARTS)
        values |= outbox.parameters(ledger.orders)
    for name, contributions in ledger.contributions.items():
        part = _closing_parts[name]
        parts.append(part.parts())
        values |= part.parameters(session, contributions)
    if not parts:
        return
    counted = "select count(*) from appended" if ledger.entries else "select 0"
    appended = session.execute(_statement(tuple(parts), counted), values).scalar_one()
    if appended != len(ledger.entries):
        raise LookupError("audit chain was never opened")


@lru_cache
def _statement(parts: tuple[str, ...], counted: str) -> TextClause:
    """The closing statement of these parts; there are as many as there are sets of parts."""
    return text(shortened(f"with recursive {','.join(parts)} {counted}"))


def violated(error: IntegrityError) -> str:
    """The name of the constraint that refused a write, to be turned into words at its field."""
    return getattr(getattr(error.orig, "diag", None), "constraint_name", "") or ""
