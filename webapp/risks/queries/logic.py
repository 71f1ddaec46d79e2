"""The ledger as its logic check reads it."""

from uuid import UUID

from sqlalchemy import func, select

from webapp.enterprise.models.people import Person
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.models.assessments import RiskAssessment
from webapp.risks.models.ledger import HazardSource, RiskEvent, RiskPoint
from webapp.risks.queries.conditions import kinds_of, kinds_of_events
from webapp.risks.rules.logic_check import LogicFinding, LogicRow, logic_findings
from webapp.risks.rules.words import ordered_factors
from webapp.standards.risk_methods import ControlLevel, RiskLevel


def ledger_findings(scope: Scope, enterprise_id: UUID) -> tuple[LogicFinding, ...]:
    """What the ledger of an enterprise says against itself."""
    return logic_findings(_rows(scope, enterprise_id))


def _rows(scope: Scope, enterprise_id: UUID) -> list[LogicRow]:
    kinds = kinds_of_events(enterprise_id)
    statement = (
        select(
            RiskEvent.id,
            RiskEvent.number,
            RiskPoint.name.label("point"),
            HazardSource.name.label("source"),
            RiskEvent.description,
            RiskEvent.accident_types,
            RiskEvent.level,
            RiskEvent.inherent_level,
            RiskEvent.control_level,
            RiskAssessment.method,
            RiskAssessment.factors,
            func.coalesce(kinds.c.kinds, 0).label("kinds"),
            func.coalesce(Person.name, RiskEvent.owner_words).label("owner_name"),
            Person.left_on,
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
        .outerjoin(kinds, kinds.c.event_id == RiskEvent.id)
        .outerjoin(
            RiskAssessment,
            (RiskAssessment.enterprise_id == RiskEvent.enterprise_id)
            & (RiskAssessment.event_id == RiskEvent.id)
            & (RiskAssessment.kind == "inherent")
            & RiskAssessment.replaced_at.is_(None),
        )
        .outerjoin(
            Person,
            (Person.enterprise_id == RiskEvent.enterprise_id) & (Person.id == RiskEvent.owner_id),
        )
        .where(RiskEvent.enterprise_id == enterprise_id, RiskEvent.removed_at.is_(None))
    )
    with reading(scope) as session:
        return [
            LogicRow(
                event_id=row.id,
                number=row.number,
                point=row.point,
                hazard_source=row.source,
                description=row.description,
                accident_types=tuple(row.accident_types),
                level=RiskLevel(row.level),
                inherent_level=RiskLevel(row.inherent_level),
                inherent_factors=ordered_factors(row.method, row.factors) if row.method else {},
                control_level=ControlLevel(row.control_level),
                kinds=frozenset(kinds_of(row.kinds)),
                owner_name=row.owner_name,
                owner_left_on=row.left_on,
            )
            for row in session.execute(statement)
        ]
