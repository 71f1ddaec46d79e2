"""The way of a version through three people's browsers."""

import base64
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from tests.factories.risks import make_event, make_point
from tests.fixtures.actors import Browser, World

Open = Callable[[str], Browser]


def drawn() -> str:
    picture = Image.new("RGBA", (400, 160), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(20, 120), (120, 30), (200, 130), (380, 40)], "black", 9)
    kept = BytesIO()
    picture.save(kept, "PNG")
    return "data:image/png;base64," + base64.b64encode(kept.getvalue()).decode()


def submitted(client_of: Open, world: World) -> str:
    point_id = make_point(world.enterprise_id, "熔炼炉", department_id=world.department_id)
    make_event(
        world.enterprise_id, point_id, level="low", value=20, department_id=world.department_id
    )
    page = client_of("safety_officer").post("risks.version_submit", note="年度评审")
    return page.location.rpartition("/")[2]


def test_the_head_reviews_and_the_principal_signs(client_of: Open, world: World):
    version_id = submitted(client_of, world)
    head, principal = client_of("department_head"), client_of("principal")

    head.post(
        "risks.version_review",
        version_id=version_id,
        department_id=world.department_id,
        decision="agree",
        words="",
    )
    page = principal.get("risks.version_show", version_id=version_id)
    seen = page.one("input[name=version]")["value"]
    principal.post("risks.version_publish", version_id=version_id, version=seen, signature=drawn())

    page = principal.get("risks.version_show", version_id=version_id)
    assert "第 1 版" in page.text
    assert page.one(".signature img")["src"]
    listed = client_of("worker").get("risks.version_list")
    assert "现行第 1 版" in listed.text
    assert "现行清单与发布的版本相同。" in listed.text


def test_a_return_without_a_reason_is_asked_for_it(client_of: Open, world: World):
    version_id = submitted(client_of, world)

    page = client_of("department_head").post(
        "risks.version_review",
        version_id=version_id,
        department_id=world.department_id,
        decision="return",
        words=" ",
    )

    assert page.status == 422
    assert "退回时请写明要修改什么。" in page.text


def test_signing_without_a_stroke_is_refused_at_the_pad(client_of: Open, world: World):
    version_id = submitted(client_of, world)
    client_of("department_head").post(
        "risks.version_review",
        version_id=version_id,
        department_id=world.department_id,
        decision="agree",
        words="",
    )
    principal = client_of("principal")
    seen = principal.get("risks.version_show", version_id=version_id).one("input[name=version]")

    page = principal.post(
        "risks.version_publish", version_id=version_id, version=seen["value"], signature=""
    )

    assert page.status == 422
    assert "请在签名框内手写签名。" in page.text


def test_the_difference_names_what_changed_since_and_prints(client_of: Open, world: World):
    version_id = submitted(client_of, world)
    point_id = make_point(world.enterprise_id, "成品库")
    make_event(world.enterprise_id, point_id, level="low", value=20)
    officer = client_of("safety_officer")

    page = officer.get("risks.version_difference", **{"from": version_id})
    paper = officer.get("risks.version_difference_paper", **{"from": version_id})

    assert "成品库" in page.text
    assert "熔炼炉" not in page.one("main").text
    assert paper.body.startswith(b"%PDF")


def test_a_day_before_the_first_version_has_none(client_of: Open, world: World):
    officer = client_of("safety_officer")

    page = officer.follow(officer.get("risks.version_at", on="2020-01-01"))

    assert "2020 年 1 月 1 日还没有发布过清单。" in page.text
