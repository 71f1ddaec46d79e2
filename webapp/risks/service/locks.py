"""What keeps two writers of one ledger apart, and who may write which part of it."""

from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from webapp.accounts.rules.permissions import Permission, reach_of
from webapp.accounts.rules.roles import Reach, Role
from webapp.enterprise.queries.organisation import departments
from webapp.platform.errors import Forbidden
from webapp.platform.tenancy import Actor
from webapp.risks.models.ledger import RiskEvent


def lock_ledger(session: Session, enterprise_id: UUID) -> None:
    """Let one transaction at a time add to a ledger: numbers and names stay unique."""
    session.execute(
        text("select pg_advisory_xact_lock(hashtextextended(:name, 0))"),
        {"name": f"ledger:{enterprise_id}"},
    )


def last_number(session: Session, enterprise_id: UUID) -> int:
    """The highest number ever given in the locked ledger; a removed event keeps its own."""
    return (
        session.execute(
            select(func.max(RiskEvent.number)).where(RiskEvent.enterprise_id == enterprise_id)
        ).scalar_one()
        or 0
    )


def check_reach(actor: Actor, *department_ids: UUID | None) -> None:
    """Raise Forbidden when the actor's right ends at a department that these are not in."""
    if not _ends_at_department(actor):
        return
    own = actor.department_id
    within = {
        row.id
        for row in departments(actor.scope, actor.enterprise_id)
        if own is not None and own in (row.id, row.parent_id)
    }
    if not within.issuperset(department_ids):
        raise Forbidden("您只能编制本部门的风险，请把责任部门选为本部门，或联系安全管理人员。")


def _ends_at_department(actor: Actor) -> bool:
    if actor.role not in set(Role):
        return False
    return reach_of((Role(actor.role),), Permission.RISKS_EDIT) is Reach.DEPARTMENT
