"""What the four-colour maps' addresses need: a plan of their own, and one that is published."""

from typing import Any
from uuid import UUID, uuid4

from tests.factories import risks
from tests.factories.enterprise import staff_actor
from tests.fixtures.actors import World
from tests.house.card_arguments import code
from webapp.accounts.rules.roles import Role
from webapp.platform import clock
from webapp.platform.tenancy import Actor
from webapp.risks.queries.maps import map_detail
from webapp.risks.service.maps import draw_shapes, publish_map, remove_map


def four_colour_map(world: World, _role: Role) -> UUID:
    """A plan with an area; there may be twenty, so those of earlier visits are taken down."""
    actor = staff_actor(world.enterprise_id)
    return _drawn(world, actor)


def published(world: World, role: Role) -> dict[str, Any]:
    """The code and a plan that strangers may see."""
    actor = staff_actor(world.enterprise_id)
    map_id = _drawn(world, actor)
    publish_map(actor, map_id, version=_version(actor, map_id), at=clock.now())
    return {**code(world, role), "map_id": map_id}


def _drawn(world: World, actor: Actor) -> UUID:
    made = world.ids.setdefault("maps", [])
    if len(made) > 10:
        oldest = made.pop(0)
        found = map_detail(actor.scope, world.enterprise_id, oldest)
        remove_map(actor, oldest, version=found.map.version, at=clock.now())
    name = f"平面图 {uuid4().hex[:8]}"
    map_id = risks.make_map(actor, name, at=clock.now())
    draw_shapes(
        actor, map_id, [risks.make_shape()], version=_version(actor, map_id), at=clock.now()
    )
    made.append(map_id)
    return map_id


def _version(actor: Actor, map_id: UUID) -> int:
    return map_detail(actor.scope, actor.enterprise_id, map_id).map.version


PROVIDERS = {"risks.map_public_plan": published}
