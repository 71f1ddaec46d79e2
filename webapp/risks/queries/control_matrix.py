"""The risks of a filter with who is charged with them on each level."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from webapp.enterprise.queries.organisation import departments, posts
from webapp.platform.database import reading
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskEvent
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.ledger import ledger
from webapp.risks.queries.rows import LedgerRow
from webapp.risks.rules.control_matrix import (
    MatrixCell,
    MatrixPost,
    MatrixRisk,
    Posts,
    matrix_row,
)
from webapp.risks.rules.filters import LedgerFilter
from webapp.standards.risk_methods import ControlLevel

MOST = 20_000


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """A risk and its cells, the company first."""

    risk: MatrixRisk
    cells: tuple[MatrixCell, ...]


def control_matrix(
    scope: Scope, enterprise_id: UUID, wanted: LedgerFilter, page: PageRequest
) -> Page[MatrixLine]:
    """One page of the matrix, the gravest risks first."""
    with reading(scope):
        found = ledger(scope, enterprise_id, wanted, page)
        ids = [row.id for row in found.rows]
        charged, places = _charged(scope, enterprise_id, ids), _places(scope, enterprise_id, ids)
        known = _posts(scope, enterprise_id)
    lines = (_line(row, charged, places, known) for row in found.rows)
    return Page(tuple(lines), found.total, page)


Charged = dict[UUID, tuple[tuple[ControlLevel, UUID], ...]]


def _line(
    row: LedgerRow, charged: Charged, places: dict[UUID, UUID | None], known: Posts
) -> MatrixLine:
    risk = MatrixRisk(
        id=row.id,
        number_words=row.number_words,
        point=row.point_name,
        source=row.hazard_source,
        level=row.level,
        control_level=row.control_level,
        department_id=places.get(row.id),
        department=row.department_name,
        owner=row.owner_name or row.owner_words,
        charged=charged.get(row.id, ()),
    )
    return MatrixLine(risk, matrix_row(risk, known))


def _charged(scope: Scope, enterprise_id: UUID, ids: list[UUID]) -> Charged:
    found: Charged = defaultdict(tuple)
    with reading(scope) as session:
        rows = session.execute(
            select(ControlMeasure.event_id, ControlMeasure.control_level, ControlMeasure.post_id)
            .where(
                ControlMeasure.enterprise_id == enterprise_id,
                ControlMeasure.event_id.in_(ids),
                ControlMeasure.removed_at.is_(None),
                ControlMeasure.post_id.is_not(None),
            )
            .order_by(ControlMeasure.event_id, ControlMeasure.ordinal, ControlMeasure.id)
        )
        for event_id, level, post_id in rows:
            if post_id is not None:
                found[event_id] += ((ControlLevel(level), post_id),)
    return found


def _places(scope: Scope, enterprise_id: UUID, ids: list[UUID]) -> dict[UUID, UUID | None]:
    with reading(scope) as session:
        rows = session.execute(
            select(RiskEvent.id, RiskEvent.department_id)
            .where(RiskEvent.enterprise_id == enterprise_id, RiskEvent.id.in_(ids))
            .order_by(RiskEvent.id)
        )
        return {row.id: row.department_id for row in rows}


def _posts(scope: Scope, enterprise_id: UUID) -> Posts:
    return Posts(
        {
            row.id: MatrixPost(row.id, row.name, row.kind, row.department_id, row.holders)
            for row in posts(scope, enterprise_id)
        },
        {
            row.id: row.parent_id
            for row in departments(scope, enterprise_id)
            if row.parent_id is not None
        },
    )
