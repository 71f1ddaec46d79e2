"""A hazard at a point shows on the point until it is closed."""

from collections.abc import Callable

from tests.factories.risks import make_event, make_point
from tests.fixtures.actors import Browser, World
from webapp.hazards.models.hazards import Hazard
from webapp.platform.clock import now
from webapp.platform.database import transaction
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import SYSTEM

Open = Callable[[str], Browser]


def open_hazard(world: World, point_id, level: str = "major") -> None:
    with transaction(SYSTEM) as session:
        session.add(
            Hazard(
                enterprise_id=world.enterprise_id,
                id=new_id(now()),
                number=f"YH-{new_id(now())}",
                title="炉坑积水",
                description="炉坑积水",
                source="report",
                level=level,
                reported_by_name="张工",
                reported_at=now(),
                point_id=point_id,
            )
        )


def test_a_point_with_an_open_major_hazard_is_red_and_says_why(client_of: Open, world: World):
    point_id = make_point(world.enterprise_id, "熔炼炉")
    make_event(world.enterprise_id, point_id, level="low", value=20)
    open_hazard(world, point_id)

    page = client_of("worker").get("risks.point_show", point_id=point_id)
    listed = client_of("worker").get("risks.point_list")

    assert "按重大风险显示，销号后恢复" in page.text
    assert "评价低" in listed.one("tbody tr").text


def test_other_points_stay_as_assessed(client_of: Open, world: World):
    point_id, other = (make_point(world.enterprise_id, name) for name in ("熔炼炉", "成品库"))
    make_event(world.enterprise_id, other, level="low", value=20)
    open_hazard(world, point_id)

    page = client_of("worker").get("risks.point_show", point_id=other)

    assert "销号后恢复" not in page.text
