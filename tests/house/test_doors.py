"""Every route × every role × own, neighbour's and far-away things, against the one table."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

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
Expected = Callable[[int], bool]


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
        for place, args, expected in _visits(walk, route, role):
            status = _visit(walk, route, role, args)
            if not expected(status):
                faults.append(f"{role} {place}: {status}")

    assert not faults, "\n".join(faults)


def _visits(walk: Walk, route: Route, role: Role) -> Iterator[tuple[str, dict[str, Any], Expected]]:
    """Where a role goes with this route, and what it must meet there."""
    assert route.permission is not None
    if not may(role, route.permission):
        is_stranger = role is Role.PUBLIC
        args = _standing(walk, route, "own", Role.PRINCIPAL)
        yield "own", args, lambda s: s == 303 if is_stranger else s == 403
        return
    own = arguments(route, walk.own, role)
    if may(Role.PUBLIC, route.permission):
        yield "own", own, lambda status: status in TAKEN
        return
    has_own = not _is_own_short(route) or role.audience in STAFF
    yield "own", own, lambda status: status in (TAKEN if has_own else SHUT)
    if role is Role.OPERATOR or own == _standing(walk, route, "elsewhere", role):
        # What is personal or the same for everyone lies in no other world.
        return
    for place in ("neighbour", "elsewhere") if role.audience in STAFF else ("elsewhere",):
        args = _standing(walk, route, place, role)
        yield place, args, lambda status: status in SHUT


_found: dict[tuple[Route, str, Audience], dict[str, Any]] = {}


def _standing(walk: Walk, route: Route, place: str, role: Role) -> dict[str, Any]:
    """Arguments made once: nobody who must be shut out can spoil them for the next."""
    key = (route, place, role.audience)
    if key not in _found:
        _found[key] = arguments(route, getattr(walk, place), role)
    return _found[key]


def _visit(walk: Walk, route: Route, role: Role, args: dict[str, Any]) -> int:
    browser = walk.browser(role)
    if route.method == "GET":
        with reading_only():
            return browser.get(route.endpoint, **args).status
    return browser.post(route.endpoint, **args).status


def _is_own_short(route: Route) -> bool:
    """Whether this is the address of one's own enterprise, where others name which one."""
    longer = [r for r in ALL if r.endpoint == route.endpoint and "enterprise_id" in r.arguments]
    return bool(longer) and "enterprise_id" not in route.arguments
