"""The web server is killed while checks with photos come in; what came through is there, once."""

import hashlib
import random
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.dom import Page
from tests.factories import risks
from tests.factories.hazards import picture
from tests.promises.conftest import Town
from tests.promises.power_cut import Cut, Moment
from tests.promises.visitor import LOST, Form, Visitor
from webapp.hazards.models.checks import CheckAnswer, SelfCheck
from webapp.hazards.models.hazards import Hazard, HazardPhoto
from webapp.hazards.models.plans import CheckTask
from webapp.hazards.service.plans import derive_plans
from webapp.platform import audit, storage
from webapp.platform.clock import now
from webapp.platform.database import reading
from webapp.platform.storage import StoredFile
from webapp.platform.tenancy import SYSTEM
from webapp.scoring.service.recount import recount

KILLS = len(Moment)
AT_ONCE = 4
PHOTOS = 2
MEASURES = ("炉坑干燥无积水", "漏炉报警指示灯正常", "冷却水压力正常")


@dataclass
class Sending:
    """A check that is handed in, and what its sender saw of it."""

    task_id: UUID
    form: Form
    seen: list[Page] = field(default_factory=list)

    def send(self, visitor: Visitor) -> None:
        try:
            self.seen.append(visitor.send(self.form))
        except LOST:
            return

    @property
    def is_acknowledged(self) -> bool:
        return bool(self.seen)


@dataclass(frozen=True, slots=True)
class Found:
    """What the records hold of a task."""

    checks: int
    answers: int
    hazards: int
    photos: int
    files: tuple[str, ...]


def found(task_id: UUID) -> Found:
    with reading(SYSTEM) as session:
        checks = session.scalars(select(SelfCheck.id).where(SelfCheck.task_id == task_id)).all()
        hazards = session.scalars(select(Hazard.id).where(Hazard.check_id.in_(checks))).all()
        photos = session.scalars(
            select(HazardPhoto.file_id).where(HazardPhoto.hazard_id.in_(hazards))
        ).all()
        answers = session.scalar(
            select(func.count()).select_from(CheckAnswer).where(CheckAnswer.check_id.in_(checks))
        )
        files = session.scalars(select(StoredFile.sha256).where(StoredFile.id.in_(photos))).all()
    return Found(len(checks), answers or 0, len(hazards), len(photos), tuple(files))


WHOLE = (1, len(MEASURES), 1, PHOTOS)


def is_whole(what: Found) -> bool:
    return (what.checks, what.answers, what.hazards, what.photos) == WHOLE


@pytest.fixture(scope="module")
def tasks(town: Town) -> Sequence[UUID]:
    """Owed checks of as many machines as are needed, all the worker's."""
    place, at = town.world.enterprise_id, now()
    points = []
    for number in range(KILLS * AT_ONCE + 1):
        point = risks.make_point(place, f"{number} 号中频炉")
        event = risks.make_event(place, point)
        for words in MEASURES:
            risks.make_measure(place, event, words, post_id=town.world["worker"].post_id)
        points.append(point)
    derive_plans(town.world["safety_officer"].actor, place, points, at)
    with reading(SYSTEM) as session:
        return session.scalars(
            select(CheckTask.id)
            .where(CheckTask.enterprise_id == place, CheckTask.opens_at <= at)
            .order_by(CheckTask.id)
        ).all()


def filled(visitor: Visitor, task_id: UUID, seed: int) -> Sending:
    """The task's own page filled in: one item abnormal with words and photos."""
    form = visitor.form(f"/tasks/{task_id}/check")
    questions = sorted(name.removeprefix("item-") for name in form.names if "item-" in name)
    form.fill(**{f"item-{question}": "normal" for question in questions})
    bad = questions[0]
    form.fill(**{f"item-{bad}": "abnormal", f"words-{bad}": "炉坑里有积水，约两指深"})
    for number in range(PHOTOS):
        form.attach(f"photos-{bad}", picture(seed + number), "现场.jpg", "image/jpeg")
    return Sending(task_id, form)


def rounds(tasks: Sequence[UUID]) -> Iterator[tuple[int, Moment, Sequence[UUID]]]:
    for kill, moment in enumerate(Moment):
        yield kill, moment, tasks[1 + kill * AT_ONCE : 1 + (kill + 1) * AT_ONCE]


def test_a_check_is_taken_in_once_whenever_the_server_dies(
    town: Town, tasks: Sequence[UUID]
) -> None:
    visitor = town.visitor(town.world["worker"])
    first = filled(visitor, tasks[0], 0)
    began = time.perf_counter()
    first.send(visitor)
    takes_s = time.perf_counter() - began
    assert first.seen[0].status == 303
    cut = Cut(town.server.owner, "self_check", takes_s, AT_ONCE, random.Random(20261124))
    torn: dict[Moment, int] = {}

    for kill, moment, owed in rounds(tasks):
        sendings = [filled(visitor, task_id, 10 * kill + n) for n, task_id in enumerate(owed)]
        threads = [threading.Thread(target=each.send, args=(visitor,)) for each in sendings]
        with cut.at(moment) as come:
            for thread in threads:
                thread.start()
            come()
            town.server.kill()
        for thread in threads:
            thread.join()
        torn[moment] = sum(not each.is_acknowledged for each in sendings)
        for each in sendings:
            kept = found(each.task_id)
            assert is_whole(kept) or (kept.checks == 0 and not each.is_acknowledged)
        town.server.start()
        for each in sendings:
            again = visitor.send(each.form)
            assert again.status == 303
            assert {page.location for page in each.seen} <= {again.location}
            assert visitor.follow(again).one("h1").text.startswith("检查已受理")
            kept = found(each.task_id)
            assert is_whole(kept)
            for name in kept.files:
                assert hashlib.sha256(storage.get(name)).hexdigest() == name

    assert any(torn.values()), torn
    assert not audit.verify().broken
    assert recount().differences == ()
