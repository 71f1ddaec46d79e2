from datetime import date

import pytest

from tests.factories import enterprise as make
from tests.factories.enterprise import NOW
from webapp.accounts.queries.sessions import viewer_of
from webapp.enterprise.queries.people import PeopleFilter, people, person, person_by_name
from webapp.enterprise.service.people import add_person, change_person, hand_over, leave
from webapp.platform.clock import now
from webapp.platform.errors import Invalid, NotFound, RuleBroken
from webapp.platform.paging import PageRequest

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def officer():
    return make.staff_actor(make.enterprise())


def names(officer, **asked):
    page = people(officer.scope, officer.enterprise_id, PeopleFilter(**asked), PageRequest())
    return [row.name for row in page.rows]


def test_a_person_stands_in_the_department_of_the_post(officer):
    place = make.department(officer.enterprise_id)
    post_id = make.post(officer.enterprise_id, department_id=place)

    person_id = add_person(officer, name="刘伟", phone="138 0372 0005", post_id=post_id, at=NOW)

    found = person(officer.scope, officer.enterprise_id, person_id)
    assert (found.department_name, found.post_name) == ("铸造车间", "熔炼工")
    assert (found.phone, found.masked_phone) == ("13803720005", "138****0005")
    assert found.joined_on == date(2026, 11, 24)


def test_an_unfit_number_is_refused_at_its_field(officer):
    with pytest.raises(Invalid) as refused:
        add_person(officer, name="刘伟", phone="12345", at=NOW)

    assert list(refused.value.fields) == ["phone"]


def test_a_post_of_another_enterprise_cannot_be_given(officer):
    foreign = make.post(make.enterprise())

    with pytest.raises(Invalid) as refused:
        add_person(officer, name="刘伟", post_id=foreign, at=NOW)

    assert list(refused.value.fields) == ["post_id"]


def test_handing_over_gives_the_post_to_the_successor(officer):
    post_id = make.post(officer.enterprise_id, "安全员")
    former = make.person(officer.enterprise_id, "赵建民", post_id=post_id)
    successor = make.person(officer.enterprise_id, "李红霞")

    hand_over(officer, former, to_person_id=successor, at=NOW)

    assert person(officer.scope, officer.enterprise_id, successor).post_id == post_id
    assert person(officer.scope, officer.enterprise_id, former).post_id is None


def test_handing_over_to_oneself_or_without_a_post_is_refused(officer):
    former = make.person(officer.enterprise_id, "赵建民")
    successor = make.person(officer.enterprise_id, "李红霞")

    with pytest.raises(Invalid, match="本人"):
        hand_over(officer, former, to_person_id=former, at=NOW)
    with pytest.raises(RuleBroken, match="没有岗位"):
        hand_over(officer, former, to_person_id=successor, at=NOW)


def test_one_who_left_is_kept_and_no_longer_counts(officer):
    person_id = make.person(officer.enterprise_id, "刘伟")

    leave(officer, person_id, left_on=date(2026, 11, 20), at=NOW)

    assert names(officer) == []
    assert names(officer, has_left=True) == ["刘伟"]
    assert person_by_name(officer.scope, officer.enterprise_id, "刘伟") is None
    with pytest.raises(RuleBroken, match="已离职"):
        change_person(
            officer,
            person_id,
            name="刘伟",
            phone="",
            post_id=None,
            department_id=None,
            version=2,
            at=NOW,
        )


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 11, 25)])
def test_nobody_leaves_before_joining_or_in_the_future(officer, day):
    person_id = make.person(officer.enterprise_id, "刘伟")

    with pytest.raises(Invalid) as refused:
        leave(officer, person_id, left_on=day, at=NOW)

    assert list(refused.value.fields) == ["left_on"]


def test_staff_are_found_by_part_of_name_or_number_and_by_department(officer):
    place = make.department(officer.enterprise_id)
    make.person(officer.enterprise_id, "刘伟", phone="13803720005", department_id=place)
    make.person(officer.enterprise_id, "马红梅")

    assert names(officer, text="刘") == ["刘伟"]
    assert names(officer, text="0005") == ["刘伟"]
    assert names(officer, text="%") == []
    assert names(officer, department_id=place) == ["刘伟"]
    assert names(officer, without_post=True) == ["马红梅", "刘伟"]


def test_a_name_that_two_share_names_nobody(officer):
    make.person(officer.enterprise_id, "刘伟")
    make.person(officer.enterprise_id, "刘伟")

    assert person_by_name(officer.scope, officer.enterprise_id, "刘伟") is None


def test_another_enterprises_person_is_not_found(officer):
    foreign = make.enterprise()
    person_id = make.person(foreign)

    with pytest.raises(NotFound):
        leave(officer, person_id, at=NOW)
    with pytest.raises(NotFound):
        person(officer.scope, foreign, person_id)


def test_one_who_left_no_longer_gets_in(world):
    worker = world["worker"]

    leave(world["safety_officer"].actor, worker.person_id, at=now())

    assert viewer_of(worker.token, now()) is None


def test_nobody_records_the_own_leaving(world):
    officer = world["safety_officer"]

    with pytest.raises(RuleBroken, match="自己"):
        leave(officer.actor, officer.person_id, at=now())
