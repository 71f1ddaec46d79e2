"""The records behind an indicator, as lines that lead to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.rules.control_levels import Frequency
from webapp.scoring.rules.score import RecordRef


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record: its number or name, what it is about, and its day where it has one.

    ``leads_to`` says of which kind the record is that ``target`` names: a task that was done
    leads to its check, one that was not to its plan; any other record to itself.
    """

    kind: str
    id: UUID
    label: str
    detail: str
    day: date | None
    leads_to: str
    target: UUID


# id, label, detail, day; a task also what became of it, and its check or plan.
_STATEMENTS = {
    "hazard": "select id, number, title, due_on from hazard",
    "risk_event": "select id, '第 ' || number || ' 行', description, null::date from risk_event",
    "risk_point": "select id, name, place, null::date from risk_point",
    "department": "select id, name, '还没有风险点', null::date from department",
    "person": "select x.id, x.name, coalesce(p.name, ''), a.seen_on from person x"
    " left join post p on p.enterprise_id = x.enterprise_id and p.id = x.post_id"
    " left join person_activity a on a.enterprise_id = x.enterprise_id and a.person_id = x.id",
    "post": "select p.id, p.name, case when exists (select 1 from person x"
    " where x.enterprise_id = p.enterprise_id and x.post_id = p.id and x.left_on is null)"
    " then '责任清单未公示或未签收' else '岗位没有人' end, null::date from post p",
    "self_check": "select k.id, c.name, k.submitted_by_name,"
    " (k.submitted_at at time zone 'Asia/Shanghai')::date from self_check k"
    " join checklist c on c.enterprise_id = k.enterprise_id and c.id = k.checklist_id",
    "check_task": "select t.id, c.name, p.frequency,"
    " ((t.due_at - interval '1 microsecond') at time zone 'Asia/Shanghai')::date,"
    " k.id as check_id, t.plan_id,"
    " (k.submitted_at at time zone 'Asia/Shanghai')::date as done_on"
    " from check_task t"
    " join checklist c on c.enterprise_id = t.enterprise_id and c.id = t.checklist_id"
    " join check_plan p on p.enterprise_id = t.enterprise_id and p.id = t.plan_id"
    " left join self_check k on k.enterprise_id = t.enterprise_id and k.task_id = t.id",
}
_OWNERS = {"person": "x.", "post": "p.", "self_check": "k.", "check_task": "t."}


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
    owner = _OWNERS.get(kind, "")
    found = session.execute(
        text(
            f"{_STATEMENTS[kind]} where {owner}enterprise_id = :enterprise"
            f" and {owner}id = any(:ids) order by 1"
        ),
        {"enterprise": enterprise_id, "ids": ids},
    )
    make = _task if kind == "check_task" else _plain
    return [make(kind, row) for row in found]


def _plain(kind: str, row: Sequence[Any]) -> RecordRow:
    id_, label, detail, day = row
    return RecordRow(kind, id_, label, detail, day, kind, id_)


def _task(kind: str, row: Sequence[Any]) -> RecordRow:
    id_, label, frequency, day, check_id, plan_id, done_on = row
    done = f"{done_on.month}月{done_on.day}日补查" if done_on else "没有查"
    detail = f"{Frequency(frequency).words}排查，{done}"
    if check_id is None:
        return RecordRow(kind, id_, label, detail, day, "check_plan", plan_id)
    return RecordRow(kind, id_, label, detail, day, "self_check", check_id)
