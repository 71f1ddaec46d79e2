"""Members of an organisation: inviting, joining, moving, shutting out."""

from datetime import timedelta

import pytest

from tests.factories import accounts as factory
from tests.factories import enterprise as tenant
from tests.factories.accounts import PASSWORD
from tests.fixtures.actors import make_staff, make_world
from webapp.accounts.events import MemberJoined, MemberLeft
from webapp.accounts.queries.sessions import sign_in_of, viewer_of
from webapp.accounts.rules.roles import Role
from webapp.platform import bus, clock
from webapp.platform.audit import AuditEvent
from webapp.platform.database import reading
from webapp.platform.tenancy import SYSTEM


def actions(chain):
    with reading(SYSTEM) as session:
        rows = session.query(AuditEvent).filter_by(chain=chain).order_by(AuditEvent.position)
        return [row.action for row in rows]


@pytest.fixture
def heard():
    """Every event of members joining and leaving."""
    events = []

    def listen(_work, event):
        events.append(event)

    bus.subscribe(MemberJoined, listen)
    bus.subscribe(MemberLeft, listen)
    yield events
    bus._subscribers[MemberJoined].remove(listen)
    bus._subscribers[MemberLeft].remove(listen)


def link_of(page):
    return page.one("p.code").text.removeprefix("http://127.0.0.1:8000")


def invited(browser, **form):
    form = {"name": "李小红", "phone": "13700000001", "role": "worker", **form}
    return browser.post("accounts.invitation_create", **form)


def test_a_link_makes_its_holder_a_member_once(client_of, as_, world, heard):
    browser = client_of("safety_officer")
    person_id = tenant.person(world.enterprise_id, "李小红")
    path = link_of(browser.follow(invited(browser, person_id=person_id)))
    guest = as_(None)
    page = guest.get(path)
    assert page.one("#login").get("value") == "13700000001"

    login = factory.make_user().login + "x"
    joined = guest.post(path, login=login, password=PASSWORD, again=PASSWORD)

    assert joined.location == "/"
    assert "岗位员工" in guest.get("accounts.me").text
    assert as_(None).get(path).status == 404
    event = heard[-1]
    assert (event.enterprise_id, event.person_id) == (world.enterprise_id, person_id)
    assert (event.role, event.name, event.phone) == ("worker", "李小红", "13700000001")
    assert actions(world.enterprise_id)[-4:] == [
        "member.invited",
        "member.joined",
        "invitation.accepted",
        "session.opened",
    ]


def test_a_link_lets_the_holder_of_an_account_join_one_more_organisation(client_of, as_, world):
    browser = client_of("agency_leader")
    path = link_of(browser.follow(invited(browser, role="inspector")))
    worker = world["worker"]
    guest = as_(None)
    assert guest.get(path).select("a[href^='/login?next=/join/']")

    signed_in = as_(worker)
    assert f"您已用账号 {worker.login}" in signed_in.get(path).text
    answer = signed_in.post(f"{path}/own")

    assert answer.location == "/login/organisation"
    assert len(signed_in.follow(answer).select("button[name=membership_id]")) == 2


def test_a_member_does_not_join_twice(client_of, as_, world):
    browser = client_of("safety_officer")
    path = link_of(browser.follow(invited(browser)))

    answer = as_(world["worker"]).post(f"{path}/own")

    assert answer.status == 422
    assert answer.errors == ["此人已经是本单位成员，不用重复加入。"]


def test_a_taken_login_is_refused_at_its_field_and_leaves_the_link_open(client_of, as_, world):
    browser = client_of("safety_officer")
    path = link_of(browser.follow(invited(browser)))
    guest = as_(None)

    form = {"password": PASSWORD, "again": PASSWORD}
    answer = guest.post(path, login=world["principal"].login, **form)

    assert "这个账号已有人使用" in answer.one("#login-error").text
    assert guest.get(path).status == 200


def test_an_expired_or_revoked_link_opens_nothing(client_of, as_, world):
    week_ago = clock.now() - timedelta(days=7)
    _, old = factory.make_invitation(
        world["principal"].user_id, enterprise_id=world.enterprise_id, at=week_ago
    )
    invitation, token = factory.make_invitation(
        world["principal"].user_id, enterprise_id=world.enterprise_id, at=clock.now()
    )
    client_of("principal").post("accounts.invitation_revoke", invitation_id=invitation.id)

    assert as_(None).get("accounts.joining", token=old).status == 404
    assert as_(None).get("accounts.joining", token=token).status == 404
    assert as_(None).get("accounts.joining", token="x" * 400).status == 404


def test_a_link_is_shown_to_the_browser_that_made_it_only(client_of):
    browser = client_of("safety_officer")
    address = invited(browser).location

    assert browser.get(address).select("svg.qr")
    other = client_of("principal").get(address)
    assert other.status == 200
    assert not other.select("svg.qr, p.code")


def test_an_invitation_is_filled_from_the_staff_record(client_of, world):
    page = client_of("safety_officer").get(
        "accounts.invitation_new", person=world["team_leader"].person_id
    )

    assert page.one("#name").get("value") == "马国强"


def test_a_staff_record_of_another_enterprise_cannot_be_named(client_of, world):
    foreign = make_world()["worker"].person_id

    answer = invited(client_of("safety_officer"), person_id=foreign)

    assert answer.status == 422
    assert answer.errors == ["人员：没有这名在职人员，请从人员名单重新选择。"]


def test_a_safety_officer_cannot_make_a_principal(client_of, world):
    browser = client_of("safety_officer")

    assert invited(browser, role="principal").status == 422
    answer = browser.post(
        "accounts.member_role", membership_id=world["worker"].membership_id, role="principal"
    )

    assert answer.status == 422
    assert viewer_of(world["worker"].token, clock.now()).role is Role.WORKER


@pytest.mark.parametrize(
    "endpoint", ["member_suspend", "member_end", "member_reset", "member_role"]
)
def test_a_safety_officer_cannot_touch_the_principal(client_of, world, endpoint):
    answer = client_of("safety_officer").post(
        f"accounts.{endpoint}", membership_id=world["principal"].membership_id, role="worker"
    )

    assert answer.status == 422
    assert "您不能调整主要负责人的账号" in answer.text
    assert viewer_of(world["principal"].token, clock.now()) is not None


def test_another_role_counts_from_the_next_request_on(client_of, world):
    client_of("principal").post(
        "accounts.member_role", membership_id=world["worker"].membership_id, role="department_head"
    )

    assert viewer_of(world["worker"].token, clock.now()).role is Role.DEPARTMENT_HEAD


def test_a_suspended_member_is_out_at_once_and_comes_back_when_resumed(client_of, world):
    leader, worker = client_of("principal"), client_of("worker")
    membership_id = world["worker"].membership_id

    leader.post("accounts.member_suspend", membership_id=membership_id)
    assert worker.get("accounts.me").status == 303

    leader.post("accounts.member_resume", membership_id=membership_id)
    assert viewer_of(world["worker"].token, clock.now()) is not None


def test_a_member_who_left_is_out_at_once_and_can_be_invited_anew(client_of, as_, world, heard):
    leader = client_of("principal")
    leader.post("accounts.member_end", membership_id=world["worker"].membership_id)

    assert viewer_of(world["worker"].token, clock.now()) is None
    assert heard[-1].person_id == world["worker"].person_id
    path = link_of(leader.follow(invited(leader)))
    guest = as_(None)
    guest.post("accounts.login_submit", login=world["worker"].login, password=PASSWORD)
    assert guest.post(f"{path}/own").location == "/login/organisation"


def test_nobody_shuts_themselves_out(client_of, world):
    answer = client_of("principal").post(
        "accounts.member_suspend", membership_id=world["principal"].membership_id
    )

    assert answer.errors == ["不能停用或移出自己，请由其他管理人员操作。"]


def test_the_last_leader_of_an_agency_keeps_the_role(client_of, world):
    leader = world["agency_leader"]
    answer = client_of("operator").post(
        "accounts.member_role", membership_id=leader.membership_id, role="inspector"
    )

    assert answer.errors == ["本单位至少要保留一名分管领导账号。"]


def test_a_reset_gives_a_temporary_password_once_and_ends_every_sign_in(client_of, as_, world):
    worker = world["worker"]
    page = client_of("safety_officer").post(
        "accounts.member_reset", membership_id=worker.membership_id
    )
    password = page.select(".facts dd")[1].text

    assert sign_in_of(worker.token, clock.now()) is None
    guest = as_(None)
    answer = guest.post("accounts.login_submit", login=worker.login, password=password)
    assert answer.location == "/me/password"


def test_an_account_that_also_serves_another_organisation_is_reset_by_the_operator(
    client_of, world
):
    worker = world["worker"]
    factory.make_membership(worker.user_id, "inspector", agency_id=world.agency_id)
    place = {"membership_id": worker.membership_id}

    refused = client_of("principal").post("accounts.member_reset", **place)
    allowed = client_of("operator").post("accounts.member_reset", **place)

    assert refused.errors == ["该账号还加入了其他单位，为防越权，请联系平台运维重置。"]
    assert allowed.status == 200


@pytest.mark.parametrize(
    "endpoint",
    ["member_suspend", "member_resume", "member_end", "member_reset", "member_role"],
)
def test_members_of_another_tenant_do_not_exist(client_of, world, endpoint):
    foreign = make_world()["worker"]

    answer = client_of("principal").post(
        f"accounts.{endpoint}", membership_id=foreign.membership_id, role="worker"
    )

    assert answer.status == 404
    assert viewer_of(foreign.token, clock.now()) is not None


def test_the_list_is_narrowed_paged_and_bounded(client_of, world):
    for number in range(25):
        user = factory.make_user(name=f"张三{number:02d}", phone=f"139{number:08d}")
        factory.make_membership(user.id, "worker", enterprise_id=world.enterprise_id)
    browser = client_of("principal")

    names = browser.get("accounts.member_list", q="张三", page=2).texts("tbody th")
    by_phone = browser.get("accounts.member_list", q="13900000007").texts("tbody th")

    assert len(names) == 5
    assert by_phone == ["张三07"]
    assert browser.get("accounts.member_list", q="%").texts("tbody th") == []
    roles = browser.get("accounts.member_list", role="principal", state="bogus")
    assert roles.texts("tbody th") == ["周洪涛"]


def test_the_operator_enters_an_agency_and_invites_its_leader(client_of, as_):
    browser = client_of("operator")
    name = f"内黄县应急管理局{factory.new_token()[:6]}"
    form = {
        "name": name,
        "region_code": "410527",
        "document_prefix": "内",
        "reconsideration_organ": "内黄县人民政府",
        "court": "内黄县人民法院",
    }

    made = browser.post("accounts.agency_create", **form)
    again = browser.post("accounts.agency_create", **form)
    agency = browser.follow(made)
    invitation = agency.one(".page-head a.btn")["href"]
    browser.get(invitation)
    link = browser.post(invitation, name="郭志明", phone="", role="agency_leader")

    assert "已有同名机关" in again.one("#name-error").text
    assert "河南省安阳市内黄县" in agency.text
    assert f"加入{name}" in as_(None).get(link_of(browser.follow(link))).one("h1").text


def test_two_agencies_of_a_city_do_not_number_their_papers_alike(client_of):
    browser = client_of("operator")
    form = {"reconsideration_organ": "汤阴县人民政府", "court": "汤阴县人民法院"}

    def entered(region_code, prefix):
        name = f"应急管理局{factory.new_token()[:6]}"
        return name, browser.post(
            "accounts.agency_create",
            name=name,
            region_code=region_code,
            document_prefix=prefix,
            **form,
        )

    name, first = entered("410523", "汤阴")
    _, second = entered("410523100", "汤阴")
    _, elsewhere = entered("41", "汤阴")

    assert (first.status, elsewhere.status) == (303, 303)
    assert f"“汤阴”已由{name}使用" in second.one("#document_prefix-error").text


def test_the_table_of_roles_says_how_far_each_reaches(client_of):
    page = client_of("safety_officer").get("accounts.role_list")

    rows = {
        row.one("th").text: [cell.text for cell in row.select("td")]
        for row in page.select("tbody tr")
    }
    assert rows["签发、发布风险清单"] == ["本单位", "", "", "", "", ""]
    assert rows["整改隐患"] == ["本单位", "本单位", "本部门", "本班组", "本人", ""]


def test_while_nobody_is_the_principal_the_safety_officer_may_invite_one(app, as_, db):
    enterprise_id = tenant.enterprise()
    officer = make_staff(enterprise_id, Role.SAFETY_OFFICER)

    first = as_(officer).get("accounts.invitation_new").texts("select[name=role] option")
    make_staff(enterprise_id, Role.PRINCIPAL)
    later = as_(officer).get("accounts.invitation_new").texts("select[name=role] option")

    assert Role.PRINCIPAL.words in first
    assert Role.PRINCIPAL.words not in later
