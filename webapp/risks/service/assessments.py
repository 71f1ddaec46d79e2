"""Keeping assessments: a newer one takes an older one's place, never its row."""

from uuid import UUID

from sqlalchemy import select

from webapp.platform.identifiers import new_id
from webapp.platform.unit_of_work import Work
from webapp.risks.models.assessments import RiskAssessment
from webapp.risks.rules.assessment import Assessment
from webapp.risks.rules.drafts import Assessed
from webapp.standards.risk_methods import RiskLevel

KINDS = ("inherent", "residual")


def record_assessments(work: Work, event_id: UUID, found: Assessed) -> None:
    """Keep both assessments of a new event."""
    work.add(*(_row(work, event_id, kind, found) for kind in KINDS))


def assess_anew(work: Work, event_id: UUID, found: Assessed) -> None:
    """Replace the assessments that say something else now; equal ones stay as they were made."""
    present = {
        row.kind: row
        for row in work.session.execute(
            select(RiskAssessment).where(
                RiskAssessment.enterprise_id == work.actor.enterprise_id,
                RiskAssessment.event_id == event_id,
                RiskAssessment.replaced_at.is_(None),
            )
        ).scalars()
    }
    changed = []
    for kind in KINDS:
        new, old = _row(work, event_id, kind, found), present.get(kind)
        if old is not None and _said(old) == _said(new):
            continue
        if old is not None:
            old.replaced_at = work.at
        changed.append(new)
    # The old one must have left its place before the new one takes it.
    work.session.flush()
    work.add(*changed)


def kept_factors(assessment: Assessment) -> dict[str, str]:
    """Factors as text, so that 0.1 stays 0.1."""
    return {code: str(value) for code, value in assessment.factors.items()}


def _row(work: Work, event_id: UUID, kind: str, found: Assessed) -> RiskAssessment:
    side, level = _side(kind, found)
    return RiskAssessment(
        enterprise_id=work.actor.enterprise_id,
        id=new_id(work.at),
        event_id=event_id,
        kind=kind,
        method=side.method,
        method_version=side.version,
        factors=kept_factors(side),
        value=side.value,
        level=level,
        direct_rule=found.rule.code if found.rule else "",
        assessed_by=work.actor.user_id,
        assessed_at=work.at,
    )


def _side(kind: str, found: Assessed) -> tuple[Assessment, RiskLevel]:
    if kind == "inherent":
        return found.inherent, found.inherent_level
    return found.residual, found.residual_level


def _said(row: RiskAssessment) -> tuple[object, ...]:
    return row.method, row.factors, row.value, row.level, row.direct_rule
