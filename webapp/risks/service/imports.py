"""Importing a ledger: look at it, correct the headings, confirm, hand back the rest."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.dialects.postgresql import insert

from webapp.platform.errors import Conflict, Invalid, NotFound, RuleBroken
from webapp.platform.identifiers import new_id
from webapp.platform.spreadsheets.workbook import Workbook
from webapp.platform.storage import add_file, file_content
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work
from webapp.risks.events import LedgerChanged, MeasuresChanged
from webapp.risks.models.imports import ImportMapping, LedgerImport
from webapp.risks.queries.directory import directory
from webapp.risks.queries.imports import remembered, upload
from webapp.risks.queries.reading import Reading, kept_corrections, opened, read_ledger
from webapp.risks.queries.rest_file import SPREADSHEET, rest_name, rest_workbook
from webapp.risks.rules.import_ledger.sheets import Corrections
from webapp.risks.rules.kept_preview import kept
from webapp.risks.rules.rest_file import rest_tables
from webapp.risks.rules.round_trip.kept import ROUND_TRIP
from webapp.risks.service.import_rows import Report, write_rows
from webapp.risks.service.locks import lock_ledger

AT_ONCE = 500
"""Up to so many rows are imported while the user waits; more of them in the background."""
JOB = "risks.import"


def preview_upload(
    actor: Actor,
    data: bytes,
    filename: str,
    mapping: Corrections | None = None,
    *,
    book: Workbook | None = None,
    at: datetime,
) -> UUID:
    """Keep an uploaded ledger and what its import would do; nothing enters the ledger yet.

    ``mapping`` sets columns by the fingerprint of their headings; what people of this enterprise
    have set for the same headings before is applied by itself. ``book`` is the file, where it has
    been read already. Raises Invalid for a file that cannot be read or holds no ledger.
    """
    import_id = new_id(at)
    book = book or opened(data, filename)
    with unit_of_work(actor, "ledger.import_uploaded", at=at, subject=import_id) as work:
        known = remembered(work.session, actor.enterprise_id)
        reading = _read(work, book, {**known, **(mapping or {})})
        if reading.found.problem:
            raise Invalid("file", reading.found.problem)
        row = kept_upload(work, import_id, data, filename)
        _keep(work, row, reading)
        work.add(row)
        work.note(file=filename, rows=row.row_count, ready=row.ready_count)
    return import_id


def correct_mapping(
    actor: Actor, import_id: UUID, corrections: Corrections, *, version: int, at: datetime
) -> None:
    """Read the file again with the columns a person has set, and remember them for next time.

    Raises Conflict when another has changed the upload since ``version``.
    """
    with unit_of_work(actor, "ledger.import_mapped", at=at, subject=import_id) as work:
        row = _previewed(work, import_id, version)
        for fingerprint, columns in corrections.items():
            _remember(work, fingerprint, {str(column): f for column, f in columns.items()})
        known = remembered(work.session, actor.enterprise_id)
        _keep(work, row, _read(work, _stored(work, row), {**known, **corrections}))
        work.session.flush()
        work.note(file=row.file_name, rows=row.row_count, ready=row.ready_count)


def kept_upload(work: Work, import_id: UUID, data: bytes, filename: str) -> LedgerImport:
    """Keep an uploaded file; the row that stands for it, to be filled and added."""
    file_id = add_file(
        work.session,
        work.actor.enterprise_id,
        data,
        name=filename,
        media_type="application/octet-stream",
        added_by=work.actor.user_id,
        at=work.at,
    )
    return LedgerImport(
        enterprise_id=work.actor.enterprise_id,
        id=import_id,
        file_id=file_id,
        file_name=filename,
        state="previewed",
        mapping={},
        created_by=work.actor.user_id,
        created_at=work.at,
    )


def confirm(actor: Actor, import_id: UUID, version: int, *, at: datetime) -> None:
    """Import the ready rows: at once, or by a job when there are many.

    A second confirmation changes nothing. Raises Conflict when the preview has changed since
    ``version``, RuleBroken when no row is ready.
    """
    found = upload(actor.scope, actor.enterprise_id, import_id)
    if found.is_round_trip:
        raise NotFound
    if found.state != "previewed":
        return
    if found.ready_count == 0:
        raise RuleBroken("没有可以导入的行，请按提示改正文件后重新上传。")
    if found.ready_count <= AT_ONCE:
        import_rows(actor, import_id, version=version, at=at)
        return
    with unit_of_work(actor, "ledger.import_confirmed", at=at, subject=import_id) as work:
        if work.claim(import_id, JOB) is not None:
            return
        row = _previewed(work, import_id, version)
        row.state = "importing"
        row.job_id = work.enqueue(JOB, {"import_id": str(import_id)}, key=f"{JOB}:{import_id}")
        work.seal(import_id, {"job_id": str(row.job_id)})
        work.note(file=row.file_name, ready=row.ready_count)


def abandon(actor: Actor, import_id: UUID, *, version: int, at: datetime) -> None:
    """Leave an upload aside. Raises Conflict when it was confirmed or changed meanwhile."""
    with unit_of_work(actor, "ledger.import_abandoned", at=at, subject=import_id) as work:
        row = _previewed(work, import_id, version)
        row.state, row.finished_at, row.result = "abandoned", at, None
        work.note(file=row.file_name)


def import_rows(
    actor: Actor,
    import_id: UUID,
    *,
    version: int | None = None,
    at: datetime,
    report: Report | None = None,
) -> dict[str, Any]:
    """Write the ready rows in one transaction, once; gives the counts, also when asked again.

    The file is read anew: a row that has entered the ledger meanwhile is a duplicate now.
    ``report`` hears how many rows are done. Raises Conflict as ``confirm`` does.
    """
    key = uuid5(import_id, "rows")
    with unit_of_work(actor, "ledger.imported", at=at, subject=import_id) as work:
        answer = work.claim(key, "ledger.imported")
        if answer is not None:
            return answer
        row = _upload(work, import_id, version)
        lock_ledger(work.session, actor.enterprise_id)
        reading = _read(work, _stored(work, row), kept_corrections(row.mapping))
        written = write_rows(work, reading.found.ready, report)
        _finish(work, row, reading)
        counts = {"imported": row.imported_count, "points": len(written.point_ids)}
        work.note(file=row.file_name, rows=row.row_count, **counts)
        work.seal(key, counts)
        if written.point_ids:
            work.publish(MeasuresChanged(actor.enterprise_id, written.point_ids, at))
            work.publish(LedgerChanged(actor.enterprise_id, at))
    return counts


def _read(work: Work, book: Workbook, corrections: Corrections) -> Reading:
    return read_ledger(work.session, work.actor.enterprise_id, book, corrections)


def _stored(work: Work, row: LedgerImport) -> Workbook:
    if ROUND_TRIP in (row.result or {}):
        # Read as a new ledger, a returned one would enter a second time.
        raise NotFound
    content = file_content(work.actor.scope, row.enterprise_id, row.file_id)
    return opened(content.data, row.file_name)


def _keep(work: Work, row: LedgerImport, reading: Reading) -> None:
    found = reading.found
    used = {table.mapping.fingerprint for table in found.tables} & set(reading.corrections)
    row.row_count, row.ready_count = len(found.rows), len(found.ready)
    row.mapping = {
        fingerprint: {str(at): field for at, field in columns.items()}
        for fingerprint, columns in reading.corrections.items()
        if fingerprint in used
    }
    names = directory(work.session, row.enterprise_id)
    row.result = kept(found, reading.book.sheets, frozenset(used), names)


def _remember(work: Work, fingerprint: str, columns: dict[str, str]) -> None:
    work.session.execute(
        insert(ImportMapping)
        .values(
            enterprise_id=work.actor.enterprise_id,
            id=new_id(work.at),
            fingerprint=fingerprint,
            columns=columns,
            saved_at=work.at,
        )
        .on_conflict_do_update(
            index_elements=["enterprise_id", "fingerprint"],
            set_={"columns": columns, "saved_at": work.at},
        )
    )


def _previewed(work: Work, import_id: UUID, version: int) -> LedgerImport:
    row = _upload(work, import_id, version)
    if row.state != "previewed":
        raise Conflict("这次导入已经确认，不能再改。")
    return row


def _upload(work: Work, import_id: UUID, version: int | None) -> LedgerImport:
    try:
        return work.locked(LedgerImport, work.actor.enterprise_id, import_id, version=version)
    except Conflict:
        raise Conflict("核对结果刚有变化，请看过最新结果后再确认。") from None


def _finish(work: Work, row: LedgerImport, reading: Reading) -> None:
    found = reading.found
    row.state, row.finished_at = "imported", work.at
    row.imported_count = len(found.ready)
    row.row_count, row.ready_count = len(found.rows), len(found.ready)
    row.result = kept(found, reading.book.sheets, frozenset())
    left = rest_tables(found, reading.book.sheets)
    if not left:
        return
    for table in left:
        # Corrected in the workbook and sent again, they are read as they were this time.
        _remember(work, table.fingerprint, {str(at): f for at, f in table.columns.items()})
    row.rest_file_id = add_file(
        work.session,
        row.enterprise_id,
        rest_workbook(left),
        name=rest_name(row.file_name),
        media_type=SPREADSHEET,
        added_by=work.actor.user_id,
        at=work.at,
    )
