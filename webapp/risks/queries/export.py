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
from webapp.risks.rules.drafts import MeasureDraft
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.rules.ledger_sheet import SheetRow, SheetSide
from webapp.risks.rules.round_trip.standing import Standing
from webapp.risks.rules.words import ordered_factors
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import ControlLevel, RiskLevel, plain

MOST = 20_000


def sheet_rows(scope: Scope, enterprise_id: UUID, wanted: LedgerFilter) -> tuple[SheetRow, ...]:
    """The rows that a filter means, point by point in the order of their numbers."""
    return tuple(standing.row for standing in standings(scope, enterprise_id, wanted))


def standings(scope: Scope, enterprise_id: UUID, wanted: LedgerFilter) -> tuple[Standing, ...]:
    """The same rows with the ids behind their words."""
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
                RiskEvent.department_id,
                RiskEvent.owner_id,
                func.coalesce(RiskAssessment.direct_rule, "").label("direct_rule"),
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
    return tuple(_standing(row, measures.get(row.id, ())) for row in rows)


Measure = tuple[MeasureDraft, str]
"""A measure and the name of its post."""


def _measures(session: Session, enterprise_id: UUID) -> dict[UUID, list[Measure]]:
    rows = session.execute(
        select(
            ControlMeasure.event_id,
            ControlMeasure.id,
            ControlMeasure.category,
            ControlMeasure.description,
            ControlMeasure.control_level,
            ControlMeasure.post_id,
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
    for event_id, id_, category, description, level, post_id, frequency, post in rows:
        measure = MeasureDraft(
            MeasureCategory(category),
            description,
            ControlLevel(level),
            post_id,
            Frequency(frequency),
            id_,
        )
        found.setdefault(event_id, []).append((measure, post))
    return found


def _standing(row: Row[Any], measures: Sequence[Measure]) -> Standing:
    return Standing(
        _row(row, measures),
        row.department_id,
        row.owner_id,
        row.direct_rule,
        tuple(measure for measure, _ in measures),
    )


def _row(row: Row[Any], measures: Sequence[Measure]) -> SheetRow:
    by_kind: dict[MeasureCategory, tuple[str, ...]] = {}
    for measure, _ in measures:
        kind = measure.category
        by_kind[kind] = (*by_kind.get(kind, ()), measure.description)
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
        post="、".join(dict.fromkeys(post for _, post in measures if post)),
        frequency=_most_often([measure.rhythm for measure, _ in measures]),
        remark=row.remark,
        id=row.id,
        version=row.version,
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
