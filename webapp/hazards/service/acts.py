"""An act on an enterprise's file, whoever acts, and how far each may reach in it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from webapp.accounts.rules.permissions import reach_of
from webapp.accounts.rules.roles import Belonging, Reach, Role, Standing, is_within_reach
from webapp.hazards.queries.measures import department_parents
from webapp.hazards.rules.departments import within
from webapp.platform.errors import Forbidden, Invalid, RuleBroken
from webapp.platform.tenancy import Actor, Context
from webapp.platform.unit_of_work import Work, unit_of_work
from webapp.standards.refusal import Refusal

NOBODY = UUID(int=0)


@contextmanager
def act(
    actor: Actor, enterprise_id: UUID, action: str, *, at: datetime, subject: UUID | None = None
) -> Iterator[Work]:
    """A use case whose entry stands on the enterprise's chain.

    An officer's act stands on the agency's chain too; the platform's own only here.
    """
    with unit_of_work(actor, action, at=at, subject=subject or enterprise_id) as work:
        if actor.scope.context is Context.SYSTEM:
            work.only_on_chain(enterprise_id)
        else:
            work.on_chain(enterprise_id)
        yield work


def obey(refusal: Refusal | None) -> None:
    """Raise what a rule refuses: Invalid at its field, else RuleBroken."""
    if refusal is None:
        return
    if refusal.field:
        raise Invalid(refusal.field, refusal.message)
    raise RuleBroken(refusal.message)


def is_reached(
    work: Work,
    enterprise_id: UUID,
    permission: str,
    *,
    department_id: UUID | None,
    person_ids: Collection[UUID] = (),
) -> bool:
    """Whether the actor's right carries as far as a record of this department and these people."""
    actor = work.actor
    if actor.scope.context is Context.SYSTEM:
        return True
    reach = reach_of((Role(actor.role),), permission)
    if reach is None:
        return False
    own: frozenset[UUID] = frozenset()
    if reach in (Reach.TEAM, Reach.DEPARTMENT):
        own = within(actor.department_id, department_parents(work.session, enterprise_id))
    standing = Standing(actor.person_id or NOBODY, department_ids=own, team_ids=own)
    belonging = Belonging(frozenset(person_ids), department_id, department_id)
    return is_within_reach(reach, standing, belonging)


def check_reach(
    work: Work,
    enterprise_id: UUID,
    permission: str,
    *,
    department_id: UUID | None,
    person_ids: Collection[UUID] = (),
) -> None:
    """Raise Forbidden when the record lies beyond the actor's reach."""
    reached = is_reached(
        work, enterprise_id, permission, department_id=department_id, person_ids=person_ids
    )
    if not reached:
        raise Forbidden("这条内容不在您负责的部门、班组范围内，请联系本单位安全管理人员。")
