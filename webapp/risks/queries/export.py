"""The whole ledger for a sheet or a paper, bounded."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, aliased

from webapp.enterprise.models.organisation import Post
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.models.assessments import RiskAssessment
from webapp.risks.models.ledger import RiskEvent, RiskPoint, RiskUnit
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.conditions import conditions
from webapp.risks.queries.ledger import rows_of_ledger
from webapp.risks.rules.control_levels import Frequency
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.rules.ledger_sheet import SheetRow, SheetSide
from webapp.risks.rules.words import ordered_factors
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, RiskLevel, plain

MOST = 20_000


def sheet_rows(scope: Scope, enterprise_id: UUID, wanted: LedgerFilter) -> tuple[SheetRow, ...]:
    """The rows that a filter means, point by point in the order of their numbers."""
    inherent = aliased(RiskAssessment)
    first = func.min(RiskEvent.number).over(partition_by=RiskEvent.point_id)
    with reading(scope) as session:
        rows = session.execute(
            rows_of_ledger()
            .add_columns(
                RiskPoint.kind.label("point_kind"),
                RiskPoint.place,
                func.coalesce(RiskUnit.name, "").label("unit_name"),
                RiskEvent.consequence,
                RiskEvent.remark,
                inherent.method.label("inherent_method"),
                inherent.factors.label("inherent_factors"),
                inherent.value.label("inherent_value"),
            )
            .outerjoin(
                RiskUnit,
                (RiskUnit.enterprise_id == RiskPoint.enterprise_id)
                & (RiskUnit.id == RiskPoint.unit_id),
            )
            .outerjoin(
                inherent,
                (inherent.enterprise_id == RiskEvent.enterprise_id)
                & (inherent.event_id == RiskEvent.id)
                & (inherent.kind == "inherent")
                & inherent.replaced_at.is_(None),
            )
            .where(*conditions(enterprise_id, wanted))
            .order_by(first, RiskEvent.number)
            .limit(MOST)
        ).all()
        measures = _measures(session, enterprise_id)
    return tuple(_row(row, measures.get(row.id, ())) for row in rows)


Measure = tuple[str, str, str, str]
"""Category, description, frequency and post."""


def _measures(session: Session, enterprise_id: UUID) -> dict[UUID, list[Measure]]:
    rows = session.execute(
        select(
            ControlMeasure.event_id,
            ControlMeasure.category,
            ControlMeasure.description,
            ControlMeasure.frequency,
            func.coalesce(Post.name, ""),
        )
        .outerjoin(
            Post,
            (Post.enterprise_id == ControlMeasure.enterprise_id)
            & (Post.id == ControlMeasure.post_id),
        )
        .where(
            ControlMeasure.enterprise_id == enterprise_id,
            ControlMeasure.removed_at.is_(None),
        )
        .order_by(ControlMeasure.event_id, ControlMeasure.ordinal, ControlMeasure.id)
    )
    found: dict[UUID, list[Measure]] = {}
    for event_id, *measure in rows:
        category, description, frequency, post = measure
        found.setdefault(event_id, []).append((category, description, frequency, post))
    return found


def _row(row: Row[Any], measures: Sequence[Measure]) -> SheetRow:
    by_kind: dict[MeasureCategory, tuple[str, ...]] = {}
    for category, description, _, _ in measures:
        kind = MeasureCategory(category)
        by_kind[kind] = (*by_kind.get(kind, ()), description)
    return SheetRow(
        number=row.number,
        unit=row.unit_name,
        point=row.point_name,
        point_kind=row.point_kind,
        place=row.place,
        activity=row.activity,
        step=row.step,
        hazard_source=row.hazard_source,
        description=row.description,
        accident_types=tuple(row.accident_types),
        consequence=row.consequence,
        inherent=_side(
            row.inherent_method or row.method,
            row.inherent_factors,
            row.inherent_value,
            row.inherent_level,
        ),
        residual=_side(row.method, row.factors, row.value, row.level),
        measures=by_kind,
        control_level=ControlLevel(row.control_level),
        department=row.department_name,
        owner=row.owner_name or row.owner_words,
        post="、".join(dict.fromkeys(post for *_, post in measures if post)),
        frequency=_most_often([Frequency(said) for _, _, said, _ in measures]),
        remark=row.remark,
    )


def _side(code: str, factors: dict[str, Any] | None, value: Any, level: str) -> SheetSide:
    return SheetSide(
        code,
        ordered_factors(code, factors or {}),
        None if value is None else plain(value),
        RiskLevel(level),
    )


def _most_often(found: list[Frequency]) -> str:
    everyone = tuple(Frequency)
    return min(found, key=everyone.index).words if found else ""
