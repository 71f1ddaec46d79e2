from uuid import uuid4

import pytest

from tests.factories import enterprise as make
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.enterprise import NOW
from tests.fixtures.actors import make_world
from webapp.accounts.rules.roles import Role
from webapp.enterprise.queries.applications import application_state
from webapp.enterprise.queries.profile import profile
from webapp.enterprise.rules.registration import Application, RegistrationState
from webapp.enterprise.service.registration import Applicant, apply
from webapp.platform.tenancy import SYSTEM, system_actor


def answers(**changes: object) -> dict[str, object]:
    return {
        "uscc": make.uscc(),
        "name": "安阳洹丰精密铸造有限公司",
        "region_code": "410502001",
        "address": "文峰大道东段 18 号",
        "industry_code": "33",
        "supervision_categories": ["metal_smelting", "machinery"],
        "scale": "small",
        "employees": "236",
        "legal_representative": "周洪涛",
        "principal_name": "周洪涛",
        "principal_phone": "13803720001",
        "safety_officer_name": "赵建民",
        "safety_officer_phone": "0372-5112345",
        **changes,
    }


def account(**changes: str) -> dict[str, str]:
    password = "洹水安阳名不虚 2026"
    login = f"u{uuid4().hex[:10]}"
    return {
        "role": "principal",
        "login": login,
        "password": password,
        "again": password,
        **changes,
    }


@pytest.fixture
def stranger(client_of):
    return client_of("public")


@pytest.fixture
def applicant(world):
    return make_user()


@pytest.fixture
def waiting(applicant):
    typed = answers()
    categories = tuple(typed.pop("supervision_categories"))
    record = Application(**{**typed, "employees": 236}, supervision_categories=categories)
    who = Applicant(Role.PRINCIPAL, user_id=applicant.id)
    return apply(system_actor("test"), record, applicant=who, at=NOW)


def test_an_application_is_filled_checked_and_sent(stranger):
    typed = answers()

    checked = stranger.follow(stranger.post("enterprise.registration_apply_check", **typed))
    key = checked.one("input[name=key]")["value"]
    sent = stranger.post("enterprise.registration_submit", **account(key=key))
    done = stranger.follow(sent)

    assert "河南省安阳市文峰区东大街街道" in checked.text
    assert "金属冶炼、机械" in checked.text
    assert "已收到您的申请" in done.text
    found = application_state(str(typed["uscc"]), "13803720001")
    assert found.state is RegistrationState.APPLIED


def test_each_answer_can_be_changed_and_keeps_what_was_typed(stranger):
    checked = stranger.follow(stranger.post("enterprise.registration_apply_check", **answers()))

    links = {link["href"].partition("#")[2] for link in checked.select(".answers a")}
    again = stranger.get("enterprise.registration_apply")

    assert "address" in links
    assert len(links) == 13
    assert again.one("#address")["value"] == "文峰大道东段 18 号"
    assert again.one("#region_code option[selected]")["value"] == "410502001"


def test_everything_wrong_is_listed_with_a_way_to_each_field(stranger):
    refused = stranger.post(
        "enterprise.registration_apply_check",
        **answers(uscc="91410502MA3X000100", employees="很多", region_code="", scale=None),
    )

    assert refused.status == 422
    assert refused.errors == [
        "统一社会信用代码：统一社会信用代码校验不通过，请核对是否有错位或看错的字符。",
        "所在乡镇（街道）：请选择所在的乡镇（街道）。",
        "企业规模：请选择企业规模。",
        "从业人数：从业人数应为 1 以上的整数。",
    ]
    assert refused.one("#name")["value"] == "安阳洹丰精密铸造有限公司"


def test_a_code_that_moved_in_already_is_told_at_the_first_step(stranger, world):
    known = profile(SYSTEM, world.enterprise_id).uscc

    refused = stranger.post("enterprise.registration_apply_check", **answers(uscc=known))

    assert refused.errors == [
        "统一社会信用代码：这家企业已经入驻，请联系本单位安全管理人员邀请您加入。"
    ]


def test_two_different_passwords_are_refused_and_nothing_is_sent(stranger):
    typed = answers()
    stranger.post("enterprise.registration_apply_check", **typed)

    refused = stranger.post("enterprise.registration_submit", **account(again="另一个密码"))

    assert refused.errors == ["再输一遍密码：两次输入的密码不一样。"]
    assert application_state(str(typed["uscc"]), "13803720001") is None


def test_checking_without_answers_leads_back_to_the_form(stranger):
    answer = stranger.get("enterprise.registration_check")

    assert (answer.status, answer.location) == (303, "/apply")


def test_someone_signed_in_applies_for_a_further_enterprise_without_a_new_account(client_of):
    member = client_of("principal")
    typed = answers()

    checked = member.follow(member.post("enterprise.registration_apply_check", **typed))
    sent = member.post("enterprise.registration_submit", role="principal", key=str(uuid4()))

    assert checked.select("#login") == []
    assert sent.status == 303
    assert application_state(str(typed["uscc"]), "13803720001") is not None


def test_progress_is_told_to_who_knows_a_number_of_the_application(stranger, waiting):
    code = profile(SYSTEM, waiting).uscc

    known = stranger.post("enterprise.registration_progress_show", uscc=code, phone="13803720001")
    guess = stranger.post("enterprise.registration_progress_show", uscc=code, phone="13900000000")

    assert "待审核" in known.text
    assert "没有查到" in guess.text
    assert "洹丰" not in guess.text


def test_an_applicant_who_signs_in_reads_where_the_application_stands(
    stranger, client_of, waiting, applicant
):
    answer = stranger.post("accounts.login_submit", login=applicant.login, password=PASSWORD)
    while answer.location:
        answer = stranger.get(answer.location)
    client_of("regulator").post(
        "enterprise.registration_reject", enterprise_id=waiting, remark="地址不详"
    )
    after = stranger.get("enterprise.registration_own")

    assert "待审核" in answer.text
    assert "地址不详" in after.text
    assert after.one("a.btn--primary")["href"] == "/apply"


def test_the_county_sees_and_approves_an_application(client_of, waiting):
    officer = client_of("regulator")

    listed = officer.get("enterprise.registration_list")
    shown = officer.get("enterprise.registration_show", enterprise_id=waiting)
    done = officer.post("enterprise.registration_approve", enterprise_id=waiting)
    again = officer.post("enterprise.registration_approve", enterprise_id=waiting)

    assert "安阳洹丰精密铸造有限公司" in listed.text
    assert "13803720001" in shown.text
    assert (done.status, again.status) == (303, 303)
    assert profile(SYSTEM, waiting).state is RegistrationState.APPROVED


def test_handing_back_without_a_reason_is_refused_at_the_field(client_of, waiting):
    officer = client_of("regulator")

    refused = officer.post("enterprise.registration_reject", enterprise_id=waiting, remark=" ")
    done = officer.post("enterprise.registration_reject", enterprise_id=waiting, remark="地址不详")
    late = officer.post("enterprise.registration_approve", enterprise_id=waiting)

    assert refused.errors == ["退回原因：请写明退回的原因，方便企业修改。"]
    assert done.status == 303
    assert (late.status, late.errors) == (409, ["企业当前为“已退回”，不能审核通过。"])


@pytest.mark.parametrize("role", ["safety_officer", "inspector", "worker"])
def test_only_supervisors_review_applications(client_of, waiting, role):
    answer = client_of(role).get("enterprise.registration_show", enterprise_id=waiting)

    assert answer.status == 403


def test_an_amendment_is_saved_and_an_outdated_one_shows_what_is_there_now(client_of):
    officer = client_of("safety_officer")
    form = officer.get("enterprise.profile_edit")
    typed = {
        field["name"]: field["value"]
        for field in form.select("main input[value]")
        if field.get("type") not in ("checkbox", "radio", "hidden", "search")
    }
    typed |= {"region_code": "410502001", "industry_code": "34", "scale": "small", "version": "1"}

    saved = officer.post("enterprise.profile_amend", **{**typed, "employees": "240"})
    late = officer.post("enterprise.profile_amend", **{**typed, "employees": "250"})

    assert saved.status == 303
    assert late.status == 409
    assert "赵建民 在" in late.text
    assert "从业人数240 人250 人" in late.one(".table").text
    assert late.one("input[name=version]")["value"] == "2"


def test_the_record_is_shown_to_its_people_and_its_region_only(client_of, world, as_):
    neighbour = make_world(county="410503", township="410503001")

    own = client_of("worker").get("enterprise.profile_show")
    region = client_of("inspector").get(
        "enterprise.profile_show", enterprise_id=world.enterprise_id
    )
    other = as_(neighbour["inspector"]).get(
        "enterprise.profile_show", enterprise_id=world.enterprise_id
    )
    stranger = as_(neighbour["principal"]).get(
        "enterprise.profile_show", enterprise_id=world.enterprise_id
    )

    assert [own.status, region.status, other.status, stranger.status] == [200, 200, 404, 404]
