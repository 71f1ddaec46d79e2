"""What the notice cards' addresses need: a printed code, and bundles that are ordered and done."""

from typing import Any
from uuid import uuid4

from sqlalchemy import update

from tests.factories import risks
from tests.fixtures.actors import World
from webapp.accounts.rules.roles import Role
from webapp.enterprise.queries.code import printed_code
from webapp.platform import clock, jobs
from webapp.platform.database import transaction
from webapp.platform.outbox import Job, JobState
from webapp.platform.tenancy import SYSTEM
from webapp.risks.rules.filters import LedgerFilter
from webapp.risks.rules.notice_card import CardSize
from webapp.risks.service.card_bundles import order_bundle


def code(world: World, _role: Role) -> dict[str, Any]:
    """The code on the enterprise's cards."""
    return {"token": printed_code(SYSTEM, world.enterprise_id).token}


def ordered(world: World, role: Role) -> dict[str, Any]:
    """A bundle that those who ask have ordered."""
    point_id = risks.make_point(world.enterprise_id, f"风险点 {uuid4().hex[:8]}")
    risks.make_event(world.enterprise_id, point_id)
    account = world.accounts.get(role, world[Role.PRINCIPAL])
    actor = account.actor if account.enterprise_id else world[Role.PRINCIPAL].actor
    return {"job_id": order_bundle(actor, uuid4(), LedgerFilter(), CardSize.A4, at=clock.now())}


def done(world: World, role: Role) -> dict[str, Any]:
    """The same, done."""
    found = ordered(world, role)
    jobs.run_one(found["job_id"])
    return found


def failed(world: World, role: Role) -> dict[str, Any]:
    """The same, failed."""
    found = ordered(world, role)
    with transaction(SYSTEM) as session:
        session.execute(update(Job).where(Job.id == found["job_id"]).values(state=JobState.FAILED))
    return found


PROVIDERS = {
    "risks.point_open": code,
    "risks.card_bundle_show": ordered,
    "risks.card_bundle_archive": done,
    "risks.card_bundle_retry": failed,
}
