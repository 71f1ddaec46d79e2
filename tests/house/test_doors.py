"""Every route × every role × own, neighbour's and far-away things, against the one table."""

import pytest

from tests.fixtures.actors import World
from tests.fixtures.walk import Walk, reading_only
from tests.house.arguments import PROVIDERS, arguments, is_provided
from tests.house.routes import Route, bare_app, is_exempt, routes
from webapp.accounts.rules.permissions import Permission, may
from webapp.accounts.rules.roles import Audience, Role

ALL = routes("GET", "POST", "PUT", "PATCH", "DELETE")
STAFF = {Audience.ENTERPRISE, Audience.EXPERT}
# What a permitted request may be answered: a page, a way on, or words about what was typed.
TAKEN = {200, 204, 302, 303, 400, 409, 413, 422}
SHUT = {403, 404}


def test_every_route_asks_for_a_permission_of_the_table():
    without = [str(route) for route in ALL if not isinstance(route.permission, Permission)]

    assert without == []


def test_every_argument_of_every_route_is_provided_to_the_walk():
    without = [f"{route} {sorted(route.arguments)}" for route in ALL if not is_provided(route)]

    assert without == []


def test_the_walk_knows_no_endpoint_that_is_gone():
    assert PROVIDERS.keys() - set(bare_app().view_functions) == set()


def test_every_exempt_route_is_one_of_the_machine_room():
    exempt = {e for e in bare_app().view_functions if is_exempt(e)}

    assert {e.partition(".")[0] for e in exempt} == {"ui", "health", "gallery"}


@pytest.mark.parametrize("route", [r for r in ALL if is_provided(r)], ids=str)
def test_a_route_opens_to_whom_the_table_says_and_to_nobody_else(walk: Walk, route: Route):
    faults = []
    for role in Role:
        for place, world, expected in _visits(walk, route, role):
            status = _visit(walk, route, role, world)
            if not expected(status):
                faults.append(f"{role} {place}: {status}")

    assert faults == []


def _visits(walk: Walk, route: Route, role: Role):
    """Where a role goes with this route, and what it must meet there."""
    assert route.permission is not None
    if may(Role.PUBLIC, route.permission):
        yield "own", walk.own, lambda status: status in TAKEN
        return
    if not may(role, route.permission):
        is_stranger = role is Role.PUBLIC
        yield "own", walk.own, lambda s: s == 303 if is_stranger else s == 403
        return
    has_own = not _is_own_short(route) or role.audience in STAFF
    yield "own", walk.own, lambda status: status in (TAKEN if has_own else SHUT)
    if role is Role.OPERATOR or not _is_bound(walk, route, role):
        return
    if role.audience in STAFF:
        yield "neighbour", walk.neighbour, lambda status: status in SHUT
    yield "elsewhere", walk.elsewhere, lambda status: status in SHUT


def _visit(walk: Walk, route: Route, role: Role, world: World) -> int:
    args = arguments(route, world, role)
    browser = walk.browser(role)
    if route.method == "GET":
        with reading_only():
            return browser.get(route.endpoint, **args).status
    return browser.post(route.endpoint, **args).status


def _is_own_short(route: Route) -> bool:
    """Whether this is the address of one's own enterprise, where others name which one."""
    longer = [r for r in ALL if r.endpoint == route.endpoint and "enterprise_id" in r.arguments]
    return bool(longer) and "enterprise_id" not in route.arguments


def _is_bound(walk: Walk, route: Route, role: Role) -> bool:
    """Whether the address names something of a tenant or an agency; a personal thing is not."""
    return bool(route.arguments) and arguments(route, walk.own, role) != arguments(
        route, walk.elsewhere, role
    )
