from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.factories.risks import NOW, make_event, make_point
from tests.fixtures.actors import Account, World
from webapp.platform import jobs
from webapp.platform.database import reading
from webapp.platform.errors import RuleBroken
from webapp.platform.storage import StoredFile
from webapp.platform.tenancy import SYSTEM
from webapp.risks.rules.filters import LedgerFilter, View
from webapp.risks.rules.kept_filter import as_values, from_values
from webapp.risks.rules.notice_card import CardSize
from webapp.risks.service import card_bundles
from webapp.risks.service.card_bundles import (
    ARCHIVE,
    CARD,
    KEPT_FOR,
    make_bundle,
    order_bundle,
    remove_old_bundles,
)
from webapp.standards.risk_methods import ControlLevel, RiskLevel

ALL = LedgerFilter()


@pytest.fixture
def officer(world: World) -> Account:
    return world["safety_officer"]


@pytest.fixture
def points(world: World) -> list[UUID]:
    found = []
    for number in range(3):
        point = make_point(world.enterprise_id, f"{number} 号炉")
        make_event(world.enterprise_id, point)
        found.append(point)
    return found


def files(world: World, *kinds: str) -> list[StoredFile]:
    with reading(SYSTEM) as session:
        return list(
            session.scalars(
                select(StoredFile).where(
                    StoredFile.enterprise_id == world.enterprise_id,
                    StoredFile.media_type.in_(kinds),
                )
            )
        )


def made(officer: Account, bundle_id: UUID) -> dict[str, object]:
    return make_bundle(
        officer.actor, bundle_id, ALL, CardSize.A5, at=NOW, report=lambda _done, _total: None
    )


def test_a_bundle_made_twice_is_the_same_archive(world: World, officer: Account, points):
    bundle_id = uuid4()

    first, second = made(officer, bundle_id), made(officer, bundle_id)

    assert first == second
    assert first["cards"] == len(points)
    assert len(files(world, CARD)) == len(points)
    assert len(files(world, ARCHIVE)) == 1


def test_progress_counts_the_cards_that_are_there_already(officer: Account, points):
    bundle_id, told = uuid4(), []
    made(officer, bundle_id)

    make_bundle(
        officer.actor, bundle_id, ALL, CardSize.A5, at=NOW,
        report=lambda done, total: told.append((done, total)),
    )  # fmt: skip

    assert told == [(len(points), len(points) + 1)]


def test_more_points_than_one_archive_holds_are_refused(
    officer: Account, points, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(card_bundles, "MOST_CARDS", 2)

    with pytest.raises(RuleBroken, match="一次最多打印 2 张"):
        order_bundle(officer.actor, uuid4(), ALL, CardSize.A4, at=NOW)


def test_bundles_go_after_a_week(world: World, officer: Account, points):
    made(officer, uuid4())
    kept = files(world, CARD, ARCHIVE)

    remove_old_bundles(NOW + KEPT_FOR - timedelta(hours=1))
    before = files(world, CARD, ARCHIVE)
    remove_old_bundles(NOW + KEPT_FOR + timedelta(hours=1))

    assert len(before) == len(kept) == len(points) + 1
    assert files(world, CARD, ARCHIVE) == []


def test_an_order_remembers_its_filter():
    wanted = LedgerFilter(
        text="炉",
        view=View.GRAVE,
        level=RiskLevel.MAJOR,
        department_id=uuid4(),
        accident_type="07",
        control_level=ControlLevel.TEAM,
        person_id=uuid4(),
    )

    assert from_values(as_values(wanted)) == wanted
    assert from_values(as_values(ALL)) == ALL


def test_an_ordered_bundle_is_made_by_the_worker_of_its_filter(
    world: World, officer: Account, points
):
    other = make_point(world.enterprise_id, "成品库")
    make_event(world.enterprise_id, other, level="low")
    wanted = LedgerFilter(level=RiskLevel.LOW)

    job_id = order_bundle(officer.actor, uuid4(), wanted, CardSize.A4, at=NOW)
    jobs.run_one(job_id)

    done = jobs.job(officer.actor.scope, job_id)
    assert done.result is not None
    assert done.result["cards"] == 1
