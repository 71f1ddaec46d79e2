"""What a person can do with a hazard now; the first is what the page puts forward."""

from enum import StrEnum

from webapp.accounts.rules.permissions import may, reach_of
from webapp.accounts.rules.roles import Belonging, Reach, Role, Standing, is_within_reach
from webapp.hazards.queries.hazard_detail import HazardDetail
from webapp.hazards.queries.measures import department_parents
from webapp.hazards.rules.departments import within
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardState
from webapp.platform.database import reading
from webapp.platform.tenancy import Actor, Context


class Offer(StrEnum):
    """A step on offer; its value is the step's name in the address."""

    GRADE = "grading"
    ASSIGN = "assignment"
    RECTIFY = "rectification"
    VERIFY = "verification"
    CLOSE = "closure"
    CONSENT = "consent"
    PLAN = "plan"
    EXTEND = "extension"
    TRANSFER = "transfer"


def offers(actor: Actor, hazard: HazardDetail) -> tuple[Offer, ...]:
    """The steps that this person may take, the natural next one first."""
    if actor.scope.context is Context.OFFICER:
        return _of_officer(actor, hazard)
    if actor.scope.enterprise_id is None:
        return ()
    reach = _Reach(actor, hazard)
    return tuple(offer for offer in Offer if _is_offered(offer, reach, hazard))


def _of_officer(actor: Actor, hazard: HazardDetail) -> tuple[Offer, ...]:
    is_asked = (
        hazard.state is HazardState.VERIFIED
        and hazard.level is HazardLevel.MAJOR
        and hazard.order_id is None
        and not hazard.has_consent
    )
    return (Offer.CONSENT,) if is_asked and may(Role(actor.role), "hazards.supervise") else ()


class _Reach:
    """How far one person's rights carry with regard to one hazard."""

    def __init__(self, actor: Actor, hazard: HazardDetail) -> None:
        self.role = Role(actor.role)
        self.is_assignee = actor.person_id is not None and actor.person_id == hazard.assigned_to
        self.is_rectifier = self.is_assignee or (
            actor.user_id is not None and actor.user_id == hazard.rectified_by_user
        )
        with reading(actor.scope) as session:
            parents = department_parents(session, hazard.enterprise_id)
        own = within(actor.department_id, parents)
        person = actor.person_id or hazard.id
        self._standing = Standing(person, department_ids=own, team_ids=own)
        people = frozenset({hazard.assigned_to} if hazard.assigned_to else ())
        self._belonging = Belonging(people, hazard.department_id, hazard.department_id)

    def has(self, permission: str) -> bool:
        """Whether the permission reaches this hazard."""
        reach: Reach | None = reach_of((self.role,), permission)
        return reach is not None and is_within_reach(reach, self._standing, self._belonging)


_TURN = {
    Offer.GRADE: (HazardState.REPORTED, "hazards.grade"),
    Offer.ASSIGN: (HazardState.GRADED, "hazards.assign"),
    Offer.RECTIFY: (HazardState.ASSIGNED, "hazards.rectify"),
    Offer.VERIFY: (HazardState.RECTIFIED, "hazards.verify"),
    Offer.CLOSE: (HazardState.VERIFIED, "hazards.close"),
    Offer.EXTEND: (HazardState.ASSIGNED, "hazards.approve_extension"),
    Offer.TRANSFER: (HazardState.ASSIGNED, "hazards.assign"),
}


def _is_offered(offer: Offer, reach: _Reach, hazard: HazardDetail) -> bool:
    if offer is Offer.PLAN:
        is_wanted = hazard.level is HazardLevel.MAJOR and hazard.state.is_open
        return is_wanted and reach.has("majors.edit")
    state, permission = _TURN.get(offer, (None, ""))
    if state is not hazard.state or not reach.has(permission):
        return False
    is_order = hazard.order_id is not None
    match offer:
        case Offer.VERIFY:
            return not is_order and not reach.is_rectifier
        case Offer.EXTEND:
            return not is_order and hazard.extended_from is None and not reach.is_assignee
        case Offer.CLOSE:
            return _may_close(reach, hazard)
        case _:
            return True


def _may_close(reach: _Reach, hazard: HazardDetail) -> bool:
    """A major one ends by the principal's hand, after the agency's consent."""
    is_general = hazard.level is HazardLevel.GENERAL
    return is_general or (reach.role is Role.PRINCIPAL and hazard.has_consent)
