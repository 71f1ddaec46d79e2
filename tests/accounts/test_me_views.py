"""One's own password, devices and authenticator."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from tests.factories import accounts as factory
from tests.factories.accounts import PASSWORD
from webapp.accounts.queries.sessions import sign_in_of
from webapp.platform import clock

FRESH = "春风不度玉门关九"
STEP = timedelta(seconds=30)


def change(browser, present=PASSWORD, password=FRESH, again=None):
    return browser.post(
        "accounts.me_password_submit", present=present, password=password, again=again or password
    )


def other_device(account):
    return factory.make_session(account.user_id, account.membership_id)


def test_a_new_password_ends_all_other_sign_ins(client_of, as_, world):
    worker, browser = world["worker"], client_of("worker")
    elsewhere = other_device(worker)

    answer = change(browser)

    assert browser.follow(answer).texts(".alert")[0].startswith("密码已修改")
    assert sign_in_of(elsewhere, clock.now()) is None
    login = as_(None).post("accounts.login_submit", login=worker.login, password=FRESH)
    assert login.status == 303


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"present": "不是这个密码呀"}, "present", "现在的密码不对，请重新输入。"),
        ({"password": PASSWORD}, "password", "新密码不能和现在的一样。"),
        ({"password": "1234567890"}, "password", "连续的数字、字母或键盘顺序"),
        ({"password": "短"}, "password", "密码至少 10 个字符"),
        ({"again": "另外一句话不同"}, "again", "两次输入的新密码不一样。"),
    ],
)
def test_a_refused_password_says_why_at_its_field(client_of, typed, field, words):
    answer = change(client_of("worker"), **typed)

    assert answer.status == 422
    assert words in answer.one(f"#{field}-error").text


def test_one_device_can_be_signed_out_and_only_ones_own(client_of, world):
    worker, browser = world["worker"], client_of("worker")
    lost = sign_in_of(other_device(worker), clock.now())
    foreign = sign_in_of(world["principal"].token, clock.now())

    assert browser.post("accounts.me_device_revoke", session_id=foreign.session_id).status == 404
    page = browser.follow(browser.post("accounts.me_device_revoke", session_id=lost.session_id))

    assert len(page.select("form[action$=revocation]")) == 0
    assert sign_in_of(world["principal"].token, clock.now()) is not None


def test_all_other_devices_can_be_signed_out_at_once(client_of, world):
    worker, browser = world["worker"], client_of("worker")
    tokens = [other_device(worker) for _ in range(3)]

    browser.post("accounts.me_devices_revoke")

    assert all(sign_in_of(token, clock.now()) is None for token in tokens)
    assert browser.get("accounts.me").status == 200


def enrol(browser):
    page = browser.get("accounts.me_authenticator")
    secret = re.search(r"[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}", page.text)[0].replace(" ", "")
    totp = pyotp.TOTP(secret)
    return totp, browser.post("accounts.me_authenticator_submit", code=totp.at(clock.now()))


def test_an_authenticator_is_enrolled_with_its_code_and_asked_for_elsewhere(client_of, world):
    elsewhere = other_device(world["worker"])
    browser = client_of("worker")

    _, answer = enrol(browser)

    assert answer.location == "/me"
    assert "已绑定" in browser.get("accounts.me").text
    assert sign_in_of(elsewhere, clock.now()).is_code_owed


def test_the_secret_stays_the_same_until_the_code_fits(client_of):
    browser = client_of("worker")
    first = browser.get("accounts.me_authenticator").one(".qr-card").text
    browser.post("accounts.me_authenticator_submit", code="000000")

    assert browser.get("accounts.me_authenticator").one(".qr-card").text == first


def test_a_worker_can_remove_the_authenticator_with_a_fresh_code(client_of):
    browser = client_of("worker")
    totp, _ = enrol(browser)

    used = browser.post("accounts.me_authenticator_remove", code=totp.at(clock.now()))
    fresh = browser.post("accounts.me_authenticator_remove", code=totp.at(clock.now() + STEP))

    assert used.status == 422
    assert fresh.location == "/me"


def test_an_inspector_cannot_remove_the_authenticator(client_of):
    browser = client_of("inspector")
    totp, _ = enrol(browser)

    answer = browser.post("accounts.me_authenticator_remove", code=totp.at(clock.now() + STEP))

    assert answer.status == 422
    assert "监管和平台账号必须使用动态口令，不能关闭。" in answer.errors


@pytest.fixture
def strict(app):
    """An installation that demands authenticators of agencies."""
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, totp_required=True)
    yield
    app.extensions["settings"] = settings


def test_an_agency_must_enrol_before_anything_else(strict, client_of):
    browser = client_of("inspector")

    assert browser.get("accounts.me").location == "/me/authenticator"
    assert browser.get("accounts.me_password").location == "/me/authenticator"
    _, answer = enrol(browser)

    assert answer.location == "/"
    assert browser.get("accounts.me").status == 200


def test_an_enterprise_is_not_made_to_enrol(strict, client_of):
    assert client_of("worker").get("accounts.me").status == 200


def test_a_temporary_password_must_be_changed_before_anything_else(as_, world):
    user = factory.make_user(must_change_password=True)
    factory.make_membership(user.id, "worker", enterprise_id=world.enterprise_id)
    browser = as_(None)

    answer = browser.post("accounts.login_submit", login=user.login, password=PASSWORD)

    assert answer.location == "/me/password"
    assert browser.get("accounts.me").location == "/me/password"
    assert change(browser).location == "/"
    assert browser.get("accounts.me").status == 200
