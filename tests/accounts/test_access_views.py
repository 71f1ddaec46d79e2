from datetime import timedelta

import pytest

from tests.factories import accounts as factory
from tests.fixtures.actors import make_world
from webapp.accounts.queries.sessions import viewer_of
from webapp.platform import clock


def test_a_stranger_is_led_to_the_login_page_and_back_again(client_of):
    answer = client_of("public").get("accounts.me")

    assert (answer.status, answer.location) == (303, "/login?next=/me")


def test_everyone_sees_their_own_account(client_of, world):
    for role in world.accounts:
        assert client_of(role).get("accounts.me").status == 200


def test_a_script_without_a_sign_in_is_told_so_in_json(client_of):
    answer = client_of("public").get("accounts.me", headers={"Accept": "application/json"})

    assert answer.status == 401
    assert answer.json["error"]["message"] == "登录已失效，请重新登录。"


def test_a_viewer_carries_the_names_of_person_and_organisation(world):
    viewer = viewer_of(world["worker"].token, clock.now())

    assert viewer.name == "刘伟"
    assert viewer.role_word == "岗位员工"
    assert viewer.enterprise_id == world.enterprise_id
    assert viewer.department_id == world.team_id
    assert viewer.post_id == world["worker"].post_id


def test_an_expired_sign_in_opens_nothing(world, as_, db):
    now = clock.now()
    worker = world["worker"]
    token = factory.make_session(worker.user_id, worker.membership_id, expires_at=now)

    assert viewer_of(token, now) is None
    assert viewer_of(token, now - timedelta(seconds=1)) is not None


OF_AN_ENTERPRISE = (
    "enterprise.file_show",
    "risks.ledger",
    "hazards.hazard_list",
    "hazards.plan_list",
    "scoring.score",
)


@pytest.mark.parametrize("endpoint", OF_AN_ENTERPRISE)
def test_one_door_decides_whose_records_a_page_is_about(world, as_, client_of, endpoint):
    here = {"enterprise_id": world.enterprise_id}
    abroad = make_world(county="410503", township="410503001")

    assert client_of("safety_officer").get(endpoint).status == 200
    assert client_of("safety_officer").get(endpoint, **here).status == 200
    assert client_of("inspector").get(endpoint, **here).status == 200
    assert as_(abroad["safety_officer"]).get(endpoint, **here).status == 404
    assert as_(abroad["inspector"]).get(endpoint, **here).status == 404


def test_an_officer_who_names_no_enterprise_is_told_to_choose_one(client_of):
    page = client_of("inspector").get("hazards.hazard_list")

    assert page.status == 404
    assert "请先从企业名单中选择一家企业。" in page.text
