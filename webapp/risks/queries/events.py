"""One risk event with all that hangs on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from webapp.enterprise.models.organisation import Department, Post
from webapp.platform.audit import AuditEvent
from webapp.platform.database import reading
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope
from webapp.risks.models.assessments import RiskAssessment
from webapp.risks.models.ledger import RiskEvent, RiskPoint, RiskUnit
from webapp.risks.models.measures import ControlMeasure
from webapp.risks.queries.event_rows import AssessmentRow, EventDetail, MeasureRow
from webapp.risks.queries.ledger import rows_of_ledger, with_measures
from webapp.risks.rules.control_levels import Frequency
from webapp.risks.rules.words import ordered_factors
from webapp.standards.control_measure_categories import MeasureCategory
from webapp.standards.risk_methods import (
    ControlLevel,
    RiskLevel,
    plain,
)


def event_detail(scope: Scope, enterprise_id: UUID, event_id: UUID) -> EventDetail:
    """One event in force. Raises NotFound."""
    with reading(scope) as session:
        rows = session.execute(
            rows_of_ledger()
            .add_columns(
                RiskPoint.kind.label("point_kind"),
                RiskPoint.place,
                func.coalesce(RiskUnit.name, "").label("unit_name"),
                RiskEvent.consequence,
                RiskEvent.department_id,
                RiskEvent.department_words,
                RiskEvent.owner_id,
                RiskEvent.remark,
            )
            .outerjoin(
                RiskUnit,
                (RiskUnit.enterprise_id == RiskPoint.enterprise_id)
                & (RiskUnit.id == RiskPoint.unit_id),
            )
            .where(
                RiskEvent.enterprise_id == enterprise_id,
                RiskEvent.id == event_id,
                RiskEvent.removed_at.is_(None),
            )
        ).all()
        if not rows:
            raise NotFound
        return _detail(session, enterprise_id, rows[0])


def _detail(session: Session, enterprise_id: UUID, row: Row[Any]) -> EventDetail:
    assessments = _assessments(session, enterprise_id, row.id)
    return EventDetail(
        row=with_measures(session, enterprise_id, [row])[0],
        point_kind=row.point_kind,
        place=row.place,
        unit_name=row.unit_name,
        consequence=row.consequence,
        department_id=row.department_id,
        department_words=row.department_words,
        owner_id=row.owner_id,
        remark=row.remark,
        inherent=assessments.get("inherent"),
        residual=assessments.get("residual"),
        measures=_measures(session, enterprise_id, row.id),
    )


def _assessments(session: Session, enterprise_id: UUID, event_id: UUID) -> dict[str, AssessmentRow]:
    rows = session.execute(
        select(RiskAssessment)
        .where(
            RiskAssessment.enterprise_id == enterprise_id,
            RiskAssessment.event_id == event_id,
            RiskAssessment.replaced_at.is_(None),
        )
        .order_by(RiskAssessment.kind)
    ).scalars()
    return {
        row.kind: AssessmentRow(
            row.kind,
            row.method,
            row.method_version,
            ordered_factors(row.method, row.factors),
            None if row.value is None else plain(row.value),
            RiskLevel(row.level),
            row.direct_rule,
            row.assessed_at,
        )
        for row in rows
    }


def _measures(session: Session, enterprise_id: UUID, event_id: UUID) -> tuple[MeasureRow, ...]:
    place = func.coalesce(Department.name + " ", "")
    rows = session.execute(
        select(
            ControlMeasure.id,
            ControlMeasure.category,
            ControlMeasure.description,
            ControlMeasure.control_level,
            ControlMeasure.post_id,
            func.coalesce(place + Post.name, ""),
            ControlMeasure.frequency,
        )
        .outerjoin(
            Post,
            (Post.enterprise_id == ControlMeasure.enterprise_id)
            & (Post.id == ControlMeasure.post_id),
        )
        .outerjoin(
            Department,
            (Department.enterprise_id == Post.enterprise_id)
            & (Department.id == Post.department_id),
        )
        .where(
            ControlMeasure.enterprise_id == enterprise_id,
            ControlMeasure.event_id == event_id,
            ControlMeasure.removed_at.is_(None),
        )
        .order_by(ControlMeasure.ordinal, ControlMeasure.id)
    )
    return tuple(
        MeasureRow(
            id_,
            MeasureCategory(category),
            description,
            ControlLevel(control_level),
            post_id,
            post_name,
            Frequency(frequency),
        )
        for id_, category, description, control_level, post_id, post_name, frequency in rows
    )


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who wrote an event last, for the person whose save came too late."""

    name: str
    at: datetime


def last_change(scope: Scope, enterprise_id: UUID, event_id: UUID) -> LastChange | None:
    """The newest entry that the audit chain has of an event."""
    with reading(scope) as session:
        row = session.execute(
            select(AuditEvent.actor_name, AuditEvent.at)
            .where(AuditEvent.chain == enterprise_id, AuditEvent.subject == event_id)
            .order_by(AuditEvent.at.desc(), AuditEvent.position.desc())
            .limit(1)
        ).one_or_none()
    return None if row is None else LastChange(row.actor_name, row.at)
