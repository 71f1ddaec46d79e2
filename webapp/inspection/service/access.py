"""What every use case on an inspection begins with: the case, locked, and whose it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from webapp.enterprise.service.refusals import refuse_if
from webapp.inspection.models.cases import CaseOfficer, InspectionCase
from webapp.inspection.rules.cases import CaseState
from webapp.inspection.rules.enforcement import issuer_refusal
from webapp.platform.errors import Forbidden, RuleBroken
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import Work, unit_of_work


@contextmanager
def act_on_case(
    actor: Actor, action: str, enterprise_id: UUID, subject: UUID, *, at: datetime
) -> Iterator[Work]:
    """A use case of an officer whose entry also stands in the enterprise's chain."""
    if actor.user_id is None or actor.scope.agency_id is None:
        raise Forbidden
    with unit_of_work(actor, action, at=at, subject=subject) as work:
        work.on_chain(enterprise_id)
        yield work


def own_case(work: Work, enterprise_id: UUID, case_id: UUID) -> InspectionCase:
    """The case, locked, of which the actor is one of the officers.

    Raises NotFound outside the region, RuleBroken for somebody else's case.
    """
    case = work.locked(InspectionCase, enterprise_id, case_id)
    officers = work.session.execute(
        select(CaseOfficer.user_id)
        .where(CaseOfficer.enterprise_id == enterprise_id, CaseOfficer.case_id == case_id)
        .order_by(CaseOfficer.ordinal)
    ).scalars()
    refuse_if(issuer_refusal(acting_user(work.actor), officers.all()))
    return case


def open_case(work: Work, enterprise_id: UUID, case_id: UUID) -> InspectionCase:
    """One's own case while it can still be written on; raises RuleBroken once it is recorded."""
    case = own_case(work, enterprise_id, case_id)
    if case.state != CaseState.OPEN:
        raise RuleBroken(
            f"检查{CaseState(case.state).words}，内容不能再改；更正请先由负责人撤销文书。"
        )
    return case


def acting_user(actor: Actor) -> UUID:
    """Who acts. Raises Forbidden for the platform itself."""
    if actor.user_id is None:
        raise Forbidden
    return actor.user_id
