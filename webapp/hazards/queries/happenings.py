"""What has just happened in the plant, newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import literal, select, union_all

from webapp.hazards.models.checks import SelfCheck
from webapp.hazards.models.hazards import Hazard, HazardStep
from webapp.hazards.models.plans import CheckTask
from webapp.hazards.rules.lifecycle import HazardAction
from webapp.platform.database import reading
from webapp.platform.tenancy import Scope
from webapp.risks.models.ledger import RiskPoint


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that someone did; ``hazard_id`` or ``check_id`` leads to it."""

    at: datetime
    actor: str
    did: str
    about: str
    hazard_id: UUID | None
    check_id: UUID | None


def happenings(scope: Scope, enterprise_id: UUID, limit: int = 6) -> tuple[Happening, ...]:
    """The newest steps of hazards and the newest checks."""
    steps = (
        select(
            HazardStep.at.label("at"),
            HazardStep.actor_name.label("actor"),
            HazardStep.action.label("did"),
            Hazard.title.label("about"),
            Hazard.id.label("hazard_id"),
            literal(None).cast(Hazard.id.type).label("check_id"),
        )
        .join(
            Hazard,
            (Hazard.enterprise_id == HazardStep.enterprise_id)
            & (Hazard.id == HazardStep.hazard_id),
        )
        .where(HazardStep.enterprise_id == enterprise_id)
        .order_by(HazardStep.at.desc(), HazardStep.ordinal.desc())
        .limit(limit)
    )
    checks = (
        select(
            SelfCheck.submitted_at,
            SelfCheck.submitted_by_name,
            literal("check"),
            RiskPoint.name,
            literal(None).cast(Hazard.id.type),
            SelfCheck.id,
        )
        .join(
            CheckTask,
            (CheckTask.enterprise_id == SelfCheck.enterprise_id)
            & (CheckTask.id == SelfCheck.task_id),
        )
        .join(
            RiskPoint,
            (RiskPoint.enterprise_id == CheckTask.enterprise_id)
            & (RiskPoint.id == CheckTask.point_id),
        )
        .where(SelfCheck.enterprise_id == enterprise_id)
        .order_by(SelfCheck.submitted_at.desc(), SelfCheck.id)
        .limit(limit)
    )
    both = union_all(select(steps.subquery()), select(checks.subquery())).subquery()
    with reading(scope) as session:
        rows = session.execute(select(both).order_by(both.c.at.desc()).limit(limit))
        return tuple(
            Happening(row.at, row.actor, _words(row.did), row.about, row.hazard_id, row.check_id)
            for row in rows
        )


def _words(did: str) -> str:
    return "完成自查" if did == "check" else HazardAction(did).words
