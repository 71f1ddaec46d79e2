"""What the enterprise room's addresses need: codes, bound files and responsibility lists."""

import base64
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import update

from tests.factories import enterprise as make
from tests.factories.responsibilities import drawing
from tests.fixtures.actors import World
from webapp.accounts.rules.roles import Role
from webapp.enterprise.queries.code import printed_code
from webapp.enterprise.queries.signing import own_list
from webapp.enterprise.rules.drawings import PREFIX
from webapp.enterprise.service.file import JOB
from webapp.enterprise.service.responsibilities import draft_list, publish_list
from webapp.enterprise.service.signing import sign_list
from webapp.platform import clock, jobs
from webapp.platform.database import transaction
from webapp.platform.outbox import Job, JobState
from webapp.platform.tenancy import SYSTEM
from webapp.platform.unit_of_work import unit_of_work


def code(world: World, role: Role) -> dict[str, Any]:
    """The code on the enterprise's sign."""
    return {"token": printed_code(SYSTEM, world.enterprise_id).token}


def ordered_file(world: World, role: Role) -> dict[str, Any]:
    """A binding of the file that those who ask have ordered."""
    actor = world.accounts.get(role, world[Role.PRINCIPAL]).actor
    with unit_of_work(actor, "file.ordered", at=clock.now()) as work:
        return {"job_id": work.enqueue(JOB, {"enterprise_id": str(world.enterprise_id)})}


def bound_file(world: World, role: Role) -> dict[str, Any]:
    """The same, done."""
    found = ordered_file(world, role)
    jobs.run_one(found["job_id"])
    return found


def failed_file(world: World, role: Role) -> dict[str, Any]:
    """The same, failed."""
    found = ordered_file(world, role)
    with transaction(SYSTEM) as session:
        session.execute(update(Job).where(Job.id == found["job_id"]).values(state=JobState.FAILED))
    return found


def draft(world: World, role: Role) -> dict[str, Any]:
    """A drafted list of a new post in the workshop."""
    name = f"焊工 {uuid4().hex[:6]}"
    post_id = make.post(world.enterprise_id, name, department_id=world.department_id)
    officer = world[Role.SAFETY_OFFICER].actor
    return {"list_id": draft_list(officer, post_id, at=clock.now())}


def published(world: World, role: Role) -> dict[str, Any]:
    """The worker's post, whose list is in force and signed."""
    _signed(world)
    return {"enterprise_id": world.enterprise_id, "post_id": world[Role.WORKER].post_id}


def signature(world: World, role: Role) -> dict[str, Any]:
    """The worker's signature under the list of their post."""
    return {"file_id": _signed(world)}


_signatures: dict[UUID, UUID] = {}


def _signed(world: World) -> UUID:
    """Signed once in a world: a list in force is not signed twice."""
    if world.enterprise_id not in _signatures:
        worker, at = world[Role.WORKER], clock.now()
        list_id = draft_list(world[Role.SAFETY_OFFICER].actor, worker.post_id, at=at)
        publish_list(world[Role.PRINCIPAL].actor, list_id, version=1, at=at)
        image = base64.b64decode(drawing().removeprefix(PREFIX))
        sign_list(worker.actor, list_id, image=image, at=at)
        own = own_list(worker.actor.scope, world.enterprise_id, worker.person_id)
        assert own.last_file_id is not None
        _signatures[world.enterprise_id] = own.last_file_id
    return _signatures[world.enterprise_id]


PROVIDERS = {
    "enterprise.code_open": code,
    "enterprise.code_responsibilities": code,
    "enterprise.code_sign": lambda _world, _role: {"size": "a6"},
    "enterprise.file_progress": ordered_file,
    "enterprise.file_pdf": bound_file,
    "enterprise.file_retry": failed_file,
    "enterprise.responsibilities_edit": draft,
    "enterprise.responsibilities_save": draft,
    "enterprise.responsibilities_publish": draft,
    "enterprise.responsibilities_pdf": published,
    "enterprise.responsibilities_post_pdf": published,
    "enterprise.responsibilities_signature": signature,
}
