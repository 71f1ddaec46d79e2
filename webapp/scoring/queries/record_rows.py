"""The records behind an indicator, as lines that lead to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.scoring.rules.score import RecordRef


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record: its number or name, what it is about, and its day where it has one."""

    kind: str
    id: UUID
    label: str
    detail: str
    day: date | None


_STATEMENTS = {
    "hazard": "select id, number, title, due_on from hazard",
    "risk_event": "select id, '第 ' || number || ' 行', description, null::date from risk_event",
    "risk_point": "select id, name, place, null::date from risk_point",
    "check_task": "select t.id, c.name, t.period,"
    " ((t.due_at - interval '1 microsecond') at time zone 'Asia/Shanghai')::date"
    " from check_task t join checklist c on c.enterprise_id = t.enterprise_id"
    " and c.id = t.checklist_id",
}


def record_rows(
    scope: Scope, enterprise_id: UUID, refs: Iterable[RecordRef]
) -> dict[UUID, RecordRow]:
    """The lines of these records, by id."""
    by_kind: dict[str, list[UUID]] = {}
    for ref in refs:
        by_kind.setdefault(ref.kind, []).append(ref.id)
    with reading(scope) as session:
        return {
            row.id: row
            for kind, ids in by_kind.items()
            for row in _rows(session, kind, enterprise_id, ids)
        }


def _rows(session: Session, kind: str, enterprise_id: UUID, ids: list[UUID]) -> list[RecordRow]:
    owner = "t." if kind == "check_task" else ""
    found = session.execute(
        text(
            f"{_STATEMENTS[kind]} where {owner}enterprise_id = :enterprise"
            f" and {owner}id = any(:ids) order by 1"
        ),
        {"enterprise": enterprise_id, "ids": ids},
    )
    return [RecordRow(kind, *row) for row in found]
