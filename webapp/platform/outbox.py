"""What must happen after commit: jobs written in the business transaction, never lost with it."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor


class JobState(StrEnum):
    """Where a job is; a failed one can be tried again by hand."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """A thing to do in the background, with its progress and its result."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'running', 'done', 'failed')", name="state"),
        Index("ix_job_waiting", "run_at", postgresql_where="state in ('queued', 'running')"),
        Index("ix_job_owner_created_at", "owner", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner: Mapped[UUID]
    """The chain of the actor: enterprise, agency or platform."""
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    actor: Mapped[dict[str, Any]]
    key: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=JobState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    run_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    progress: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Order:
    """A job about to be written with the transaction that wants it."""

    id: UUID
    kind: str
    payload: dict[str, Any]
    actor: Actor
    key: str | None
    run_at: datetime
    created_at: datetime


def new_order(
    kind: str,
    payload: dict[str, Any],
    actor: Actor,
    *,
    at: datetime,
    key: str | None = None,
    run_at: datetime | None = None,
) -> Order:
    """A job of ``kind``; a second one with the same ``key`` is not written."""
    return Order(new_id(at), kind, payload, actor, key, run_at or at, at)


PARTS = """
ordered as (
  insert into job (id, owner, kind, payload, actor, key, state, attempts, run_at, progress, total,
    error, created_at)
  select id, owner, kind, payload, actor, key, 'queued', 0, run_at, 0, 0, '', created_at
  from unnest(
    cast(:job_ids as uuid[]), cast(:job_owners as uuid[]), cast(:job_kinds as text[]),
    cast(:job_payloads as jsonb[]), cast(:job_actors as jsonb[]), cast(:job_keys as text[]),
    cast(:job_run_ats as timestamptz[]), cast(:job_created_ats as timestamptz[]))
    as o(id, owner, kind, payload, actor, key, run_at, created_at)
  on conflict (key) do nothing)
"""


def parameters(orders: list[Order]) -> dict[str, Any]:
    """The values that ``PARTS`` binds."""
    return {
        "job_ids": [order.id for order in orders],
        "job_owners": [order.actor.scope.chain for order in orders],
        "job_kinds": [order.kind for order in orders],
        "job_payloads": [json.dumps(order.payload, default=str) for order in orders],
        "job_actors": [json.dumps(order.actor.as_json()) for order in orders],
        "job_keys": [order.key for order in orders],
        "job_run_ats": [order.run_at for order in orders],
        "job_created_ats": [order.created_at for order in orders],
    }
