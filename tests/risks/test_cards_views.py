import zipfile
from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp

from tests.documents.reading import flat, texts
from tests.factories import enterprise as tenants
from tests.factories.risks import make_event, make_measure, make_point
from tests.fixtures.actors import Browser, World, make_world
from webapp.enterprise.queries.code import printed_code
from webapp.platform import jobs
from webapp.platform.tenancy import SYSTEM

Open = Callable[[str], Browser]
BASE = "http://127.0.0.1:8000"


@pytest.fixture
def point_id(world: World):
    owner = tenants.person(world.enterprise_id, "马国强", phone="13803725138")
    point = make_point(world.enterprise_id, "1 号中频炉", owner_id=owner)
    event = make_event(world.enterprise_id, point, level="significant", inherent_level="major")
    make_measure(world.enterprise_id, event, "每班测量炉衬", category="management")
    make_measure(world.enterprise_id, event, "断电撤离", category="emergency")
    return point


@pytest.fixture
def token(world: World) -> str:
    return printed_code(SYSTEM, world.enterprise_id).token


def code_of(content: bytes) -> str:
    picture = pypdfium2.PdfDocument(content)[0].render(scale=3).to_pil()
    return zxingcpp.read_barcodes(picture)[0].text


@pytest.mark.parametrize(("size", "width"), [("a4", 842), ("a5", 595)])
def test_a_points_card_says_all_that_hangs_on_the_wall(
    client_of: Open, point_id, size: str, width: int
):
    answer = client_of("safety_officer").get("risks.point_card", point_id=point_id, size=size)

    words = flat(answer.body)
    page = pypdfium2.PdfDocument(answer.body)[0]
    assert round(page.get_width()) == width
    for said in (
        "较大风险", "无措施时为重大风险", "1号中频炉", "马国强", "13803725138", "炉衬侵蚀",
        "每班测量炉衬", "断电撤离", "高处坠落", "当心坠落", "12350",
    ):  # fmt: skip
        assert said in words


def test_a_posts_card_holds_the_risks_whose_measures_it_carries_out(client_of: Open, world: World):
    point = make_point(world.enterprise_id, "2 号中频炉")
    post_id = world["worker"].post_id
    event = make_event(world.enterprise_id, point, "漏炉", level="major")
    make_measure(world.enterprise_id, event, "测炉衬", category="management", post_id=post_id)

    answer = client_of("team_leader").get("risks.post_card", post_id=post_id)

    words = flat(answer.body)
    assert "岗位安全风险告知卡" in words
    assert "熔炼工" in words
    assert "测炉衬" in words
    assert "重大风险" in words


def test_the_code_on_a_card_leads_a_worker_to_the_tasks_and_a_planner_to_the_point(
    client_of: Open, point_id, token: str
):
    card = client_of("safety_officer").get("risks.point_card", point_id=point_id).body

    address = code_of(card)

    path = address.removeprefix(BASE)
    assert address == f"{BASE}/e/{token}/p/{point_id}"
    assert client_of("worker").get(path).location == f"/today?point={point_id}"
    assert client_of("safety_officer").get(path).location == f"/risks/points/{point_id}"


def test_the_code_on_a_card_leads_officers_to_the_point_and_strangers_to_the_public_page(
    client_of: Open, as_, world: World, point_id, token: str
):
    path = f"/e/{token}/p/{point_id}"
    elsewhere = make_world(county="410503", township="410503001")

    officer = client_of("inspector").get(path)
    stranger = as_(None).get(path)
    neighbour = as_(elsewhere["worker"]).get(path)

    own = f"/enterprises/{world.enterprise_id}/risks/points/{point_id}"
    assert officer.location == own
    assert stranger.location == neighbour.location == f"/e/{token}"
    assert stranger.response.headers["Referrer-Policy"] == "no-referrer"
    assert as_(None).follow(stranger).status == 200


def test_a_forged_code_on_a_card_leads_to_the_page_that_says_so(as_, point_id):
    answer = as_(None).get(f"/e/{'0' * 36}/p/{point_id}")

    assert as_(None).follow(answer).status == 404


def test_the_worker_sees_on_the_phone_only_the_tasks_of_the_scanned_point(
    client_of: Open, point_id
):
    page = client_of("worker").get(f"/today?point={point_id}")

    assert "这个风险点今天没有您要查的" in page.text
    assert f"/hazards/report?point={point_id}" in page.body.decode()


def ordered(browser: Browser, **narrowed: str):
    page = browser.get("risks.card_list", **narrowed)
    key = page.one("input[name=key]")["value"]
    return browser.post("risks.card_bundle", key=key, size="a5", **narrowed)


def test_all_cards_come_as_one_archive(client_of: Open, world: World, point_id):
    other = make_point(world.enterprise_id, "成品库／东")
    make_event(world.enterprise_id, other, level="low")
    browser = client_of("safety_officer")

    order = ordered(browser)
    waiting = browser.follow(order)
    jobs.run_one()
    done = browser.get(order.location)
    archive = browser.get(done.one("a[href$='archive.zip']")["href"])

    assert "正在后台生成" in waiting.text
    assert "已生成 2 张" in done.text
    found = zipfile.ZipFile(BytesIO(archive.body))
    assert found.namelist() == ["001 较大 1 号中频炉.pdf", "002 低 成品库／东.pdf"]
    assert all(len(texts(found.read(name))) == 1 for name in found.namelist())


def test_an_order_sent_twice_is_one_job(client_of: Open, point_id):
    browser = client_of("safety_officer")
    key = str(uuid4())

    first = browser.post("risks.card_bundle", key=key, size="a4")
    second = browser.post("risks.card_bundle", key=key, size="a4")

    assert first.status == 303
    assert first.location == second.location


def test_cards_of_nothing_are_not_ordered(client_of: Open, world: World):
    answer = client_of("safety_officer").post("risks.card_bundle", key=str(uuid4()), size="a4")

    assert answer.status == 422
    assert "没有符合条件的风险点" in answer.text


def test_another_enterprise_sees_neither_the_job_nor_the_archive(
    client_of: Open, as_, world: World, point_id
):
    order = ordered(client_of("safety_officer"))
    jobs.run_one()
    other = as_(make_world()["safety_officer"])

    assert other.get(order.location).status == 404
    assert other.get(f"{order.location}/archive.zip").status == 404


def test_what_a_template_proposes_stands_on_no_card_and_no_board(
    client_of: Open, world: World, point_id
):
    make_event(world.enterprise_id, point_id, "模板里的风险", level="major", is_proposed=True)
    browser = client_of("safety_officer")

    card = flat(browser.get("risks.point_card", point_id=point_id).body)
    board = flat(browser.get("risks.notice_board").body)

    assert "较大风险" in card
    assert "模板里的风险" not in card + board
    assert "无重大风险" in board
