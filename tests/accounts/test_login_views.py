"""Signing in, its gates, and signing out, as people meet them."""

import statistics
import time
from datetime import timedelta

import pyotp
import pytest

from tests.factories import accounts as factory
from tests.factories.accounts import PASSWORD
from webapp.accounts.queries.sessions import sign_in_of
from webapp.platform import clock
from webapp.platform.web.limits import limiter

WRONG = "账号或密码不对，请重新输入。连续 5 次不对，这个账号会暂时锁定。"


def sign_in(browser, login, password=PASSWORD, **form):
    return browser.post("accounts.login_submit", login=login, password=password, **form)


def token_of(browser):
    with browser.client.session_transaction() as kept:
        return kept["_user_id"]


@pytest.fixture
def stranger(as_, db):
    return as_(None)


def test_the_right_password_leads_to_the_first_page(stranger, world):
    answer = sign_in(stranger, world["worker"].login)

    assert (answer.status, answer.location) == (303, "/")
    assert stranger.get("accounts.me").status == 200


def test_a_login_name_is_read_without_regard_to_case_or_blanks(stranger, world):
    assert sign_in(stranger, f" {world['worker'].login.upper()} ").status == 303


@pytest.mark.parametrize("login", ["", "nobody"])
def test_the_form_says_what_is_missing_and_keeps_what_was_typed(stranger, login):
    answer = sign_in(stranger, login, password="")

    assert answer.status == 422
    assert "密码：请填写密码。" in answer.errors
    assert answer.one("#login").get("value") == login


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(stranger, world):
    known = sign_in(stranger, world["worker"].login, "错误的密码一二三")
    unknown = sign_in(stranger, "nobody-has-this", "错误的密码一二三")

    assert known.status == unknown.status == 422
    assert known.errors == unknown.errors == [WRONG]


def test_a_suspended_account_gets_the_same_answer_as_a_wrong_password(stranger):
    user = factory.make_user(suspended_at=factory.MADE)

    assert sign_in(stranger, user.login).errors == [WRONG]


def test_an_unknown_name_takes_as_long_as_a_wrong_password(stranger, world):
    def taken(login):
        began = time.process_time()
        sign_in(stranger, login, "错误的密码一二三")
        return time.process_time() - began

    logins = [account.login for account in world.accounts.values()][:7]
    pairs = [(taken(login), taken(f"nobody-{login}")) for login in logins]

    assert 0.5 < statistics.median(known / unknown for known, unknown in pairs) < 2


def test_five_failures_lock_a_name_whether_or_not_anyone_has_it(stranger, world):
    for login in (world["worker"].login, "nobody-at-all"):
        for _ in range(5):
            sign_in(stranger, login, "错误的密码一二三")

        locked = sign_in(stranger, login)

        assert locked.status == 422
        assert locked.errors[0].startswith("登录失败次数过多，请")


def test_the_right_password_forgets_earlier_failures(stranger, as_, world):
    for _ in range(4):
        sign_in(stranger, world["worker"].login, "错误的密码一二三")
    assert sign_in(stranger, world["worker"].login).status == 303

    other = as_(None)
    for _ in range(4):
        sign_in(other, world["worker"].login, "错误的密码一二三")
    assert sign_in(other, world["worker"].login).status == 303


def test_an_address_that_tries_too_often_is_told_to_wait(stranger):
    limiter.enabled = True
    try:
        answers = [sign_in(stranger, "").status for _ in range(21)]
    finally:
        limiter.reset()
        limiter.enabled = False

    assert answers[:20] == [422] * 20
    assert answers[20] == 429


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/me/password?a=b", "/me/password?a=b"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("me", "/"),
    ],
)
def test_the_way_on_never_leaves_the_site(stranger, world, wanted, leads_to):
    address = stranger.address("accounts.login", next=wanted)
    stranger.get(address)

    answer = stranger.post(address, login=world["worker"].login, password=PASSWORD)

    assert answer.location == leads_to


def test_each_sign_in_gets_a_new_token_and_a_new_form_guard(stranger, world):
    stranger.get("accounts.login")
    before = stranger._csrf
    sign_in(stranger, world["worker"].login)
    first = token_of(stranger)
    stranger.post("accounts.logout")
    sign_in(stranger, world["worker"].login)

    assert token_of(stranger) != first
    stranger.get("accounts.me")
    assert stranger._csrf != before


def test_signing_out_ends_the_session_on_the_server(stranger, world):
    sign_in(stranger, world["worker"].login)
    token = token_of(stranger)

    answer = stranger.post("accounts.logout")

    assert answer.location == "/login"
    assert sign_in_of(token, clock.now()) is None
    assert stranger.get("accounts.me").location == "/login?next=/me"


def test_signing_out_needs_the_forms_guard(stranger, world):
    sign_in(stranger, world["worker"].login)

    assert stranger.post("accounts.logout", csrf_token="forged").status == 403
    assert stranger.get("accounts.me").status == 200


def test_a_sign_in_lasts_a_shift_or_thirty_days_on_ones_own_phone(stranger, as_, world):
    sign_in(stranger, world["worker"].login)
    own = as_(None)
    sign_in(own, world["worker"].login, is_kept="y")
    now = clock.now()

    assert sign_in_of(token_of(stranger), now + timedelta(hours=11)) is not None
    assert sign_in_of(token_of(stranger), now + timedelta(hours=13)) is None
    assert sign_in_of(token_of(own), now + timedelta(days=29)) is not None
    assert sign_in_of(token_of(own), now + timedelta(days=31)) is None


def test_a_person_of_two_organisations_chooses_and_can_switch(stranger, world, as_):
    worker = world["worker"]
    other = factory.make_membership(worker.user_id, "inspector", agency_id=world.agency_id)

    answer = sign_in(stranger, worker.login)
    assert answer.location == "/login/organisation"
    assert stranger.get("accounts.me").location == "/login/organisation"
    choice = stranger.get("accounts.login_organisation")
    assert len(choice.select("button[name=membership_id]")) == 2
    before = token_of(stranger)

    stranger.post("accounts.login_organisation_submit", membership_id=worker.membership_id)
    assert "岗位员工" in stranger.get("accounts.me").text
    assert token_of(stranger) != before
    stranger.post("accounts.login_organisation_submit", membership_id=other.id)

    assert "执法人员" in stranger.get("accounts.me").text


def test_nobody_chooses_a_membership_of_another(stranger, world):
    factory.make_membership(world["worker"].user_id, "inspector", agency_id=world.agency_id)
    sign_in(stranger, world["worker"].login)

    answer = stranger.post(
        "accounts.login_organisation_submit", membership_id=world["principal"].membership_id
    )

    assert answer.status == 404


def test_an_account_without_any_organisation_is_told_so(stranger, db):
    user = factory.make_user()

    gate = stranger.follow(sign_in(stranger, user.login))

    assert "您的账号目前不属于任何单位" in stranger.follow(gate).text


@pytest.fixture
def guarded(world):
    """The inspector's account with an authenticator, and the authenticator."""
    secret = pyotp.random_base32()
    inspector = world["inspector"]
    user = factory.make_user(
        login=f"g{inspector.login}", totp_secret=secret, totp_confirmed_at=factory.MADE
    )
    factory.make_membership(user.id, "inspector", agency_id=world.agency_id)
    return user, pyotp.TOTP(secret)


def code_now(totp):
    return totp.at(clock.now())


def test_an_authenticator_is_asked_for_before_anything_else(stranger, guarded):
    user, totp = guarded

    answer = sign_in(stranger, user.login)

    assert answer.location == "/login/code"
    assert stranger.get("accounts.me").location == "/login/code"
    assert stranger.get("accounts.login_organisation").location == "/login/code"
    assert stranger.post("accounts.login_code_submit", code=code_now(totp)).location == "/"
    assert stranger.get("accounts.me").status == 200


def test_a_code_opens_once(stranger, as_, guarded):
    user, totp = guarded
    code = code_now(totp)
    sign_in(stranger, user.login)
    stranger.post("accounts.login_code_submit", code=code)
    second = as_(None)
    sign_in(second, user.login)

    answer = second.post("accounts.login_code_submit", code=code)

    assert answer.status == 422
    assert answer.errors == ["动态口令不对或已经用过，请等下一个口令再输入。"]


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_a_code_that_is_none_is_refused_at_its_field(stranger, guarded, code):
    sign_in(stranger, guarded[0].login)

    answer = stranger.post("accounts.login_code_submit", code=code)

    assert answer.status == 422
    assert answer.select("#code-error")


def test_guessing_codes_locks_the_name_although_the_password_is_known(stranger, as_, guarded):
    user, totp = guarded
    wrong = f"{(int(code_now(totp)) + 500_000) % 10**6:06d}"
    for _ in range(5):
        attacker = as_(None)
        sign_in(attacker, user.login)
        attacker.post("accounts.login_code_submit", code=wrong)

    assert sign_in(as_(None), user.login).errors[0].startswith("登录失败次数过多")


def test_the_token_from_before_the_code_opens_nothing_after_it(stranger, guarded):
    user, totp = guarded
    sign_in(stranger, user.login)
    before = token_of(stranger)

    stranger.post("accounts.login_code_submit", code=code_now(totp))

    assert sign_in_of(before, clock.now()) is None


def test_the_way_on_is_kept_through_the_gates(stranger, guarded):
    user, totp = guarded
    address = stranger.address("accounts.login", next="/me/password")
    stranger.get(address)
    stranger.post(address, login=user.login, password=PASSWORD)

    answer = stranger.post("accounts.login_code_submit", code=code_now(totp))

    assert answer.location == "/me/password"
