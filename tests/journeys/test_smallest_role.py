"""The smallest role: a link, one task, done, and nothing else in the way."""

import pytest

from tests.factories import accounts as account_factory
from tests.factories import enterprise as enterprises
from tests.factories.hazards import make_planned, plant_of
from tests.fixtures.actors import World, make_counted_world
from tests.fixtures.browser import Person
from tests.journeys.cast import PASSWORD, City
from tests.journeys.pages.login import JoiningPage
from tests.journeys.pages.tasks import AcceptedPage, TodayPage
from webapp.platform import clock

POINT = "1 号中频炉"
CLOSED = (
    "/risks/imports/new",
    "/risks/events/new",
    "/plans",
    "/organisation/paste",
    "/people/new",
    "/members",
    "/code",
    "/file",
    "/file/timeline",
    "/profile/edit",
    "/registrations",
    "/enterprises",
    "/overview",
    "/inspections",
    "/documents",
    "/agencies",
)


@pytest.fixture
def world(city: City) -> World:
    """An enterprise at work, and one more next door."""
    return make_counted_world()


def test_a_worker_comes_by_a_link_does_one_task_and_sees_nothing_else(
    city: City, world: World
) -> None:
    make_planned(plant_of(world), at=clock.now(), name=POINT, measures=("炉坑干燥无积水",))
    he = city.stranger("何明")

    JoiningPage(he).open(_link_for(world, "何明")).join(PASSWORD)
    he.look("worker-first-day")
    assert he.menu == ["任务", "随手拍", "隐患", "责任", "我的"]
    TodayPage(he).check(POINT).rest_is_in_order().submit()
    AcceptedPage(he)
    he.follow("继续下一处")
    he.sees("今天 1 处，已查 1 处")

    _finds_every_other_door_closed(he)
    neighbour = make_counted_world()
    he.open(f"/enterprises/{neighbour.enterprise_id}/hazards")
    assert he.heading == "没有这一页"


def _link_for(world: World, name: str) -> str:
    person_id = enterprises.person(
        world.enterprise_id,
        name,
        post_id=world["worker"].post_id,
        department_id=world.team_id,
    )
    _, token = account_factory.make_invitation(
        world["safety_officer"].user_id,
        enterprise_id=world.enterprise_id,
        at=clock.now(),
        name=name,
        phone="13700000009",
        person_id=person_id,
    )
    return f"/join/{token}"


def _finds_every_other_door_closed(he: Person) -> None:
    for path in CLOSED:
        he.open(path)
        assert he.heading == "没有权限", path
    he.look("closed-door")
