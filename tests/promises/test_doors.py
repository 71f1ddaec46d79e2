"""Signing in at the real door: guessing, revoking, suspending."""

import time
from statistics import median

from tests.dom import Page
from tests.factories import accounts as make
from tests.factories import enterprise as enterprises
from tests.promises.conftest import Town
from tests.promises.visitor import Form, Visitor
from webapp.accounts.rules.lockout import FAILURES_ALLOWED
from webapp.accounts.rules.roles import Role
from webapp.accounts.service.login import WRONG
from webapp.platform.clock import now

LIMIT_A_MINUTE = 20
LOGIN = "form[method=post]"


def guess(visitor: Visitor, form: Form, login: str, words: str = "猜一个密码") -> Page:
    return visitor.send(form.fill(login=login, password=words))


def test_guessing_closes_the_door_of_a_name_whether_anyone_has_it(town: Town) -> None:
    names = [make.make_user().login for _ in range(3)]
    strangers = [f"nobody{number}" for number in range(3)]
    times: dict[bool, list[float]] = {True: [], False: []}
    for number, pair in enumerate(zip(names, strangers, strict=True)):
        visitor = town.visitor(source=f"127.0.1.{number + 1}")
        form = visitor.form("/login", LOGIN)
        for _ in range(FAILURES_ALLOWED):
            for login in pair:
                began = time.perf_counter()
                page = guess(visitor, form, login)
                times[login in names].append(time.perf_counter() - began)
                assert (page.status, page.errors) == (422, [WRONG])
        # Closed now, for a name that nobody has as for one whose password is typed at last.
        for login in pair:
            page = guess(visitor, form, login, make.PASSWORD)
            assert page.status == 422
            assert page.errors[0].startswith("登录失败次数过多")
    known, unknown = median(times[True]), median(times[False])
    assert 1 / 2 < known / unknown < 2, (known, unknown)


def test_one_address_may_not_try_all_names(town: Town) -> None:
    visitor = town.visitor(source="127.0.2.1")
    form = visitor.form("/login", LOGIN)
    for _ in range(2 * LIMIT_A_MINUTE + 1):
        # One name, long closed: the tries cost nothing and only the address is counted.
        page = guess(visitor, form, "nobody-at-all")
        if page.status == 429:
            break
    assert page.status == 429
    assert page.one("h1").text == "操作太频繁"
    assert 0 < int(page.response.headers["Retry-After"]) <= 60
    # Neighbours are not shut out, nor is the page itself.
    assert town.visitor(source="127.0.2.2").get("/login").status == 200
    assert visitor.get("/login").status == 200
    neighbour = town.visitor(source="127.0.2.2")
    assert guess(neighbour, neighbour.form("/login", LOGIN), "x").status == 422


def test_a_device_signed_out_elsewhere_is_out_at_its_next_request(town: Town) -> None:
    account = town.colleague(Role.SAFETY_OFFICER, "钱小兰")
    lost, kept = town.visitor(account), town.visitor(account)
    assert lost.get("/me").status == 200
    page = kept.send(kept.form("/me", "form[action='/me/devices/revocation']"))
    assert page.status == 303
    page = lost.get("/me")
    assert page.status == 303
    assert page.location.startswith("/login?next=")
    assert kept.get("/me").status == 200


def test_a_stolen_cookie_opens_nothing_after_signing_out(town: Town) -> None:
    visitor = town.visitor(town.colleague(Role.WORKER, "孙大海"))
    thief = town.visitor()
    for cookie in visitor.cookies:
        thief.cookies.set_cookie(cookie)
    assert thief.get("/me").status == 200
    assert visitor.send(visitor.form("/me", "main form[action='/logout']")).status == 303
    assert thief.get("/me").status == 303


def test_a_suspended_member_is_out_at_the_next_request(town: Town) -> None:
    account = town.colleague(Role.SAFETY_OFFICER, "郑一鸣")
    shut_out = town.visitor(account)
    assert shut_out.get("/members").status == 200
    principal = town.visitor(town.world["principal"])
    place = f"/members/{account.membership_id}"
    page = principal.send(principal.form(place, f"form[action='{place}/suspension']"))
    assert page.status == 303
    page = shut_out.get("/members")
    assert page.status == 303
    assert page.location.startswith("/login")


def test_no_secret_reaches_the_log(town: Town) -> None:
    account = town.colleague(Role.WORKER, "周小川")
    code = enterprises.code_token(enterprises.enterprise())
    _, invitation = make.make_invitation(
        account.user_id, enterprise_id=town.world.enterprise_id, at=now()
    )
    visitor = town.visitor(account)
    guess(stranger := town.visitor(source="127.0.3.1"), stranger.form("/login", LOGIN), code)
    forged = code[:-1] + ("A" if code[-1] != "A" else "B")
    addresses = {
        f"/e/{code}": 200,
        f"/e/{forged}": 404,
        f"/e/{code}/nowhere": 404,
        f"/join/{invitation}": 200,
        "/v/ABCDEFGHJKLM": 404,
    }
    for address, status in addresses.items():
        assert visitor.get(address).status == status, address
    cookies = [cookie.value for cookie in visitor.cookies]
    assert cookies

    secrets = [make.PASSWORD, code, forged, invitation, "ABCDEFGHJKLM", account.login, *cookies]
    assert [secret for secret in secrets if secret in town.server.log] == []
