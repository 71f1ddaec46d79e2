"""A ledger that left as a workbook and comes back changed: compare, decide, write."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from webapp.platform.errors import Conflict, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.storage import add_file, file_content
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work
from webapp.risks.events import LedgerChanged, MeasuresChanged
from webapp.risks.models.imports import LedgerImport
from webapp.risks.models.ledger import RiskEvent
from webapp.risks.queries.changes_rest import rest_workbook
from webapp.risks.queries.imports import upload
from webapp.risks.queries.reading import opened
from webapp.risks.queries.rest_file import SPREADSHEET, rest_name
from webapp.risks.queries.round_trip import last_writes, read_against
from webapp.risks.rules.round_trip.comparison import ComparedRow, Comparison, Fate
from webapp.risks.rules.round_trip.file_rows import LedgerFile, ledger_file
from webapp.risks.rules.round_trip.kept import ROUND_TRIP, Take, decision_of, kept_trip, trip_of
from webapp.risks.rules.round_trip.rest import rest_rows
from webapp.risks.rules.words import number_words
from webapp.risks.service.import_rows import Report
from webapp.risks.service.imports import AT_ONCE, kept_upload, preview_upload
from webapp.risks.service.ledger import enter_event, rewrite_event
from webapp.risks.service.locks import lock_ledger

JOB = "risks.changes"
_TAKEN = {Take.OURS: "保留台账的", Take.FILE: "采用文件的"}
Decisions = Mapping[str, Mapping[str, Any]]


def receive_upload(actor: Actor, data: bytes, filename: str, *, at: datetime) -> UUID:
    """Keep an upload: a ledger of this enterprise that comes back, or a new one to import.

    Nothing enters the ledger yet. Raises Invalid as ``preview_upload`` does.
    """
    book = opened(data, filename)
    file = ledger_file(book.sheets)
    if file is None or file.stamp.enterprise_id != actor.enterprise_id:
        return preview_upload(actor, data, filename, book=book, at=at)
    return _keep_changes(actor, data, filename, file, at=at)


def _keep_changes(
    actor: Actor, data: bytes, filename: str, file: LedgerFile, *, at: datetime
) -> UUID:
    import_id = new_id(at)
    with unit_of_work(actor, "ledger.changes_uploaded", at=at, subject=import_id) as work:
        row = kept_upload(work, import_id, data, filename)
        found = _compared(work, file)
        _keep(work, row, file, found, {})
        work.add(row)
        conflicts = len(found.of(Fate.CONFLICT))
        work.note(file=filename, rows=len(found.rows), conflicts=conflicts)
    return import_id


def decide(
    actor: Actor, import_id: UUID, event_id: UUID, take: Take, *, version: int, at: datetime
) -> None:
    """Say for one conflict whose values count.

    Raises Conflict when the upload has changed since ``version``, RuleBroken for a row that is
    in no conflict.
    """
    with unit_of_work(actor, "ledger.conflict_decided", at=at, subject=event_id) as work:
        row = _previewed(work, import_id, version)
        kept = dict(row.result or {})
        said = dict(kept[ROUND_TRIP])
        found = next(
            (r for r in said["rows"] if r["id"] == event_id.hex and r["fate"] == Fate.CONFLICT),
            None,
        )
        if found is None:
            raise RuleBroken("这一行没有冲突，不用决定。")
        decision = {"take": take, "version": found["version"]}
        said["decisions"] = {**said["decisions"], event_id.hex: decision}
        row.result = {**kept, ROUND_TRIP: said}
        row.ready_count = trip_of(row.result).ready_count
        work.session.flush()
        work.note(number=number_words(found["number"]), taken=_TAKEN[take])


def compare_again(actor: Actor, import_id: UUID, *, version: int, at: datetime) -> None:
    """Compare a file with the ledger as it is by now; decisions on rows as they were go.

    Raises Conflict when the upload has changed since ``version``.
    """
    with unit_of_work(actor, "ledger.changes_uploaded", at=at, subject=import_id) as work:
        row = _previewed(work, import_id, version)
        file = _file(work, row)
        found = _compared(work, file)
        _keep(work, row, file, found, _decisions(row))
        work.session.flush()
        conflicts = len(found.of(Fate.CONFLICT))
        work.note(file=row.file_name, rows=len(found.rows), conflicts=conflicts)


def confirm_changes(actor: Actor, import_id: UUID, version: int, *, at: datetime) -> None:
    """Write the ready rows: at once, or by a job when there are many.

    A second confirmation changes nothing. Raises Conflict when the comparison has changed since
    ``version``, RuleBroken when no row is ready.
    """
    found = upload(actor.scope, actor.enterprise_id, import_id)
    if found.state != "previewed":
        return
    if found.ready_count == 0:
        raise RuleBroken("没有可以采用的改动，台账保持不变。")
    if found.ready_count <= AT_ONCE:
        write_changes(actor, import_id, version=version, at=at)
        return
    with unit_of_work(actor, "ledger.changes_confirmed", at=at, subject=import_id) as work:
        if work.claim(import_id, JOB) is not None:
            return
        row = _previewed(work, import_id, version)
        row.state = "importing"
        row.job_id = work.enqueue(JOB, {"import_id": str(import_id)}, key=f"{JOB}:{import_id}")
        work.seal(import_id, {"job_id": str(row.job_id)})
        work.note(file=row.file_name, ready=row.ready_count)


def write_changes(
    actor: Actor,
    import_id: UUID,
    *,
    version: int | None = None,
    at: datetime,
    report: Report | None = None,
) -> dict[str, Any]:
    """Write the ready rows in one transaction, once; gives the counts, also when asked again.

    The file is compared anew: a row that has changed in the ledger since the decision on it is
    undecided now. ``report`` hears how many rows are done. Raises Conflict as ``decide`` does.
    """
    key = uuid5(import_id, JOB)
    with unit_of_work(actor, "ledger.changed_by_file", at=at, subject=import_id) as work:
        answer = work.claim(key, "ledger.changed_by_file")
        if answer is not None:
            return answer
        row = _upload(work, import_id, version)
        lock_ledger(work.session, actor.enterprise_id)
        file, decisions = _file(work, row), _decisions(row)
        found = _compared(work, file)
        ready = [each for each in found.rows if _is_ready(each, decisions)]
        points = _written(work, ready, report)
        left = _finish(work, row, file, found, decisions)
        counts = {
            "changed": sum(each.event_id is not None for each in ready),
            "added": sum(each.event_id is None for each in ready),
            "left": left,
        }
        work.note(file=row.file_name, **counts)
        work.seal(key, counts)
        if points:
            work.publish(MeasuresChanged(actor.enterprise_id, points, at))
            work.publish(LedgerChanged(actor.enterprise_id, at))
    return counts


def _is_ready(row: ComparedRow, decisions: Decisions) -> bool:
    if row.fate is Fate.CONFLICT:
        return decision_of(row, decisions) is Take.FILE
    return row.fate in (Fate.CHANGED, Fate.NEW)


def _written(work: Work, rows: Sequence[ComparedRow], report: Report | None) -> tuple[UUID, ...]:
    """Write each row as the form would, with an audit entry each; the points concerned."""
    points: dict[UUID, None] = {}
    for done, row in enumerate(rows, 1):
        points |= dict.fromkeys(_write(work.actor, row, work.at))
        if report is not None:
            report(done, len(rows))
    return tuple(points)


def _write(actor: Actor, row: ComparedRow, at: datetime) -> tuple[UUID, ...]:
    if row.draft is None:
        raise ValueError("a row without a draft is not ready")
    if row.event_id is None:
        event_id = new_id(at)
        with unit_of_work(actor, "ledger.event_added", at=at, subject=event_id) as work:
            return enter_event(work, event_id, row.draft)
    with unit_of_work(actor, "ledger.event_changed", at=at, subject=row.event_id) as work:
        points = rewrite_event(work, row.event_id, row.draft, version=row.version)
        _clear_words(work, row.event_id, {cell.key for cell in row.cells if not cell.after})
    return points


def _clear_words(work: Work, event_id: UUID, emptied: set[str]) -> None:
    """A name that nobody bears goes when its cell has been emptied."""
    if not emptied & {"department", "owner"}:
        return
    event = work.session.get_one(RiskEvent, (work.actor.enterprise_id, event_id))
    if "department" in emptied:
        event.department_words = ""
    if "owner" in emptied:
        event.owner_words = ""


def _compared(work: Work, file: LedgerFile) -> Comparison:
    return read_against(work.session, work.actor.scope, work.actor.enterprise_id, file)


def _keep(
    work: Work, row: LedgerImport, file: LedgerFile, found: Comparison, decisions: Decisions
) -> None:
    since = file.stamp.exported_at
    written = last_writes(work.session, row.enterprise_id, found, since)
    row.result = kept_trip(file, found, written, decisions)
    row.row_count = found.row_count
    row.ready_count = sum(_is_ready(each, decisions) for each in found.rows)


def _finish(
    work: Work,
    row: LedgerImport,
    file: LedgerFile,
    found: Comparison,
    decisions: Decisions,
) -> int:
    """Keep the outcome and hand back what was not written; how many rows that is."""
    _keep(work, row, file, found, decisions)
    row.state, row.finished_at = "imported", work.at
    row.imported_count = row.ready_count
    left = rest_rows(file, found.rows, decisions)
    if left.rows:
        row.rest_file_id = add_file(
            work.session,
            row.enterprise_id,
            rest_workbook(left),
            name=rest_name(row.file_name),
            media_type=SPREADSHEET,
            added_by=work.actor.user_id,
            at=work.at,
        )
    return len(left.rows)


def _decisions(row: LedgerImport) -> Decisions:
    decisions: Decisions = (row.result or {})[ROUND_TRIP]["decisions"]
    return decisions


def _file(work: Work, row: LedgerImport) -> LedgerFile:
    content = file_content(work.actor.scope, row.enterprise_id, row.file_id)
    file = ledger_file(opened(content.data, row.file_name).sheets)
    if file is None:
        raise RuleBroken("文件里没有行标识，不是导出的清单。")
    return file


def _previewed(work: Work, import_id: UUID, version: int) -> LedgerImport:
    row = _upload(work, import_id, version)
    if row.state != "previewed" or ROUND_TRIP not in (row.result or {}):
        raise Conflict("这次修改已经确认，不能再改。")
    return row


def _upload(work: Work, import_id: UUID, version: int | None) -> LedgerImport:
    try:
        return work.locked(LedgerImport, work.actor.enterprise_id, import_id, version=version)
    except Conflict:
        raise Conflict("对照结果刚有变化，请看过最新结果后再确认。") from None
