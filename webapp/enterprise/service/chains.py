"""On whose audit chain an act on an enterprise is written."""

from uuid import UUID

from webapp.platform.tenancy import Context
from webapp.platform.unit_of_work import Work


def on_enterprise_chain(work: Work, enterprise_id: UUID) -> None:
    """Write this act on the enterprise's chain: also there for an officer, only there for others.

    The platform's own chain keeps what belongs to no enterprise.
    """
    if work.actor.scope.context is Context.OFFICER:
        work.on_chain(enterprise_id)
    else:
        work.only_on_chain(enterprise_id)
