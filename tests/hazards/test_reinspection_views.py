from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests.factories.hazards import hazard_row, photo
from webapp.accounts.rules.roles import Role
from webapp.hazards.rules.lifecycle import Outcome
from webapp.hazards.rules.orders import OrderItem
from webapp.hazards.service.assignment import assign
from webapp.hazards.service.lifecycle import close_by_reinspection, open_from_order, rectify
from webapp.platform.clock import local_date, now
from webapp.platform.database import reading
from webapp.platform.tenancy import SYSTEM
from webapp.scoring.models.counters import EnterpriseDay
from webapp.scoring.rules.moves import DayMeasure
from webapp.scoring.service.recount import recount

pytestmark = pytest.mark.usefixtures("db", "files")
DAY = timedelta(days=1)


@pytest.fixture
def officer(world):
    return world["inspector"].actor


@pytest.fixture
def ordered(plant, officer):
    """An order's item that was due three days ago, handed to a worker ten days ago."""
    at, due = now() - 10 * DAY, local_date(now()) - 3 * DAY
    [hazard] = open_from_order(
        officer,
        plant.id,
        order_id=uuid4(),
        order_number="（安）应急责改〔2026〕47号",
        items=(OrderItem(1, "2 号炉事故坑积水。", due),),
        at=at,
    ).values()
    assign(plant.officer, plant.id, hazard, person_id=plant.people[Role.WORKER], at=at)
    return hazard


def rectified(plant, hazard, days_ago):
    at = now() - days_ago * DAY
    rectify(plant.worker, plant.id, hazard, measures="已抽干", uploads=(photo(2),), at=at)


def returned(plant, officer, hazard):
    close_by_reinspection(
        officer, plant.id, hazard, outcome=Outcome.RETURNED, words="仍有积水", at=now()
    )


def counted(plant):
    """Overdue, due and in time, as the enterprise's day amounts have it."""
    with reading(SYSTEM) as session:
        rows = session.execute(
            select(EnterpriseDay.measure, func.sum(EnterpriseDay.amount))
            .where(EnterpriseDay.enterprise_id == plant.id)
            .group_by(EnterpriseDay.measure)
        )
        sums = {measure: int(amount) for measure, amount in rows}
    measures = (DayMeasure.HAZARD_OPEN_DUE, DayMeasure.HAZARD_DUE, DayMeasure.HAZARD_ON_TIME)
    return tuple(sums.get(measure, 0) for measure in measures)


def differing(plant):
    """Where a recount of its hazards does not come to what was moved."""
    rows = recount().differences
    return [row for row in rows if row.scope == str(plant.id) and "hazard" in row.measure]


def stats(page):
    return page.texts(".stat__value")[1:3], page.texts(".stat__note")[1:3]


def test_what_an_order_asked_for_and_nobody_did_is_overdue(client_of, plant, ordered):
    page = client_of("safety_officer").get("hazards.home")

    assert page.one(".focus h2").text == "2 号炉事故坑积水"
    assert page.one(".focus .btn").text == "督促整改"
    assert "1 条逾期" in stats(page)[1][0]
    assert counted(plant) == (1, 1, 0)


def test_what_was_rectified_in_time_only_waits_for_the_officers(client_of, plant, officer, ordered):
    rectified(plant, ordered, days_ago=5)

    desk = client_of("safety_officer")
    home, listed = desk.get("hazards.home"), desk.get("hazards.hazard_list", state="reinspection")
    detail = desk.get("hazards.hazard_show", hazard_id=ordered)
    assert home.select(".focus") == []
    assert stats(home) == (
        ["1 条", "0 条"],
        ["0 条逾期，0 条今天到期", "整改完成，等人核对；另有 1 条待执法复查"],
    )
    assert "没有逾期或今天到期的隐患" in home.text
    assert listed.texts("tbody .tag")[0] == "待复查"
    assert "逾期" not in listed.one("tbody").text
    assert "逾期" not in detail.one(".cluster.small").text
    assert desk.get("hazards.hazard_list", due="overdue").select("tbody") == []
    assert desk.get("hazards.hazard_list", state="rectified").select("tbody") == []


def test_the_agency_does_not_count_it_overdue_either(plant, ordered):
    rectified(plant, ordered, days_ago=5)

    assert counted(plant) == (0, 1, 0)
    assert differing(plant) == []


def test_what_was_rectified_too_late_stays_late(client_of, plant, ordered):
    rectified(plant, ordered, days_ago=1)

    desk = client_of("safety_officer")
    assert "1 条逾期" in stats(desk.get("hazards.home"))[1][0]
    assert desk.get("hazards.hazard_list", due="overdue").texts("tbody .tag")[0] == "待复查"
    assert counted(plant) == (1, 1, 0)
    assert differing(plant) == []


def test_what_the_officers_send_back_is_owed_again(client_of, plant, officer, ordered):
    rectified(plant, ordered, days_ago=5)
    returned(plant, officer, ordered)

    page = client_of("safety_officer").get("hazards.home")

    assert page.one(".focus .btn").text == "督促整改"
    assert counted(plant) == (1, 1, 0)
    assert differing(plant) == []


@pytest.mark.parametrize(("days_ago", "on_time"), [(5, 1), (1, 0), (None, 0)])
def test_the_reinspection_that_closes_it_changes_no_verdict_on_time(
    plant, officer, ordered, days_ago, on_time
):
    if days_ago is not None:
        rectified(plant, ordered, days_ago)

    close_by_reinspection(
        officer, plant.id, ordered, outcome=Outcome.ACCEPTED, words="已整改", at=now()
    )

    assert hazard_row(plant, ordered).state == "closed"
    assert counted(plant) == (0, 1, on_time)
    assert differing(plant) == []
