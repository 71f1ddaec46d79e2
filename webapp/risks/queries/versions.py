"""Versions of a ledger: the list, one with its rows, the one in force at an instant."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.enterprise.models.organisation import Department
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent
from webapp.risks.models.versions import LedgerReview, LedgerVersion
from webapp.risks.queries.export import sheet_rows
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.rules.ledger_sheet import SheetRow, SheetSide
from webapp.risks.rules.ledger_versions import Row, VersionState
from webapp.risks.rules.words import POINT_KINDS, method_words, type_names
from webapp.standards.control_measure_categories import MeasureCategory


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A department's decision."""

    department_id: UUID
    department: str
    rows: int
    agreed: bool | None
    words: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version without its rows."""

    id: UUID
    number: int | None
    state: VersionState
    note: str
    row_count: int
    levels: Counter[str]
    submitted_by: str
    submitted_at: datetime
    ended_by: str
    ended_at: datetime | None
    ended_reason: str
    published_by: str
    published_at: datetime | None
    signature_file_id: UUID | None
    version: int

    @property
    def name(self) -> str:
        """第 3 版, or what it is on the way to become."""
        return f"第 {self.number} 版" if self.number else "送审稿"


@dataclass(frozen=True, slots=True)
class VersionDetail:
    """A version with its rows and its departments' decisions."""

    row: VersionRow
    rows: tuple[Row, ...]
    sha256: str
    reviews: tuple[ReviewRow, ...]

    @property
    def decided(self) -> int:
        """How many departments have decided."""
        return sum(review.agreed is not None for review in self.reviews)

    @property
    def awaited(self) -> tuple[str, ...]:
        """The departments that have not decided."""
        return tuple(review.department for review in self.reviews if review.agreed is None)


_COLUMNS = (
    LedgerVersion.id,
    LedgerVersion.number,
    LedgerVersion.state,
    LedgerVersion.note,
    LedgerVersion.row_count,
    LedgerVersion.levels,
    LedgerVersion.submitted_by_name,
    LedgerVersion.submitted_at,
    LedgerVersion.ended_by_name,
    LedgerVersion.ended_at,
    LedgerVersion.ended_reason,
    LedgerVersion.published_by_name,
    LedgerVersion.published_at,
    LedgerVersion.signature_file_id,
    LedgerVersion.version,
)
MOST = 200


def versions(scope: Scope, enterprise_id: UUID) -> tuple[VersionRow, ...]:
    """The versions of a ledger, the newest first."""
    with reading(scope) as session:
        rows = session.execute(
            select(*_COLUMNS)
            .where(LedgerVersion.enterprise_id == enterprise_id)
            .order_by(LedgerVersion.submitted_at.desc(), LedgerVersion.id.desc())
            .limit(MOST)
        ).all()
    return tuple(_version(row) for row in rows)


def version_detail(scope: Scope, enterprise_id: UUID, version_id: UUID) -> VersionDetail:
    """One version whole. Raises NotFound."""
    with reading(scope) as session:
        found = session.execute(
            select(*_COLUMNS, LedgerVersion.rows, LedgerVersion.rows_sha256).where(
                LedgerVersion.enterprise_id == enterprise_id, LedgerVersion.id == version_id
            )
        ).one_or_none()
        if found is None:
            raise NotFound
        reviews = session.execute(
            select(
                LedgerReview.department_id,
                LedgerReview.department_name,
                LedgerReview.row_count,
                LedgerReview.agreed,
                LedgerReview.words,
                LedgerReview.decided_by_name,
                LedgerReview.decided_at,
            )
            .where(
                LedgerReview.enterprise_id == enterprise_id, LedgerReview.version_id == version_id
            )
            .order_by(LedgerReview.department_name, LedgerReview.department_id)
        ).all()
    *head, rows, sha256 = found
    return VersionDetail(
        _version(head), tuple(rows), sha256, tuple(ReviewRow(*review) for review in reviews)
    )


def published_rows(session: Session, enterprise_id: UUID) -> tuple[Row, ...] | None:
    """The rows of the version in force; None before the first."""
    found = session.execute(
        select(LedgerVersion.rows)
        .where(LedgerVersion.enterprise_id == enterprise_id, LedgerVersion.number.is_not(None))
        .order_by(LedgerVersion.number.desc())
        .limit(1)
    ).scalar_one_or_none()
    return None if found is None else tuple(found)


def present_rows(scope: Scope, enterprise_id: UUID) -> tuple[Row, ...]:
    """The ledger as it stands now, in the form of a version's rows."""
    return tuple(_row(row) for row in sheet_rows(scope, enterprise_id, LedgerFilter()))


@dataclass(frozen=True, slots=True)
class Answering:
    """A department that answers for risks in force, and for how many."""

    department_id: UUID
    name: str
    rows: int


def departments_in(session: Session, enterprise_id: UUID) -> tuple[Answering, ...]:
    """The departments that answer for risks in force, by name."""
    rows = session.execute(
        select(Department.id, Department.name, func.count())
        .join(
            RiskEvent,
            (RiskEvent.enterprise_id == Department.enterprise_id)
            & (RiskEvent.department_id == Department.id),
        )
        .where(Department.enterprise_id == enterprise_id, RiskEvent.removed_at.is_(None))
        .group_by(Department.id, Department.name)
        .order_by(Department.name, Department.id)
    ).all()
    return tuple(Answering(*row) for row in rows)


def _version(row: Sequence[Any]) -> VersionRow:
    version_id, number, state, note, count, levels, *rest = row
    return VersionRow(version_id, number, VersionState(state), note, count, Counter(levels), *rest)


def _row(row: SheetRow) -> dict[str, Any]:
    measures = {str(kind): "；\n".join(row.measures.get(kind, ())) for kind in MeasureCategory}
    return {
        "number": row.number,
        "level_code": str(row.residual.level),
        "unit": row.unit,
        "point": row.point,
        "kind": POINT_KINDS[row.point_kind],
        "place": row.place,
        "activity": row.activity,
        "step": row.step,
        "hazard_source": row.hazard_source,
        "description": row.description,
        "accidents": type_names(row.accident_types),
        "consequence": row.consequence,
        "inherent": _side(row.inherent),
        "residual": _side(row.residual),
        "level": row.residual.level.full_words,
        **measures,
        "control_level": row.control_level.words,
        "department": row.department,
        "owner": row.owner,
        "post": row.post,
        "frequency": row.frequency,
        "remark": row.remark,
    }


def _side(side: SheetSide) -> str:
    """LEC 3×6×15=270 较大风险."""
    product = "×".join(str(value) for value in side.factors.values())
    value = f" {product}={side.value}" if side.value is not None and product else ""
    return f"{method_words(side.method)}{value} {side.level.full_words}"
