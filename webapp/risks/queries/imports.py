"""Uploads: their previews, page by page, and what the ledger already holds of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session

from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.paging import Page, PageRequest
from webapp.platform.storage import StoredFile
from webapp.platform.tenancy import Scope
from webapp.risks.models.imports import ImportMapping, LedgerImport
from webapp.risks.models.ledger import HazardSource, RiskEvent, RiskPoint
from webapp.risks.rules.duplicates import Key, risk_key
from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.import_ledger.sheets import Corrections
from webapp.risks.rules.kept_preview import KeptPreview, KeptRow, RowView, read_back
from webapp.risks.rules.round_trip.kept import ROUND_TRIP

MOST_MAPPINGS = 1_000
MOST_UPLOADS = 10


_STATE_WORDS = {
    "previewed": "待确认",
    "importing": "导入中",
    "imported": "已导入",
    "abandoned": "已放弃",
}


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An upload and how far it has come."""

    id: UUID
    file_id: UUID
    file_name: str
    file_size: int
    state: str
    row_count: int
    ready_count: int
    imported_count: int
    rest_file_id: UUID | None
    job_id: UUID | None
    created_at: datetime
    finished_at: datetime | None
    version: int
    is_round_trip: bool

    @property
    def state_words(self) -> str:
        """How far it has come, in words."""
        return _STATE_WORDS[self.state]

    @property
    def left_count(self) -> int:
        """How many rows are not, or will not be, in the ledger."""
        done = self.imported_count if self.state == "imported" else self.ready_count
        return self.row_count - done


@dataclass(frozen=True, slots=True)
class ImportView:
    """One page of a preview."""

    upload: ImportRow
    preview: KeptPreview
    page: Page[KeptRow]

    @property
    def sheet_words(self) -> str:
        """The sheets that were read."""
        return "、".join(f"工作表“{table.sheet}”" for table in self.preview.tables)

    @property
    def mapped_words(self) -> str:
        """How many columns have a field: 13 / 14 列已对应."""
        tables = self.preview.tables
        mapped, columns = sum(t.mapped for t in tables), sum(len(t.columns) for t in tables)
        return f"{mapped} / {columns} 列已对应" if tables else ""

    @property
    def checked_words(self) -> str:
        """How many rows want correcting."""
        wanting = self.preview.counts[RowView.FINDINGS]
        return f"{wanting} 行要处理" if wanting else "没有要改正的行"

    @property
    def outcome_words(self) -> str:
        """What the import does or has done."""
        if self.upload.state == "imported":
            return f"已导入 {self.upload.imported_count} 行"
        return f"{self.upload.ready_count} 行可导入"


def upload(scope: Scope, enterprise_id: UUID, import_id: UUID) -> ImportRow:
    """One upload. Raises NotFound."""
    with reading(scope) as session:
        row = session.execute(
            _uploads().where(
                LedgerImport.enterprise_id == enterprise_id, LedgerImport.id == import_id
            )
        ).one_or_none()
    if row is None:
        raise NotFound
    return ImportRow(**row._asdict())


def _uploads() -> Select[*tuple[Any, ...]]:
    return select(
        LedgerImport.id,
        LedgerImport.file_id,
        LedgerImport.file_name,
        StoredFile.size.label("file_size"),
        LedgerImport.state,
        LedgerImport.row_count,
        LedgerImport.ready_count,
        LedgerImport.imported_count,
        LedgerImport.rest_file_id,
        LedgerImport.job_id,
        LedgerImport.created_at,
        LedgerImport.finished_at,
        LedgerImport.version,
        func.coalesce(LedgerImport.result.has_key(ROUND_TRIP), false()).label("is_round_trip"),
    ).join(
        StoredFile,
        (StoredFile.enterprise_id == LedgerImport.enterprise_id)
        & (StoredFile.id == LedgerImport.file_id),
    )


def uploads(scope: Scope, enterprise_id: UUID) -> tuple[ImportRow, ...]:
    """The latest uploads, newest first."""
    with reading(scope) as session:
        rows = session.execute(
            _uploads()
            .where(LedgerImport.enterprise_id == enterprise_id)
            .order_by(LedgerImport.created_at.desc(), LedgerImport.id.desc())
            .limit(MOST_UPLOADS)
        )
        return tuple(ImportRow(**row._asdict()) for row in rows)


def preview(
    scope: Scope, enterprise_id: UUID, import_id: UUID, view: RowView, page: PageRequest
) -> ImportView:
    """One page of an upload's preview, as it was when it was last read.

    Raises NotFound, also for a returned ledger, which has a comparison instead.
    """
    with reading(scope) as session:
        found = upload(scope, enterprise_id, import_id)
        if found.is_round_trip:
            raise NotFound
        values = session.execute(
            select(LedgerImport.result).where(
                LedgerImport.enterprise_id == enterprise_id, LedgerImport.id == import_id
            )
        ).scalar_one()
    kept = read_back(values or {"tables": [], "rows": [], "findings": []})
    rows = [row for row in kept.rows if row.is_in(view)]
    shown = tuple(rows[page.offset : page.offset + page.size])
    return ImportView(found, kept, Page(shown, len(rows), page))


def remembered(session: Session, enterprise_id: UUID) -> Corrections:
    """The columns that people of this enterprise have set, by fingerprint."""
    rows = session.execute(
        select(ImportMapping.fingerprint, ImportMapping.columns)
        .where(ImportMapping.enterprise_id == enterprise_id)
        .order_by(ImportMapping.saved_at.desc())
        .limit(MOST_MAPPINGS)
    )
    return {
        fingerprint: {int(at): Field(field) for at, field in columns.items()}
        for fingerprint, columns in rows
    }


def known_risks(session: Session, enterprise_id: UUID) -> dict[Key, int]:
    """The numbers of the risks in force, by what makes them what they are."""
    rows = session.execute(
        select(
            RiskPoint.name,
            HazardSource.activity,
            HazardSource.step,
            HazardSource.name,
            RiskEvent.description,
            RiskEvent.accident_types,
            RiskEvent.number,
        )
        .join(
            RiskPoint,
            (RiskPoint.enterprise_id == RiskEvent.enterprise_id)
            & (RiskPoint.id == RiskEvent.point_id),
        )
        .join(
            HazardSource,
            (HazardSource.enterprise_id == RiskEvent.enterprise_id)
            & (HazardSource.id == RiskEvent.source_id),
        )
        .where(
            RiskEvent.enterprise_id == enterprise_id,
            RiskEvent.removed_at.is_(None),
        )
        .order_by(RiskEvent.number.desc())
    )
    return {
        risk_key(
            point=point,
            activity=activity,
            step=step,
            hazard_source=source,
            description=description,
            accident_types=types,
        ): number
        for point, activity, step, source, description, types, number in rows
    }
