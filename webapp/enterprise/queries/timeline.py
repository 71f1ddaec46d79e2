"""What happened in an enterprise, newest first, from its audit chain."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from webapp.enterprise.rules.sentences import QUIET_TOPICS, sentence
from webapp.platform.audit import AuditEvent
from webapp.platform.database import reading
from webapp.platform.errors import Invalid
from webapp.platform.tenancy import Scope

PAGE = 20


@dataclass(frozen=True, slots=True)
class Moment:
    """One act in words."""

    at: datetime
    words: str
    detail: str
    who: str
    action: str
    subject: UUID | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place in the timeline after which the next page begins."""

    at: datetime
    position: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.position}"


def cursor(text: str) -> Cursor | None:
    """The place that an address names; None for the beginning. Raises Invalid when damaged."""
    if not text:
        return None
    at, _, position = text.partition("~")
    try:
        found = Cursor(datetime.fromisoformat(at), int(position))
    except ValueError:
        raise Invalid("before", "这个地址不完整，请从第一页重新翻阅。") from None
    if found.at.tzinfo is None:
        raise Invalid("before", "这个地址不完整，请从第一页重新翻阅。")
    return found


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of the timeline; `older` begins the next one."""

    moments: tuple[Moment, ...]
    older: Cursor | None


def timeline(
    scope: Scope, enterprise_id: UUID, *, before: Cursor | None = None, size: int = PAGE
) -> Timeline:
    """The newest acts, or those before a place. Signing in and out is left to the audit."""
    wanted = _told(enterprise_id)
    if before is not None:
        wanted += [
            # Said by itself, so that younger months are not looked at.
            AuditEvent.at <= before.at,
            or_(
                AuditEvent.at < before.at,
                and_(AuditEvent.at == before.at, AuditEvent.position < before.position),
            ),
        ]
    with reading(scope) as session:
        rows = session.execute(
            select(
                AuditEvent.at,
                AuditEvent.position,
                AuditEvent.action,
                AuditEvent.actor_name,
                AuditEvent.subject,
                AuditEvent.body,
            )
            .where(*wanted)
            .order_by(AuditEvent.at.desc(), AuditEvent.position.desc())
            .limit(size + 1)
        ).all()
    shown = rows[:size]
    older = Cursor(shown[-1].at, shown[-1].position) if len(rows) > size else None
    return Timeline(tuple(_moment(*row) for row in shown), older)


def told_count(scope: Scope, enterprise_id: UUID) -> int:
    """How many acts the whole timeline tells."""
    with reading(scope) as session:
        return session.execute(select(func.count()).where(*_told(enterprise_id))).scalar_one()


def _told(enterprise_id: UUID) -> list[ColumnElement[bool]]:
    quiet = [~AuditEvent.action.startswith(topic) for topic in QUIET_TOPICS]
    return [AuditEvent.chain == enterprise_id, *quiet]


def _moment(
    at: datetime, _position: int, action: str, who: str, subject: UUID | None, body: str
) -> Moment:
    told = sentence(action, json.loads(body)["detail"])
    return Moment(at, told.words, told.detail, who, action, subject)
