import pytest

from tests.factories.hazards import answered, make_hazard, make_planned, tasks_of
from webapp.hazards.service.checks import submit_check
from webapp.platform.clock import now

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def furnace(plant):
    """A point with a plan and a hazard, beside another of both."""
    point = make_planned(plant, now())
    make_planned(plant, now(), name="转运通道")
    make_hazard(plant, words="木箱堵塞通道", at=now())
    submit_check(
        plant.worker, plant.id, answered(plant, tasks_of(plant, point)[0], abnormal=1), at=now()
    )
    return point


def ways(page):
    return {link.text: link["href"] for link in page.select(".page-head a.btn")}


def test_a_point_leads_to_the_plans_and_hazards_of_this_point(client_of, furnace):
    officer = client_of("safety_officer")
    links = ways(officer.get("risks.point_show", point_id=furnace))

    plans, hazards = officer.get(links["排查计划"]), officer.get(links["隐患"])

    assert plans.texts("tbody th a") == ["1 号中频炉"]
    assert plans.texts(".filters__on .chip") == ["1 号中频炉"]
    assert hazards.texts("tbody th a") == ["炉坑干燥无积水"]
    assert hazards.texts(".filters__on .chip") == ["1 号中频炉"]


def test_the_point_stays_chosen_when_the_list_is_filtered_further(client_of, furnace):
    page = client_of("safety_officer").get("hazards.plan_list", point=furnace)

    assert page.one(".filters input[name=point]")["value"] == str(furnace)


def test_a_worker_is_led_from_a_point_only_where_the_door_is_open(client_of, furnace):
    worker = client_of("worker")
    links = ways(worker.get("risks.point_show", point_id=furnace))

    tasks = worker.get(links["今天的任务"])

    assert list(links) == ["今天的任务", "隐患"]
    assert "1 号中频炉" in tasks.text
    assert "转运通道" not in tasks.text


def test_an_officer_of_the_region_stays_with_the_enterprise(client_of, plant, furnace):
    officer = client_of("inspector")
    page = officer.get("risks.point_show", point_id=furnace, enterprise_id=plant.id)

    plans = officer.get(ways(page)["排查计划"])

    assert plans.texts("tbody th a") == ["1 号中频炉"]
