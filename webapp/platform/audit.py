"""The audit chain: append-only entries, each bound to the one before by SHA-256.

There is one chain for each enterprise, each agency and the platform. The closing statement of the
unit of work appends; nothing updates or deletes, which the granted rights make sure of.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.platform.database import Base, reading
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import SYSTEM, Actor, Scope


class AuditEvent(Base):
    """One act. The columns repeat what ``body`` says, for reading; ``body`` is what is hashed."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_chain_at", "chain", "at"),
        {"postgresql_partition_by": "RANGE (at)"},
    )

    chain: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    id: Mapped[UUID]
    action: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    actor_role: Mapped[str]
    subject: Mapped[UUID | None]
    body: Mapped[str]
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditHead(Base):
    """The newest position and hash of a chain; locked for the closing statement only."""

    __tablename__ = "audit_head"

    chain: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class Entry:
    """An act about to be appended to a chain."""

    chain: UUID
    id: UUID
    at: datetime
    action: str
    actor: Actor
    subject: UUID | None
    detail: dict[str, Any]

    def body(self) -> str:
        """The act as canonical JSON: sorted keys, no spaces, readable Chinese."""
        return json.dumps(
            {
                "id": str(self.id),
                "at": self.at.isoformat(),
                "action": self.action,
                "actor": None if self.actor.user_id is None else str(self.actor.user_id),
                "name": self.actor.name,
                "role": self.actor.role,
                "scope": self.actor.scope.context.value,
                "subject": None if self.subject is None else str(self.subject),
                "request": self.actor.request_id,
                "detail": self.detail,
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            default=str,
        )


def new_entry(
    chain: UUID, actor: Actor, action: str, *, at: datetime, subject: UUID | None, **detail: Any
) -> Entry:
    """An act of ``actor`` for ``chain``."""
    return Entry(chain, new_id(at), at, action, actor, subject, detail)


PARTS = """
item(chain, n, id, at, action, actor_id, actor_name, actor_role, subject, body) as (
  select * from unnest(
    cast(:audit_chains as uuid[]), cast(:audit_numbers as int[]), cast(:audit_ids as uuid[]),
    cast(:audit_ats as timestamptz[]), cast(:audit_actions as text[]),
    cast(:audit_actors as uuid[]), cast(:audit_names as text[]), cast(:audit_roles as text[]),
    cast(:audit_subjects as uuid[]), cast(:audit_bodies as text[]))),
head as (
  select h.chain, h.position, h.hash from audit_head h
  where h.chain in (select chain from item) order by h.chain for update),
linked as (
  select i.*, h.position + 1 as position, h.hash as previous,
    sha256(h.hash || convert_to(i.body, 'UTF8')) as hash
  from item i join head h on h.chain = i.chain where i.n = 1
  union all
  select i.*, l.position + 1, l.hash, sha256(l.hash || convert_to(i.body, 'UTF8'))
  from linked l join item i on i.chain = l.chain and i.n = l.n + 1),
appended as (
  insert into audit_event (chain, position, at, id, action, actor_id, actor_name, actor_role,
    subject, body, previous, hash)
  select chain, position, at, id, action, actor_id, actor_name, actor_role, subject, body,
    previous, hash from linked returning chain, position, hash),
advanced as (
  update audit_head h set position = a.position, hash = a.hash
  from (select distinct on (chain) chain, position, hash from appended
        order by chain, position desc) a
  where h.chain = a.chain)
"""
"""Common table expressions of the closing statement; ``appended`` yields the new links."""


def parameters(entries: Iterable[Entry]) -> dict[str, Any]:
    """The values that ``PARTS`` binds: the entries of each chain numbered from 1."""
    counts: dict[UUID, int] = {}
    rows = sorted(entries, key=lambda entry: entry.chain)
    numbers = []
    for entry in rows:
        counts[entry.chain] = counts.get(entry.chain, 0) + 1
        numbers.append(counts[entry.chain])
    return {
        "audit_chains": [row.chain for row in rows],
        "audit_numbers": numbers,
        "audit_ids": [row.id for row in rows],
        "audit_ats": [row.at for row in rows],
        "audit_actions": [row.action for row in rows],
        "audit_actors": [row.actor.user_id for row in rows],
        "audit_names": [row.actor.name for row in rows],
        "audit_roles": [row.actor.role for row in rows],
        "audit_subjects": [row.subject for row in rows],
        "audit_bodies": [row.body() for row in rows],
    }


def open_chain(session: Session, chain: UUID) -> None:
    """Give a new enterprise or agency its empty chain; a chain that exists is left alone."""
    session.execute(
        text("insert into audit_head values (:chain, 0, '') on conflict do nothing"),
        {"chain": chain},
    )


def chain_head(scope: Scope, chain: UUID) -> tuple[int, str]:
    """The newest position and hash (hexadecimal) of a chain, as printed on papers."""
    with reading(scope) as session:
        row = session.execute(
            select(AuditHead.position, AuditHead.hash).where(AuditHead.chain == chain)
        ).one_or_none()
    return (0, "") if row is None else (row.position, row.hash.hex())


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first entry of a chain that does not hold."""

    chain: UUID
    position: int
    event_id: UUID | None


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk along every chain found."""

    chains: int
    events: int
    broken: Sequence[BrokenLink]


def verify() -> Verification:
    """Walk every chain from its first entry and name the first broken link of each."""
    broken: list[BrokenLink] = []
    events = 0
    with reading(SYSTEM) as session:
        heads = session.execute(select(AuditHead).order_by(AuditHead.chain)).scalars().all()
        for head in heads:
            count, link = _walk(session, head)
            events += count
            if link is not None:
                broken.append(link)
    return Verification(len(heads), events, tuple(broken))


def _walk(session: Session, head: AuditHead) -> tuple[int, BrokenLink | None]:
    """Follow one chain: positions without a gap, bodies that hash, columns that agree."""
    rows = session.execute(
        select(AuditEvent)
        .where(AuditEvent.chain == head.chain)
        .order_by(AuditEvent.position)
        .execution_options(yield_per=1000)
    ).scalars()
    with closing(rows):
        return _follow(session, head, rows)


def _follow(
    session: Session, head: AuditHead, rows: Iterable[AuditEvent]
) -> tuple[int, BrokenLink | None]:
    previous, position = b"", 0
    for row in rows:
        position += 1
        expected = hashlib.sha256(previous + row.body.encode()).digest()
        linked = (row.position, row.previous, row.hash) == (position, previous, expected)
        if not linked or not _columns_agree(row):
            return position, BrokenLink(head.chain, position, row.id)
        previous = row.hash
        session.expunge(row)
    if head.position != position or head.hash != previous:
        return position, BrokenLink(head.chain, position + 1, None)
    return position, None


def _columns_agree(row: AuditEvent) -> bool:
    body = json.loads(row.body)
    return (
        body["id"] == str(row.id)
        and datetime.fromisoformat(body["at"]) == row.at
        and body["action"] == row.action
        and body["actor"] == (None if row.actor_id is None else str(row.actor_id))
        and body["name"] == row.actor_name
        and body["role"] == row.actor_role
        and body["subject"] == (None if row.subject is None else str(row.subject))
    )
