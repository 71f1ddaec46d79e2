"""An account and the staff record it stands for: named when inviting, or afterwards."""

import pytest

from tests.factories import accounts as factory
from tests.factories import enterprise as tenant
from tests.factories.accounts import PASSWORD
from webapp.accounts.queries.members import members
from webapp.enterprise.queries.people import person as staff_record

CHOOSE = "人员名单：人员名单里有同名的人，请确认是不是本人。"
NAME = "何明"


@pytest.fixture
def roster(world):
    """A founder on the staff list with a post, without an account."""
    return tenant.person(
        world.enterprise_id,
        NAME,
        post_id=world["worker"].post_id,
        department_id=world.team_id,
        phone="13700000009",
    )


def invite(browser, **form):
    form = {"name": NAME, "phone": "13700000009", "role": "worker", **form}
    return browser.post("accounts.invitation_create", **form)


def join(as_, browser, answer):
    """Follow the link of an invitation as somebody new."""
    path = browser.follow(answer).one("p.code").text.removeprefix("http://127.0.0.1:8000")
    guest = as_(None)
    login = factory.make_user().login + "x"
    assert guest.post(path, login=login, password=PASSWORD, again=PASSWORD).location == "/"
    return guest


def record(world, person_id):
    return staff_record(world["principal"].actor.scope, world.enterprise_id, person_id)


def unlinked(world, name=NAME, role="worker"):
    """A member of that name who joined by a link that named no staff record."""
    user = factory.make_user(name=name)
    return factory.make_membership(user.id, role, enterprise_id=world.enterprise_id)


def test_inviting_someone_of_the_staff_by_name_asks_whether_it_is_them(
    client_of, as_, world, roster
):
    browser = client_of("safety_officer")

    asked = invite(browser)

    assert asked.status == 422
    assert asked.errors == [CHOOSE]
    assert [o.text for o in asked.select("#namesake option")] == [
        "何明 · 熔炼工 · 尾号 0009",
        "都不是，此人不在人员名单里",
    ]
    guest = join(as_, browser, invite(browser, namesake=str(roster)))
    assert "您还没有岗位" not in guest.get("hazards.today").text
    mine = guest.get("enterprise.responsibilities_mine")
    assert (mine.status, "对应到人员" in mine.text) == (200, False)
    assert record(world, roster).user_id is not None


def test_someone_of_the_same_name_who_is_not_on_the_list_joins_without_a_record(
    client_of, as_, world, roster
):
    browser = client_of("safety_officer")

    answer = invite(browser, namesake="none")

    assert "加入后没有岗位" in browser.follow(answer).text
    guest = join(as_, browser, answer)
    assert "还没有对应到人员" in guest.get("hazards.today").text
    assert "还没有对应到人员" in guest.get("enterprise.responsibilities_mine").text
    assert record(world, roster).user_id is None


def test_a_member_who_joined_without_a_record_is_linked_later(client_of, as_, world, roster):
    browser = client_of("safety_officer")
    member = unlinked(world)
    address = f"/members/{member.id}"
    assert "未关联人员" in browser.get("accounts.member_list", q=NAME).text
    link = browser.get("enterprise.person_show", person_id=roster).one(f"a[href^='{address}']")
    assert browser.get(link["href"]).one("#person_id option[selected]")["value"] == str(roster)

    answer = browser.post("accounts.member_link", membership_id=member.id, person_id=roster)

    assert answer.location == address
    assert record(world, roster).user_id == member.user_id
    shown = browser.get("enterprise.person_show", person_id=roster)
    assert not shown.select(f"a[href^='{address}']")
    assert "已开通" in shown.text


def test_a_principal_who_joined_without_a_record_is_linked_by_the_safety_officer(client_of, world):
    principal, browser = unlinked(world, "周远", "principal"), client_of("safety_officer")
    person_id = tenant.person(world.enterprise_id, "周远")

    browser.post("accounts.member_link", membership_id=principal.id, person_id=person_id)

    assert record(world, person_id).user_id == principal.user_id


def test_a_member_linked_to_the_wrong_person_is_moved_to_the_right_one(client_of, world, roster):
    browser, member = client_of("safety_officer"), unlinked(world)
    wrong = tenant.person(world.enterprise_id, "何明亮")
    browser.post("accounts.member_link", membership_id=member.id, person_id=wrong)

    browser.post("accounts.member_link", membership_id=member.id, person_id=roster)

    assert record(world, wrong).user_id is None
    assert record(world, roster).user_id == member.user_id


def test_an_invitation_from_the_person_page_links_the_account_that_is_a_member_already(
    client_of, as_, world, roster
):
    browser = client_of("safety_officer")
    guest = join(as_, browser, invite(browser, namesake="none"))
    again = browser.follow(invite(browser, person_id=roster))

    path = again.one("p.code").text.removeprefix("http://127.0.0.1:8000")
    answer = guest.post(f"{path}/own")

    assert answer.location == "/login/organisation"
    assert record(world, roster).user_id is not None
    scope = world["principal"].actor.scope
    assert [row.person_id for row in members(scope).rows if row.name == NAME] == [roster]


def test_a_person_with_an_account_is_neither_invited_nor_linked_again(client_of, world):
    browser, taken = client_of("safety_officer"), world["worker"].person_id

    assert "已经有账号" in invite(browser, person_id=taken).errors[0]
    answer = browser.post("accounts.member_link", membership_id=unlinked(world).id, person_id=taken)

    assert answer.status == 422
    assert "已经有账号" in answer.errors[0]


def test_nobody_is_linked_where_nobody_is_chosen(client_of, world, roster):
    answer = client_of("safety_officer").post(
        "accounts.member_link", membership_id=unlinked(world).id, person_id=""
    )

    assert answer.errors == ["人员：请选择人员。"]


def test_who_was_moved_out_and_is_still_on_the_staff_can_be_invited_again(client_of, world, roster):
    browser, member = client_of("principal"), unlinked(world)
    browser.post("accounts.member_link", membership_id=member.id, person_id=roster)

    browser.post("accounts.member_end", membership_id=member.id)

    page = browser.get("enterprise.person_show", person_id=roster)
    assert page.select(f"a[href='/members/invitations/new?person={roster}']")
