"""What each address needs to lead somewhere: an endpoint and how its arguments are found.

A provider gets a world and the role that will ask, and gives what the address needs. It may make
rows: a POST route is asked with fresh ones each time, so that a deed does not spoil the next.
Adding a room's endpoint is a line in ``PROVIDERS``; a name that means the same everywhere, such as
``enterprise_id``, is a line in ``BY_NAME``.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from tests.factories import accounts, risks
from tests.factories.enterprise import staff_actor
from tests.fixtures.actors import World
from tests.house import (
    card_arguments,
    changes_arguments,
    enterprise_arguments,
    hazard_arguments,
    inspection_arguments,
    map_arguments,
)
from tests.house.routes import Route
from webapp.accounts.queries.sessions import sign_in_of
from webapp.accounts.rules.roles import Audience, Role
from webapp.platform import clock
from webapp.platform.tenancy import SYSTEM
from webapp.risks.queries.versions import version_detail, versions
from webapp.risks.service.versions import (
    publish_version,
    review_version,
    submit_version,
)
from webapp.standards.ledger_templates import ledger_templates

Provider = Callable[[World, Role], dict[str, Any]]


def member(world: World, role: Role) -> dict[str, Any]:
    """A member of the organisation of those who ask."""
    is_agency = role.audience is Audience.AGENCY
    membership = accounts.make_membership(
        accounts.make_user().id,
        "inspector" if is_agency else "worker",
        agency_id=world.agency_id if is_agency else None,
        enterprise_id=None if is_agency else world.enterprise_id,
    )
    return {"membership_id": membership.id}


def invitation(world: World, role: Role) -> dict[str, Any]:
    """An open invitation into the organisation of those who ask."""
    is_agency = role.audience is Audience.AGENCY
    made, _ = accounts.make_invitation(
        world["principal"].user_id,
        role="inspector" if is_agency else "worker",
        agency_id=world.agency_id if is_agency else None,
        enterprise_id=None if is_agency else world.enterprise_id,
        at=clock.now(),
    )
    return {"invitation_id": made.id}


def device(world: World, role: Role) -> dict[str, Any]:
    """Another sign-in of the very person who asks."""
    account = world.accounts.get(role, world["worker"])
    token = accounts.make_session(account.user_id, account.membership_id)
    found = sign_in_of(token, clock.now())
    assert found is not None
    return {"session_id": found.session_id}


def link(world: World, role: Role) -> dict[str, Any]:
    """The token of an open invitation's link."""
    _, token = accounts.make_invitation(
        world["principal"].user_id, enterprise_id=world.enterprise_id, at=clock.now()
    )
    return {"token": token}


def point(world: World, _role: Role) -> UUID:
    """A risk point without risks."""
    name = f"风险点 {uuid4().hex[:8]}"
    return risks.make_point(world.enterprise_id, name, department_id=world.department_id)


def event(world: World, role: Role) -> UUID:
    """A risk event at a point of its own."""
    return risks.make_event(
        world.enterprise_id, point(world, role), department_id=world.department_id
    )


def ledger_import(world: World, _role: Role) -> UUID:
    """An uploaded ledger of two rows that waits for confirmation."""
    return risks.make_import(staff_actor(world.enterprise_id))


def ledger_version(world: World, role: Role) -> UUID:
    """A version that waits for the department's decision; a fresh one for each visit."""
    for open_version in versions(SYSTEM, world.enterprise_id):
        if open_version.state.is_open:
            return open_version.id
    event(world, role)
    return submit_version(staff_actor(world.enterprise_id), note="", at=clock.now())


def signed_version(world: World, role: Role) -> dict[str, Any]:
    """A version that the principal has signed."""
    known = versions(SYSTEM, world.enterprise_id)
    signed = next((version for version in known if version.signature_file_id), None)
    return {"version_id": signed.id if signed else _sign(world, role)}


def _sign(world: World, role: Role) -> UUID:
    version_id, officer = ledger_version(world, role), staff_actor(world.enterprise_id)
    for review in version_detail(SYSTEM, world.enterprise_id, version_id).reviews:
        review_version(
            officer, version_id, review.department_id, agreed=True, words="", at=clock.now()
        )
    version = version_detail(SYSTEM, world.enterprise_id, version_id).row.version
    principal = staff_actor(world.enterprise_id, Role.PRINCIPAL)
    publish_version(principal, version_id, image=b"drawn", version=version, at=clock.now())
    return version_id


def starter(_world: World, _role: Role) -> dict[str, Any]:
    """An industry's template."""
    return {"code": ledger_templates()[0].code}


def indicator(_world: World, _role: Role) -> dict[str, Any]:
    """An indicator with records."""
    return {"code": "H3.4"}


BY_NAME: dict[str, Callable[[World, Role], Any]] = {
    "enterprise_id": lambda world, _: world.enterprise_id,
    "agency_id": lambda world, _: world.agency_id,
    "department_id": lambda world, _: world.department_id,
    "person_id": lambda world, _: world["worker"].person_id,
    "post_id": lambda world, _: world["worker"].post_id,
    "point_id": point,
    "event_id": event,
    "import_id": ledger_import,
    "version_id": ledger_version,
    "map_id": map_arguments.four_colour_map,
}

PROVIDERS: dict[str, Provider] = {
    "accounts.member_detail": member,
    "accounts.member_role": member,
    "accounts.member_link": member,
    "accounts.member_suspend": member,
    "accounts.member_resume": member,
    "accounts.member_end": member,
    "accounts.member_reset": member,
    "accounts.invitation_detail": invitation,
    "accounts.invitation_revoke": invitation,
    "accounts.joining": link,
    "accounts.joining_submit": link,
    "accounts.joining_own": link,
    "accounts.me_device_revoke": device,
    "scoring.score_records": indicator,
    "risks.version_signature": signed_version,
    "risks.template_show": starter,
    "risks.template_adopt": starter,
    **card_arguments.PROVIDERS,
    **changes_arguments.PROVIDERS,
    **enterprise_arguments.PROVIDERS,
    **hazard_arguments.PROVIDERS,
    **inspection_arguments.PROVIDERS,
    **map_arguments.PROVIDERS,
}


def is_provided(route: Route) -> bool:
    return route.endpoint in PROVIDERS or route.arguments <= BY_NAME.keys()


def arguments(route: Route, world: World, role: Role) -> dict[str, Any]:
    """What the route's address needs to lead into this world."""
    provider = PROVIDERS.get(route.endpoint)
    found = {} if provider is None else provider(world, role)
    return {
        name: found[name] if name in found else BY_NAME[name](world, role)
        for name in route.arguments
    }
