"""A returned ledger read against the ledger in force, and what an upload keeps of that."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.platform.audit import AuditEvent
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.risks.models.imports import LedgerImport
from webapp.risks.queries.directory import directory
from webapp.risks.queries.export import standings
from webapp.risks.queries.imports import ImportRow, known_risks, upload
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.rules.round_trip.comparison import Comparison, Fate, compared
from webapp.risks.rules.round_trip.file_rows import LedgerFile
from webapp.risks.rules.round_trip.kept import LastWrite, Trip, TripRow, TripView, trip_of


@dataclass(frozen=True, slots=True)
class TripPage:
    """One page of a comparison."""

    upload: ImportRow
    trip: Trip
    page: Page[TripRow]


def read_against(
    session: Session, scope: Scope, enterprise_id: UUID, file: LedgerFile
) -> Comparison:
    """What a returned file would change in the ledger as it is now."""
    present = {
        standing.row.id: standing
        for standing in standings(scope, enterprise_id, LedgerFilter())
        if standing.row.id is not None
    }
    names = directory(session, enterprise_id)
    return compared(file, present, names, known_risks(session, enterprise_id))


def last_writes(
    session: Session, enterprise_id: UUID, found: Comparison, since: datetime
) -> dict[UUID, LastWrite]:
    """Who wrote each event of a conflict last since the file left."""
    ids = [row.event_id for row in found.of(Fate.CONFLICT) if row.event_id is not None]
    return _last_writes(session, enterprise_id, ids, since) if ids else {}


def _last_writes(
    session: Session, enterprise_id: UUID, ids: Collection[UUID], since: datetime
) -> dict[UUID, LastWrite]:
    rows = session.execute(
        select(AuditEvent.subject, AuditEvent.actor_name, AuditEvent.at)
        .where(
            AuditEvent.chain == enterprise_id,
            AuditEvent.at >= since,
            AuditEvent.subject.in_(ids),
            AuditEvent.action.like("ledger.event_%"),
        )
        .order_by(AuditEvent.at, AuditEvent.position)
    )
    return {id_: LastWrite(name, at) for id_, name, at in rows if id_ is not None}


def trip_page(
    scope: Scope, enterprise_id: UUID, import_id: UUID, view: TripView, page: PageRequest
) -> TripPage:
    """One page of an upload's comparison. Raises NotFound for what is no returned ledger."""
    with reading(scope) as session:
        found = upload(scope, enterprise_id, import_id)
        kept = session.execute(
            select(LedgerImport.result).where(
                LedgerImport.enterprise_id == enterprise_id, LedgerImport.id == import_id
            )
        ).scalar_one()
    if kept is None or not found.is_round_trip:
        raise NotFound
    trip = trip_of(kept)
    rows = [row for row in trip.rows if row.is_in(view)]
    shown = tuple(rows[page.offset : page.offset + page.size])
    return TripPage(found, trip, Page(shown, len(rows), page))
