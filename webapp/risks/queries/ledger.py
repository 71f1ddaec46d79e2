"""The ledger as a filtered, paged table, and what its head says of all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from webapp.enterprise.models.organisation import Department
from webapp.enterprise.models.people import Person
from webapp.platform.database import reading
from webapp.platform.paging import Page, PageRequest
from webapp.platform.tenancy import Scope
from webapp.risks.models.assessments import RiskAssessment
from webapp.risks.models.ledger import HazardSource, RiskEvent, RiskPoint
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.conditions import (
    BITS,
    GRAVITY,
    conditions,
    is_short,
    kinds_of_events,
)
from webapp.risks.queries.rows import LedgerRow, LedgerSummary, LevelSummary
from webapp.risks.rules.filters import LedgerFilter, Sort
from webapp.risks.rules.words import (
    ordered_factors,
)
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, RiskLevel, plain


def ledger(
    scope: Scope, enterprise_id: UUID, wanted: LedgerFilter, page: PageRequest
) -> Page[LedgerRow]:
    """One page of the ledger, the gravest first unless another order is asked for."""
    chosen = _chosen(enterprise_id, wanted)
    with reading(scope) as session:
        total = session.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
        # The page is cut out first, so that only its rows are joined with what they show.
        ids = chosen.order_by(*_ORDERS[wanted.sort]).offset(page.offset).limit(page.size)
        rows = session.execute(
            rows_of_ledger()
            .where(
                RiskEvent.enterprise_id == enterprise_id,
                RiskEvent.id.in_(select(ids.subquery().c.id)),
            )
            .order_by(*_ORDERS[wanted.sort])
        ).all()
        return Page(with_measures(session, enterprise_id, rows), total, page)


def _chosen(enterprise_id: UUID, wanted: LedgerFilter) -> Select[UUID]:
    """The ids that a filter means; other tables take part only where they have a say."""
    ids = select(RiskEvent.id)
    if wanted.text or wanted.sort is Sort.POINT:
        ids = ids.join(*_POINT).join(*_SOURCE)
    return ids.where(*conditions(enterprise_id, wanted))


def summary(scope: Scope, enterprise_id: UUID, person_id: UUID | None = None) -> LedgerSummary:
    """What the head of the ledger says, in one statement."""
    points = (
        select(func.count())
        .where(RiskPoint.enterprise_id == enterprise_id, RiskPoint.stopped_at.is_(None))
        .scalar_subquery()
    )
    kinds = kinds_of_events(enterprise_id)
    with reading(scope) as session:
        rows = session.execute(
            select(
                RiskEvent.level,
                func.count(),
                func.count().filter(is_short(func.coalesce(kinds.c.kinds, 0))),
                func.count().filter(RiskEvent.owner_id.is_(None)),
                func.count().filter(RiskEvent.owner_id == person_id),
                points,
                func.count().filter(RiskEvent.is_proposed),
            )
            .outerjoin(kinds, kinds.c.event_id == RiskEvent.id)
            .where(RiskEvent.enterprise_id == enterprise_id, RiskEvent.removed_at.is_(None))
            .group_by(RiskEvent.level)
            .order_by(RiskEvent.level)
        ).all()
    by_level = {row[0]: row for row in rows}
    return LedgerSummary(
        tuple(
            LevelSummary(level, *by_level[level][1:4])
            if level in by_level
            else LevelSummary(level, 0, 0, 0)
            for level in RiskLevel
        ),
        rows[0][5] if rows else 0,
        sum(row[4] for row in rows),
        sum(row[6] for row in rows),
    )


_POINT = (
    RiskPoint,
    (RiskPoint.enterprise_id == RiskEvent.enterprise_id) & (RiskPoint.id == RiskEvent.point_id),
)
_SOURCE = (
    HazardSource,
    (HazardSource.enterprise_id == RiskEvent.enterprise_id)
    & (HazardSource.id == RiskEvent.source_id),
)
_ORDERS: dict[Sort, tuple[Any, ...]] = {
    Sort.GRAVITY: (GRAVITY, RiskEvent.value.desc().nulls_last(), RiskEvent.number),
    Sort.NUMBER: (RiskEvent.number.asc(),),
    Sort.POINT: (RiskPoint.name.asc(), RiskEvent.number.asc()),
}


def rows_of_ledger() -> Select[*tuple[Any, ...]]:
    """Events with point, source, residual assessment, department and owner; no measures yet."""
    return (
        select(
            RiskEvent.id,
            RiskEvent.number,
            RiskEvent.point_id,
            RiskPoint.name.label("point_name"),
            func.coalesce(Department.name, RiskEvent.department_words).label("department_name"),
            HazardSource.activity,
            HazardSource.step,
            HazardSource.name.label("hazard_source"),
            RiskEvent.description,
            RiskEvent.accident_types,
            RiskEvent.method,
            RiskAssessment.factors,
            RiskEvent.value,
            RiskEvent.level,
            RiskEvent.inherent_level,
            RiskEvent.control_level,
            func.coalesce(Person.name, "").label("owner_name"),
            RiskEvent.owner_words,
            func.coalesce(RiskAssessment.assessed_at, RiskEvent.created_at).label("assessed_at"),
            RiskEvent.is_proposed,
            RiskEvent.version,
        )
        .select_from(RiskEvent)
        .join(*_POINT)
        .join(*_SOURCE)
        .outerjoin(
            RiskAssessment,
            (RiskAssessment.enterprise_id == RiskEvent.enterprise_id)
            & (RiskAssessment.event_id == RiskEvent.id)
            & (RiskAssessment.kind == "residual")
            & RiskAssessment.replaced_at.is_(None),
        )
        .outerjoin(
            Department,
            (Department.enterprise_id == RiskEvent.enterprise_id)
            & (Department.id == RiskEvent.department_id),
        )
        .outerjoin(
            Person,
            (Person.enterprise_id == RiskEvent.enterprise_id) & (Person.id == RiskEvent.owner_id),
        )
    )


def with_measures(
    session: Session, enterprise_id: UUID, rows: Sequence[Row[Any]]
) -> tuple[LedgerRow, ...]:
    """The rows with the number and kinds of their measures, counted for these rows alone."""
    found: dict[UUID, dict[MeasureCategory, int]] = {}
    counted = session.execute(
        select(ControlMeasure.event_id, ControlMeasure.category, func.count())
        .where(
            ControlMeasure.enterprise_id == enterprise_id,
            ControlMeasure.event_id.in_([row.id for row in rows]),
            ControlMeasure.removed_at.is_(None),
        )
        .group_by(ControlMeasure.event_id, ControlMeasure.category)
    )
    for event_id, category, number in counted:
        found.setdefault(event_id, {})[MeasureCategory(category)] = number
    return tuple(_row(row, found.get(row.id, {})) for row in rows)


_AS_READ = tuple(
    field.name for field in fields(LedgerRow) if field.name not in ("measure_count", "kinds")
)


def _row(row: Row[Any], measures: Mapping[MeasureCategory, int]) -> LedgerRow:
    values = {name: getattr(row, name) for name in _AS_READ}
    return LedgerRow(
        **values
        | {
            "accident_types": tuple(row.accident_types),
            "factors": ordered_factors(row.method, row.factors or {}),
            "value": None if row.value is None else plain(row.value),
            "level": RiskLevel(row.level),
            "inherent_level": RiskLevel(row.inherent_level),
            "control_level": ControlLevel(row.control_level),
            "measure_count": sum(measures.values()),
            "kinds": tuple(category for category in BITS if category in measures),
        }
    )
