"""Four-colour maps on the screen, in print and on the enterprise code's page."""

import json
from collections.abc import Callable
from io import BytesIO
from uuid import UUID

import pypdfium2
import pytest

from tests.documents.reading import texts
from tests.dom import Page
from tests.factories.risks import make_event, make_map, make_point, make_shape, plan_picture
from tests.fixtures.actors import Browser, World
from webapp.enterprise.queries.code import printed_code
from webapp.platform.clock import now
from webapp.platform.tenancy import SYSTEM
from webapp.risks.queries.maps import map_detail
from webapp.risks.rules.map_drafts import ShapeDraft, drawing_text
from webapp.risks.service.maps import add_map, draw_shapes

Open = Callable[[str], Browser]


@pytest.fixture
def map_id(world: World) -> UUID:
    return make_map(world["safety_officer"].actor)


@pytest.fixture
def point_id(world: World) -> UUID:
    point_id = make_point(world.enterprise_id, "熔炼炉")
    make_event(world.enterprise_id, point_id, level="major")
    return point_id


@pytest.fixture
def drawn(world: World, map_id: UUID, point_id: UUID) -> UUID:
    """A map with a red area and a confidential one."""
    draw(
        world,
        map_id,
        make_shape(point_ids=(point_id,)),
        make_shape("涉密间", is_confidential=True),
    )
    return map_id


def version(world: World, map_id: UUID) -> int:
    return map_detail(SYSTEM, world.enterprise_id, map_id).map.version


def draw(world: World, map_id: UUID, *drafts: ShapeDraft) -> None:
    officer = world["safety_officer"].actor
    draw_shapes(officer, map_id, drafts, version=version(world, map_id), at=now())


def names(page: Page) -> list[str]:
    return [element.node.text.strip() for element in page.select("tbody th")]


def public(client_of: Open, world: World) -> Page:
    token = printed_code(SYSTEM, world.enterprise_id).token
    return client_of("public").get("enterprise.code_open", token=token)


def test_without_a_map_the_list_says_what_to_do(client_of: Open):
    assert client_of("safety_officer").get("risks.map_list").one(".empty a").text == "上传平面图"
    assert not client_of("worker").get("risks.map_list").select(".empty a")


def test_an_uploaded_plan_leads_to_drawing(client_of: Open):
    browser = client_of("safety_officer")
    file = (BytesIO(plan_picture()), "总平面.png")

    answer = browser.post("risks.map_add", name="厂区总平面", file=file)

    assert answer.status == 303
    page = browser.get(answer.location)
    assert page.one("input[name=shapes]")["value"] == "[]"
    assert page.one("svg[data-map-plan]")["viewBox"] == "0 0 1000 666.7"


def test_a_pdf_is_refused_at_the_file_in_words(client_of: Open):
    file = (BytesIO(b"%PDF-1.7"), "总平面.pdf")

    page = client_of("safety_officer").post("risks.map_add", name="总图", file=file)

    assert page.status == 422
    assert "暂不支持 PDF" in page.one(".field__error").text
    assert page.one("input[name=name]")["value"] == "总图"


def test_the_list_of_areas_says_names_and_levels_without_script(client_of: Open, drawn: UUID):
    page = client_of("worker").get("risks.map_show", map_id=drawn)

    assert names(page) == ["熔炼跨", "涉密间"]
    assert page.texts("tbody .risk") == ["重大"]
    assert page.texts("tbody th a") == ["熔炼炉"]
    assert len(page.select("svg .rmap__shape--major polygon")) == 1
    assert page.texts(".rmap-legend li")[0] == "重大风险（红） 1"
    assert not page.select("a.btn--primary")


def test_an_officer_of_the_region_sees_the_map_and_changes_nothing(
    client_of: Open, world: World, drawn: UUID
):
    inspector = client_of("inspector")

    page = inspector.get("risks.map_show", map_id=drawn, enterprise_id=world.enterprise_id)

    assert names(page) == ["熔炼跨", "涉密间"]
    assert not page.select("dialog")
    plan = inspector.get(page.one(".rmap image")["href"])
    assert plan.body.startswith(b"\xff\xd8")


def test_what_was_drawn_is_kept(client_of: Open, world: World, map_id: UUID, point_id: UUID):
    browser = client_of("safety_officer")
    shapes = drawing_text((make_shape(point_ids=(point_id,)),))

    answer = browser.post(
        "risks.map_draw", map_id=map_id, shapes=shapes, version=version(world, map_id)
    )

    assert answer.status == 303
    assert names(browser.get(answer.location)) == ["熔炼跨"]


def test_crossing_sides_are_named_and_the_drawing_stays(
    client_of: Open, world: World, map_id: UUID
):
    bow = ((0.1, 0.1), (0.4, 0.4), (0.4, 0.1), (0.1, 0.4))
    shapes = drawing_text((make_shape(vertices=bow),))

    page = client_of("safety_officer").post(
        "risks.map_draw", map_id=map_id, shapes=shapes, version=version(world, map_id)
    )

    assert page.status == 422
    assert "第 1 个“熔炼跨”：边线相交" in page.one(".error-summary").text
    assert json.loads(page.one("input[name=shapes]")["value"])[0]["name"] == "熔炼跨"


def test_who_saves_second_is_told_and_sees_both(client_of: Open, world: World, map_id: UUID):
    stale = version(world, map_id)
    draw(world, map_id, make_shape("同事画的"))
    browser = client_of("safety_officer")
    mine = drawing_text((make_shape("我画的"),))

    page = browser.post("risks.map_draw", map_id=map_id, shapes=mine, version=stale)

    assert page.status == 409
    assert "赵建民已保存了新的内容" in page.one("main").text
    assert page.one(".rmap__name").node.text == "同事画的"
    assert "我画的" in page.one("input[name=shapes]")["value"]
    assert names(browser.get("risks.map_show", map_id=map_id)) == ["同事画的"]
    again = page.one("input[name=version]")["value"]
    assert browser.post("risks.map_draw", map_id=map_id, shapes=mine, version=again).status == 303


def test_a_map_is_renamed_moved_and_taken_down(client_of: Open, world: World, map_id: UUID):
    browser = client_of("safety_officer")
    seen = version(world, map_id)

    answer = browser.post("risks.map_change", map_id=map_id, name="总图", ordinal=3, version=seen)
    stale = browser.post("risks.map_change", map_id=map_id, name="旧", ordinal=1, version=seen)

    assert (answer.status, stale.status) == (303, 409)
    assert browser.get(answer.location).one("h1").node.text.strip() == "总图"
    gone = browser.post("risks.map_remove", map_id=map_id, version=version(world, map_id))
    assert gone.status == 303
    assert browser.get("risks.map_show", map_id=map_id).status == 404


def test_strangers_see_a_map_when_the_principal_publishes_it(
    client_of: Open, world: World, drawn: UUID
):
    assert not public(client_of, world).select(".rmap")

    client_of("principal").post("risks.map_publish", map_id=drawn, version=version(world, drawn))

    page = public(client_of, world)
    assert page.texts("details .plain-list li") == ["熔炼跨重大"]
    assert "涉密间" not in page.body.decode()
    plan = client_of("public").get(page.one(".rmap image")["href"])
    assert plan.body.startswith(b"\xff\xd8")
    client_of("principal").post("risks.map_withdraw", map_id=drawn, version=version(world, drawn))
    assert not public(client_of, world).select(".rmap")
    assert client_of("public").get(page.one(".rmap image")["href"]).status == 404


def test_the_enterprise_file_lists_the_areas_with_their_levels(client_of: Open, drawn: UUID):
    page = client_of("safety_officer").get("enterprise.file_show", part="maps")

    assert page.texts("tbody th") == ["熔炼跨", "涉密间"]
    assert page.texts("tbody td") == ["重大风险", "1 条", "熔炼炉", "—", "0 条", "—"]


def test_an_enterprise_without_maps_says_so_in_its_file(client_of: Open):
    page = client_of("safety_officer").get("enterprise.file_show", part="maps")

    assert "还没有四色分布图。" in page.one("main").text


def test_an_empty_map_is_not_published(client_of: Open, world: World, map_id: UUID):
    page = client_of("principal").post(
        "risks.map_publish", map_id=map_id, version=version(world, map_id)
    )

    assert page.status == 409
    assert "请先绘制再公开" in page.one(".error-summary").text


@pytest.mark.parametrize(("size", "millimetres"), [("a3", (420, 297)), ("a4", (297, 210))])
def test_a_map_is_printed_with_its_shapes_legend_and_list(
    client_of: Open, drawn: UUID, size: str, millimetres: tuple[int, int]
):
    answer = client_of("worker").get("risks.map_paper", map_id=drawn, size=size)

    first, second = texts(answer.body)
    assert "安全风险四色分布图" in first
    assert "重大风险（红） 1 处" in first
    assert "1 熔炼跨　重大" in first
    assert "涉密间" in second
    assert "不对外公开" in second
    paper = pypdfium2.PdfDocument(answer.body)
    assert tuple(round(side / 72 * 25.4) for side in paper[0].get_size()) == millimetres
    # The plan is the only picture: shapes are lines and grounds.
    kinds = [each.type for each in paper[0].get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1
    assert pypdfium2.raw.FPDF_PAGEOBJ_PATH in kinds


def test_a_standing_plan_is_printed_standing(client_of: Open, world: World):
    officer = world["safety_officer"].actor
    map_id = add_map(officer, name="塔楼", picture=plan_picture(300, 600), at=now())

    answer = client_of("worker").get("risks.map_paper", map_id=map_id, size="x")

    width, height = pypdfium2.PdfDocument(answer.body)[0].get_size()
    assert width < height
