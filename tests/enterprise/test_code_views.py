import json
from io import BytesIO

import pypdfium2
import pytest
import structlog
import zxingcpp

from tests.factories import enterprise as make
from tests.fixtures.actors import make_world
from webapp.accounts.rules.roles import Role
from webapp.enterprise.models.code import EnterpriseCode
from webapp.enterprise.queries.code import printed_code
from webapp.enterprise.service import public_parts
from webapp.enterprise.service.public_parts import (
    PublicFigure,
    PublicPart,
    PublicRisk,
    offer_public_part,
)
from webapp.enterprise.service.responsibilities import draft_list, publish_list
from webapp.platform.database import transaction
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import SYSTEM
from webapp.platform.web.limits import limiter

FIRST_RELEASE_TOKEN = "7ZQ3K9M2T5B8XWV1D4F6G0HJNPRSYC0A9E3K"
"""As printed by the first release; every later one must open it."""


@pytest.fixture
def token(world):
    return printed_code(SYSTEM, world.enterprise_id).token


def given_token(enterprise_id, token: str) -> None:
    row = EnterpriseCode(
        enterprise_id=enterprise_id,
        id=new_id(),
        token=token,
        state="active",
        issued_at=make.NOW,
    )
    with transaction(SYSTEM) as session:
        session.add(row)


def test_a_code_printed_by_the_first_release_opens_anonymous_and_signed_in(own_database, as_, app):
    world = make_world()
    enterprise_id = make.enterprise(name="安阳首批企业有限公司")
    given_token(enterprise_id, FIRST_RELEASE_TOKEN)

    anonymous = as_(None).get(f"/e/{FIRST_RELEASE_TOKEN}")
    elsewhere = as_(world["worker"]).get(f"/e/{FIRST_RELEASE_TOKEN}")

    assert (anonymous.status, anonymous.one("h1").text) == (200, "安阳首批企业有限公司")
    assert (elsewhere.status, elsewhere.one("h1").text) == (200, "安阳首批企业有限公司")


def test_the_printed_sign_leads_to_the_page_that_it_promises(client_of, as_, token):
    sign = client_of("safety_officer").get("enterprise.code_sign", size="a6")

    picture = pypdfium2.PdfDocument(BytesIO(sign.body))[0].render(scale=3).to_pil()
    address = zxingcpp.read_barcodes(picture)[0].text

    assert address == f"http://127.0.0.1:8000/e/{token}"
    assert as_(None).get(address.removeprefix("http://127.0.0.1:8000")).status == 200


def test_a_code_typed_with_other_letters_opens_too(as_, token):
    assert as_(None).get(f"/e/{token.lower()}").status == 200


def test_a_stranger_is_told_when_no_risk_is_published_yet(as_, token):
    page = as_(None).get(f"/e/{token}")

    assert "这家企业还没有公示风险清单。" in page.text
    assert len(page.select(".figures")) == 1


def test_a_stranger_sees_risks_with_posts_and_never_a_telephone(as_, token, world, monkeypatch):
    monkeypatch.setattr(public_parts, "_offers", {})
    part = PublicPart(
        level="major",
        grade="五有 良好 82.6 分",
        risks=(
            PublicRisk("major", "中频炉漏炉爆炸", "车间主任", "今天 08:12 查过"),
            PublicRisk("significant", "加料操作", "熔炼班长"),
        ),
        figures=(PublicFigure("未改完", "12"),),
    )
    offer_public_part("test", 1, lambda _scope, _id: part)

    page = as_(None).get(f"/e/{token}")

    assert page.texts(".who .risk") == ["重大风险"]
    assert page.texts(".duties h3") == ["中频炉漏炉爆炸"]
    assert "五有 良好 82.6 分" in page.text
    assert "12350" in page.text
    assert "138037" not in page.body.decode()


def test_staff_are_sent_to_the_file_or_to_their_own_work(client_of, token):
    officer = client_of("safety_officer")

    assert officer.get(f"/e/{token}").location == "/file"
    for role in ("worker", "team_leader"):
        led = client_of(role).get(f"/e/{token}")
        assert (led.status, led.location) == (303, "/today")


def test_a_worker_at_another_gate_is_a_stranger(as_, token):
    neighbour = make_world()

    assert as_(neighbour["worker"]).get(f"/e/{token}").status == 200


def test_an_officer_of_the_region_is_sent_on_and_one_of_another_is_not(client_of, as_, token):
    neighbour = make_world(county="410503", township="410503001")

    own = client_of("inspector").get(f"/e/{token}")
    other = as_(neighbour["inspector"]).get(f"/e/{token}")
    foreign_staff = as_(neighbour["principal"]).get(f"/e/{token}")

    assert own.status == 303
    assert (other.status, foreign_staff.status) == (200, 200)


@pytest.mark.parametrize("forged", ["0" * 36, "x", FIRST_RELEASE_TOKEN[:-1] + "L"])
def test_a_forged_code_says_so(as_, world, forged):
    page = as_(None).get(f"/e/{forged}")

    assert page.status == 404


def test_an_unknown_code_is_told_in_words(as_, world):
    assert as_(None).get("/e/" + "0" * 36).one("h1").text == "不是本平台签发的企业码"


def test_a_revoked_code_says_so_to_everyone_and_the_new_one_opens(client_of, as_, world, token):
    officer = client_of("safety_officer")

    unfounded = officer.post("enterprise.code_revoke", reason="")
    done = officer.post("enterprise.code_revoke", reason="标牌遗失")

    assert unfounded.errors == ["吊销原因：请写明吊销的原因，如标牌遗失、损毁。"]
    assert done.status == 303
    for who in (None, world["inspector"], world["safety_officer"]):
        page = as_(who).get(f"/e/{token}")
        assert (page.status, page.one("h1").text) == (410, "这个企业码已吊销")
    assert as_(None).get(f"/e/{printed_code(SYSTEM, world.enterprise_id).token}").status == 200


def test_the_token_stays_out_of_logs_and_of_the_referer(as_, token):
    with structlog.testing.capture_logs() as logs:
        answer = as_(None).get(f"/e/{token}")

    assert token not in json.dumps(logs, default=str)
    assert answer.response.headers["Referrer-Policy"] == "no-referrer"
    assert answer.one("meta[name=referrer]")["content"] == "no-referrer"


def test_a_stranger_reads_the_published_duties_without_names(as_, token, world):
    worker = world["worker"]
    list_id = draft_list(world["safety_officer"].actor, worker.post_id, at=make.NOW)
    publish_list(world["principal"].actor, list_id, version=1, at=make.NOW)

    page = as_(None).get("enterprise.code_responsibilities", token=token)

    assert "熔炼工" in page.text
    assert worker.name not in page.text


def test_public_pages_are_limited_by_address(as_, world):
    browser = as_(None)
    limiter.enabled = True
    try:
        answers = {browser.get("/e/" + "0" * 36).status for _ in range(121)}
    finally:
        limiter.reset()
        limiter.enabled = False

    assert answers == {404, 429}


@pytest.mark.parametrize("role", [Role.WORKER, Role.DEPARTMENT_HEAD])
def test_only_management_prints_and_revokes(client_of, role):
    browser = client_of(role)

    assert browser.get("enterprise.code_sign", size="a4").status == 403
    assert browser.post("enterprise.code_revoke", reason="标牌遗失").status == 403


def test_a_sign_has_two_sizes_only(client_of):
    assert client_of("safety_officer").get("enterprise.code_sign", size="a3").status == 404
