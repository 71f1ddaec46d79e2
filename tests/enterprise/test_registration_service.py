from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.factories import enterprise as make
from tests.factories.accounts import make_agency, make_user
from tests.factories.enterprise import NOW
from webapp.accounts.models.memberships import Membership
from webapp.accounts.rules.roles import Role
from webapp.enterprise.events import EnterpriseApproved, EnterpriseMoved
from webapp.enterprise.queries.applications import application_state
from webapp.enterprise.queries.code import printed_code
from webapp.enterprise.queries.enterprises import EnterpriseFilter, enterprises
from webapp.enterprise.queries.organisation import posts
from webapp.enterprise.queries.people import staff
from webapp.enterprise.queries.profile import former_profiles, profile
from webapp.enterprise.rules.registration import Application, RegistrationState
from webapp.enterprise.service.registration import Applicant, amend, apply, approve, reject
from webapp.platform import bus
from webapp.platform.audit import AuditEvent
from webapp.platform.database import reading
from webapp.platform.errors import Conflict, Invalid, NotFound, RuleBroken
from webapp.platform.paging import PageRequest
from webapp.platform.tenancy import (
    SYSTEM,
    Actor,
    enterprise_scope,
    officer_scope,
    system_actor,
)

pytestmark = pytest.mark.usefixtures("app", "db")

ANYONE = system_actor("registration")
TOWN, NEXT_TOWN, OTHER_COUNTY = "410502001", "410502002", "410503001"


def application(**changes: object) -> Application:
    return replace(
        Application(
            uscc=make.uscc(),
            name="安阳洹丰精密铸造有限公司",
            region_code=TOWN,
            industry_code="33",
            scale="small",
            employees=236,
            address="文峰大道东段 18 号",
            legal_representative="周洪涛",
            principal_name="周洪涛",
            principal_phone="138 0372 0001",
            safety_officer_name="赵建民",
            safety_officer_phone="0372-5112345",
            supervision_categories=("metal_smelting", "machinery"),
        ),
        **changes,
    )


def applicant(role: Role = Role.SAFETY_OFFICER) -> Applicant:
    """Someone who has an account already: hashing a password is as slow as it must be."""
    return Applicant(role, user_id=make_user().id)


def newcomer() -> Applicant:
    return Applicant(
        Role.SAFETY_OFFICER, login=f"u{uuid4().hex[:10]}", password="洹水安阳名不虚 2026"
    )


def officer_of(region: str) -> Actor:
    scope = officer_scope(make_agency(region_code=region).id, region)
    return Actor(uuid4(), "王监管", Role.REGULATOR.value, scope)


@pytest.fixture
def county():
    return officer_of("410502")


def actions_on(chain):
    with reading(SYSTEM) as session:
        rows = session.execute(
            select(AuditEvent.action).where(AuditEvent.chain == chain).order_by(AuditEvent.position)
        )
        return list(rows.scalars())


def test_an_application_waits_in_the_county_where_it_lies(county):
    enterprise_id = apply(ANYONE, application(), applicant=applicant(), at=NOW)

    found = profile(county.scope, enterprise_id)

    assert (found.state, found.region_name) == (RegistrationState.APPLIED, "文峰区东大街街道")


def test_the_code_and_phones_are_kept_in_their_one_form():
    given = application()
    typed = replace(given, uscc=f" {given.uscc[:2]} {given.uscc[2:].lower()}")

    enterprise_id = apply(ANYONE, typed, applicant=applicant(), at=NOW)

    found = profile(SYSTEM, enterprise_id)
    assert (found.uscc, found.principal_phone) == (given.uscc, "13803720001")


def test_everything_wrong_is_said_at_once_each_at_its_field():
    with pytest.raises(Invalid) as refused:
        apply(
            ANYONE,
            application(uscc="91410502MA3X000100", name="", employees=0),
            applicant=applicant(),
            at=NOW,
        )

    assert set(refused.value.fields) == {"uscc", "name", "employees"}


@pytest.mark.parametrize(("is_approved", "words"), [(False, "正在审核"), (True, "已经入驻")])
def test_a_code_that_is_known_is_refused_in_words(county, is_approved, words):
    given = application()
    enterprise_id = apply(ANYONE, given, applicant=applicant(), at=NOW)
    if is_approved:
        approve(county, enterprise_id, at=NOW)

    with pytest.raises(Invalid, match=words) as refused:
        apply(ANYONE, given, applicant=applicant(), at=NOW)

    assert list(refused.value.fields) == ["uscc"]


def test_the_same_submission_twice_is_one_application():
    given, who, key = application(), applicant(), uuid4()

    first = apply(ANYONE, given, applicant=who, key=key, at=NOW)
    second = apply(ANYONE, given, applicant=who, key=key, at=NOW)

    assert first == second


def test_a_taken_login_is_refused_and_nothing_is_left():
    who, given = newcomer(), application()
    apply(ANYONE, application(), applicant=who, at=NOW)

    with pytest.raises(Invalid) as refused:
        apply(ANYONE, given, applicant=who, at=NOW)

    assert list(refused.value.fields) == ["login"]
    assert application_state(given.uscc, given.principal_phone) is None


def test_approval_opens_everything_at_once(county):
    heard = []
    bus.subscribe(EnterpriseApproved, lambda _work, event: heard.append(event.enterprise_id))
    enterprise_id = apply(ANYONE, application(), applicant=applicant(), at=NOW)

    approve(county, enterprise_id, at=NOW)

    own = enterprise_scope(enterprise_id)
    assert profile(own, enterprise_id).state is RegistrationState.APPROVED
    assert [(row.name, row.holders) for row in posts(own, enterprise_id)] == [
        ("主要负责人", ("周洪涛",)),
        ("安全管理人员", ("赵建民",)),
    ]
    assert len(printed_code(own, enterprise_id).token) == 36
    assert heard == [enterprise_id]
    assert set(actions_on(enterprise_id)) == {
        "enterprise.approved",
        "code.issued",
        "member.joined",
    }
    assert "enterprise.approved" in actions_on(county.scope.chain)


def test_the_applicant_becomes_a_member_with_a_staff_record(county):
    enterprise_id = apply(ANYONE, application(), applicant=applicant(Role.PRINCIPAL), at=NOW)

    approve(county, enterprise_id, at=NOW)

    with reading(SYSTEM) as session:
        member = session.execute(
            select(Membership).where(Membership.enterprise_id == enterprise_id)
        ).scalar_one()
    person = next(row for row in staff(SYSTEM, enterprise_id) if row.name == "周洪涛")
    assert (member.role, member.person_id) == ("principal", person.id)
    assert person.user_id == member.user_id


def test_one_who_is_principal_and_safety_officer_is_one_person(county):
    both = application(safety_officer_name="周洪涛", safety_officer_phone="13803720001")
    enterprise_id = apply(ANYONE, both, applicant=applicant(), at=NOW)

    approve(county, enterprise_id, at=NOW)

    assert [row.name for row in staff(SYSTEM, enterprise_id)] == ["周洪涛"]


def test_approving_again_changes_nothing(county):
    enterprise_id = apply(ANYONE, application(), applicant=applicant(), at=NOW)
    approve(county, enterprise_id, at=NOW)
    token = printed_code(SYSTEM, enterprise_id).token
    before = actions_on(enterprise_id)

    approve(county, enterprise_id, at=NOW + timedelta(minutes=1))

    assert printed_code(SYSTEM, enterprise_id).token == token
    assert actions_on(enterprise_id) == before


def test_the_city_may_decide_too():
    enterprise_id = apply(ANYONE, application(), applicant=applicant(), at=NOW)

    approve(officer_of("4105"), enterprise_id, at=NOW)

    assert profile(SYSTEM, enterprise_id).state is RegistrationState.APPROVED


def test_a_neighbour_county_does_not_even_see_it():
    enterprise_id = apply(ANYONE, application(), applicant=applicant(), at=NOW)

    with pytest.raises(NotFound):
        approve(officer_of("410503"), enterprise_id, at=NOW)


def test_a_township_sees_it_and_may_not_decide():
    enterprise_id = apply(ANYONE, application(), applicant=applicant(), at=NOW)

    with pytest.raises(RuleBroken, match="应急管理局审核"):
        approve(officer_of(TOWN), enterprise_id, at=NOW)


def test_a_rejection_tells_its_reason_to_the_applicant(county):
    given = application()
    enterprise_id = apply(ANYONE, given, applicant=applicant(), at=NOW)

    with pytest.raises(Invalid, match="原因"):
        reject(county, enterprise_id, remark=" ", at=NOW)
    reject(county, enterprise_id, remark="地址与营业执照不一致", at=NOW)

    told = application_state(given.uscc, "13803720001")
    assert told is not None
    assert (told.state, told.remark) == (RegistrationState.REJECTED, "地址与营业执照不一致")
    assert application_state(given.uscc, "13803729999") is None


def test_a_rejected_enterprise_applies_again_with_the_same_account(county):
    given, who = application(), newcomer()
    first = apply(ANYONE, given, applicant=who, at=NOW)
    reject(county, first, remark="地址不详", at=NOW)

    again = apply(ANYONE, replace(given, address="文峰大道 1 号院"), applicant=who, at=NOW)
    approve(county, again, at=NOW)

    assert again == first
    assert profile(SYSTEM, first).address == "文峰大道 1 号院"


def test_applying_again_with_that_account_asks_for_its_password(county):
    given, who = application(), newcomer()
    reject(county, apply(ANYONE, given, applicant=who, at=NOW), remark="地址不详", at=NOW)

    with pytest.raises(Invalid) as refused:
        apply(ANYONE, given, applicant=replace(who, password="猜一个别人的密码"), at=NOW)

    assert list(refused.value.fields) == ["password"]


@pytest.fixture
def management(county):
    enterprise_id = apply(ANYONE, application(), applicant=applicant(), at=NOW)
    approve(county, enterprise_id, at=NOW)
    return make.staff_actor(enterprise_id)


def test_an_amendment_keeps_what_was_said_before(management):
    before = profile(management.scope, management.enterprise_id)

    amend(management, replace(before.application, employees=240), version=before.version, at=NOW)

    after = profile(management.scope, management.enterprise_id)
    former = former_profiles(management.scope, management.enterprise_id)
    assert (after.employees, after.version) == (240, before.version + 1)
    assert [row.profile["employees"] for row in former] == [236]


def test_the_second_of_two_amendments_is_told(management):
    before = profile(management.scope, management.enterprise_id)
    amend(management, replace(before.application, employees=240), version=before.version, at=NOW)

    with pytest.raises(Conflict):
        amend(
            management, replace(before.application, employees=250), version=before.version, at=NOW
        )


def test_a_move_within_the_county_is_told_to_the_floors_above(management):
    heard = []
    bus.subscribe(EnterpriseMoved, lambda _work, event: heard.append(event))
    before = profile(management.scope, management.enterprise_id)

    moved = replace(before.application, region_code=NEXT_TOWN)
    amend(management, moved, version=before.version, at=NOW)

    assert [(event.old_region, event.new_region) for event in heard] == [(TOWN, NEXT_TOWN)]


def test_a_move_to_another_county_is_refused(management):
    before = profile(management.scope, management.enterprise_id)

    with pytest.raises(Invalid, match="跨县"):
        amend(
            management,
            replace(before.application, region_code=OTHER_COUNTY),
            version=before.version,
            at=NOW,
        )


@pytest.mark.usefixtures("own_database")
@pytest.mark.parametrize("text", ["洹丰精密", "ayhfjm", "anyanghuanfeng", "MA"])
def test_an_enterprise_is_found_by_name_code_and_pinyin(county, management, text):
    found = enterprises(county.scope, EnterpriseFilter(text=text), PageRequest(size=100))

    assert management.enterprise_id in {row.id for row in found.rows}


@pytest.mark.usefixtures("own_database")
def test_a_list_holds_only_the_region_and_the_category_asked_for(county, management):
    def ids(**asked: str):
        rows = enterprises(county.scope, EnterpriseFilter(**asked), PageRequest(size=100)).rows
        return {row.id for row in rows}

    assert management.enterprise_id in ids(region=TOWN, category="machinery")
    assert management.enterprise_id not in ids(region=NEXT_TOWN)
    assert management.enterprise_id not in ids(category="tobacco")
    assert ids(region=OTHER_COUNTY) == set()
