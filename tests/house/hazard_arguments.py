"""What the hazards room's addresses need: tasks, checks, hazards and plans of the walked world."""

from typing import Any
from uuid import UUID, uuid4

from tests.factories.hazards import (
    answered,
    make_hazard,
    make_planned,
    photo,
    plant_of,
    tasks_of,
)
from tests.fixtures.actors import World
from webapp.accounts.rules.roles import Role
from webapp.hazards.models.plans import CheckTask
from webapp.hazards.queries.hazard_detail import hazard_detail
from webapp.hazards.rules.lifecycle import HazardState
from webapp.hazards.service.checks import submit_check
from webapp.hazards.service.photos import keep_photos
from webapp.platform import clock


def _task(world: World) -> CheckTask:
    plant = plant_of(world)
    point = make_planned(plant, clock.now(), name=f"中频炉 {uuid4().hex[:8]}")
    return tasks_of(plant, point)[0]


def _hazard(world: World, state: HazardState = HazardState.REPORTED) -> UUID:
    return make_hazard(plant_of(world), state, at=clock.now())


def task(world: World, role: Role) -> dict[str, Any]:
    """A check that is owed today."""
    return {"task_id": _task(world).id}


def check(world: World, role: Role) -> dict[str, Any]:
    """A check that was handed in."""
    plant, owed = plant_of(world), _task(world)
    receipt = submit_check(plant.worker, plant.id, answered(plant, owed), at=clock.now())
    return {"check_id": receipt.check_id, "enterprise_id": world.enterprise_id}


def plan(world: World, role: Role) -> dict[str, Any]:
    """A plan that runs."""
    return {"plan_id": _task(world).plan_id, "enterprise_id": world.enterprise_id}


def picture(world: World, role: Role) -> dict[str, Any]:
    """A picture of a hazard."""
    plant, hazard = plant_of(world), _hazard(world)
    found = hazard_detail(plant.scope, plant.id, hazard)
    return {
        "hazard_id": hazard,
        "file_id": found.photos[0].file_id,
        "enterprise_id": world.enterprise_id,
    }


def waiting_picture(world: World, role: Role) -> dict[str, Any]:
    """One's own picture that waits in a form."""
    account = world.accounts.get(role, world["worker"])
    account = account if account.enterprise_id else world["worker"]
    [file_id] = keep_photos(account.actor, world.enterprise_id, (photo(),), at=clock.now())
    return {"file_id": file_id}


def _at(state: HazardState) -> Any:
    return lambda world, role: {
        "hazard_id": _hazard(world, state),
        "enterprise_id": world.enterprise_id,
    }


S = HazardState
PROVIDERS = {
    **dict.fromkeys(("hazards.check_fill", "hazards.check_submit"), task),
    **dict.fromkeys(("hazards.check_accepted", "hazards.check_show"), check),
    **dict.fromkeys(
        (
            "hazards.plan_detail",
            "hazards.plan_edit",
            "hazards.plan_pause",
            "hazards.plan_resume",
        ),
        plan,
    ),
    **dict.fromkeys(
        ("hazards.hazard_show", "hazards.report_accepted", "hazards.hazard_grade"),
        _at(S.REPORTED),
    ),
    "hazards.hazard_assign": _at(S.GRADED),
    **dict.fromkeys(
        ("hazards.hazard_rectify", "hazards.hazard_extend", "hazards.hazard_plan"),
        _at(S.ASSIGNED),
    ),
    **dict.fromkeys(
        ("hazards.hazard_verify", "hazards.hazard_close", "hazards.hazard_consent"),
        _at(S.RECTIFIED),
    ),
    "hazards.photo": picture,
    "hazards.photo_kept": waiting_picture,
}
