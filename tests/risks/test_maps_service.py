"""Plans put up, drawn on, published; the colours follow the ledger."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests.factories import enterprise as tenant
from tests.factories import risks
from tests.factories.risks import make_event, make_map, make_point, make_shape, make_unit
from webapp.platform.errors import Conflict, Invalid, NotFound, RuleBroken
from webapp.platform.tenancy import Actor, public_scope
from webapp.risks.queries.map_choices import linkable_points, linkable_units
from webapp.risks.queries.map_rows import MapDetail
from webapp.risks.queries.maps import map_detail, map_picture, maps, published_maps
from webapp.risks.rules.map_drafts import ShapeDraft
from webapp.risks.rules.map_outlines import ShapeKind
from webapp.risks.service.ledger import stop_point
from webapp.risks.service.maps import (
    MOST_MAPS,
    add_map,
    change_map,
    draw_shapes,
    publish_map,
    remove_map,
    withdraw_map,
)
from webapp.standards.risk_methods import RiskLevel

NOW = tenant.NOW


@pytest.fixture
def officer(db: str) -> Actor:
    return tenant.staff_actor(tenant.enterprise())


@pytest.fixture
def map_id(officer: Actor) -> UUID:
    return make_map(officer)


def seen(officer: Actor, map_id: UUID) -> MapDetail:
    return map_detail(officer.scope, officer.enterprise_id, map_id)


def draw(officer: Actor, map_id: UUID, *drafts: ShapeDraft) -> MapDetail:
    version = seen(officer, map_id).map.version
    draw_shapes(officer, map_id, drafts, version=version, at=NOW)
    return seen(officer, map_id)


def publish(officer: Actor, map_id: UUID) -> None:
    publish_map(officer, map_id, version=seen(officer, map_id).map.version, at=NOW)


def test_a_plan_is_kept_as_a_picture_of_our_own(officer: Actor, map_id: UUID):
    kept = map_picture(officer.scope, officer.enterprise_id, map_id)

    assert kept.media_type == "image/jpeg"
    assert kept.data.startswith(b"\xff\xd8")
    assert (seen(officer, map_id).map.width, seen(officer, map_id).map.height) == (600, 400)


def test_a_large_plan_is_brought_down_to_what_a3_can_show(officer: Actor):
    map_id = add_map(officer, name="总图", picture=risks.plan_picture(4000, 1000), at=NOW)

    assert (seen(officer, map_id).map.width, seen(officer, map_id).map.height) == (2400, 600)


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"%PDF-1.7 ...", "暂不支持 PDF"), (b"AC1032 dwg", "这不是图片"), (b"", "图片是空的")],
)
def test_what_is_no_picture_is_refused_at_the_file(officer: Actor, data: bytes, words: str):
    with pytest.raises(Invalid) as refused:
        add_map(officer, name="总图", picture=data, at=NOW)

    assert refused.value.fields["file"].startswith(words)


def test_two_plans_of_one_name_are_refused_at_the_name(officer: Actor, map_id: UUID):
    with pytest.raises(Invalid) as refused:
        make_map(officer)

    assert refused.value.fields == {"name": "已有同名的图，请换一个名称。"}


def test_there_are_at_most_twenty_plans(officer: Actor):
    for number in range(MOST_MAPS):
        make_map(officer, f"{number} 号")

    with pytest.raises(RuleBroken):
        make_map(officer, "再一张")


def test_a_shape_has_the_colour_of_the_gravest_event_in_force_of_its_points(
    officer: Actor, map_id: UUID
):
    own = officer.enterprise_id
    stove, press = make_point(own, "熔炼炉"), make_point(own, "压力机")
    make_event(own, stove, level="significant")
    make_event(own, press, level="moderate")
    make_event(own, press, level="major", removed_at=NOW)

    detail = draw(officer, map_id, make_shape(point_ids=(stove, press)))

    assert [(each.level, each.events) for each in detail.shapes] == [(RiskLevel.SIGNIFICANT, 2)]


def test_the_colour_follows_the_ledger_without_another_save(officer: Actor, map_id: UUID):
    point_id = make_point(officer.enterprise_id, "熔炼炉")
    before = draw(officer, map_id, make_shape(point_ids=(point_id,)))

    make_event(officer.enterprise_id, point_id, level="major")

    assert before.shapes[0].level is None
    assert seen(officer, map_id).shapes[0].level is RiskLevel.MAJOR


def test_a_unit_brings_all_its_points(officer: Actor, map_id: UUID):
    own = officer.enterprise_id
    unit_id = make_unit(own)
    make_event(own, make_point(own, "浇注区", unit_id=unit_id), level="major")

    shape = draw(officer, map_id, make_shape(unit_id=unit_id)).shapes[0]

    assert (shape.level, shape.unit_name) == (RiskLevel.MAJOR, "熔炼车间")
    assert linkable_units(officer.scope, own) == ((unit_id, "熔炼车间"),)


def test_a_stopped_point_colours_nothing_and_is_offered_no_more(officer: Actor, map_id: UUID):
    point_id = make_point(officer.enterprise_id, "旧炉")
    draw(officer, map_id, make_shape(point_ids=(point_id,)))
    stop_point(officer, point_id, at=NOW)

    assert seen(officer, map_id).shapes[0].level is None
    assert linkable_points(officer.scope, officer.enterprise_id) == ()


def test_a_shape_keeps_its_identity_and_one_left_out_leaves_the_map(officer: Actor, map_id: UUID):
    first, second = draw(officer, map_id, make_shape("熔炼跨"), make_shape("浇注跨")).shapes

    after = draw(officer, map_id, replace(second.draft, name="浇注区"))

    assert [(each.id, each.name) for each in after.shapes] == [(second.id, "浇注区")]
    assert first.id != second.id


def test_the_second_of_two_who_save_is_told_and_nothing_is_overwritten(
    officer: Actor, map_id: UUID
):
    version = seen(officer, map_id).map.version
    draw_shapes(officer, map_id, [make_shape("甲画的")], version=version, at=NOW)

    with pytest.raises(Conflict):
        draw_shapes(officer, map_id, [make_shape("乙画的")], version=version, at=NOW)

    assert [each.name for each in seen(officer, map_id).shapes] == ["甲画的"]


def test_the_same_instant_does_not_hide_a_save(officer: Actor, map_id: UUID):
    first = draw(officer, map_id, make_shape()).map.version

    assert draw(officer, map_id, make_shape()).map.version > first


@pytest.mark.parametrize("link", ["unit_id", "point_ids"])
def test_a_link_to_what_is_not_there_is_refused(officer: Actor, map_id: UUID, link: str):
    gone = uuid4()

    with pytest.raises(Invalid) as refused:
        draw(officer, map_id, make_shape(**{link: gone if link == "unit_id" else (gone,)}))

    assert "已不存在" in refused.value.fields["shapes"]


def test_a_link_to_another_enterprise_is_one_to_what_is_not_there(officer: Actor, map_id: UUID):
    theirs = make_point(tenant.enterprise(), "别家的炉")

    with pytest.raises(Invalid):
        draw(officer, map_id, make_shape(point_ids=(theirs,)))


def test_an_id_of_another_maps_shape_makes_a_new_shape(officer: Actor, map_id: UUID):
    other = make_map(officer, "二车间")
    theirs = draw(officer, other, make_shape("二车间的")).shapes[0]

    mine = draw(officer, map_id, theirs.draft).shapes[0]

    assert mine.id != theirs.id
    assert [each.id for each in seen(officer, other).shapes] == [theirs.id]


def test_a_removed_map_is_gone_and_its_name_is_free(officer: Actor, map_id: UUID):
    remove_map(officer, map_id, version=seen(officer, map_id).map.version, at=NOW)

    with pytest.raises(NotFound):
        seen(officer, map_id)
    assert make_map(officer)
    with pytest.raises(NotFound):
        remove_map(officer, map_id, version=2, at=NOW)


def test_maps_stand_in_the_order_that_was_given(officer: Actor, map_id: UUID):
    second = make_map(officer, "一车间")

    version = seen(officer, second).map.version
    change_map(officer, second, name="一车间", ordinal=1, picture=b"", version=version, at=NOW)

    names = [each.map.name for each in maps(officer.scope, officer.enterprise_id)]
    assert names == ["一车间", "厂区总平面"]


def test_another_plan_keeps_the_shapes(officer: Actor, map_id: UUID):
    found = draw(officer, map_id, make_shape()).map

    picture = risks.plan_picture(300, 900)
    change_map(
        officer, map_id, name="新图", ordinal=1, picture=picture, version=found.version, at=NOW
    )

    after = seen(officer, map_id)
    assert (after.map.name, after.map.width, after.map.height) == ("新图", 300, 900)
    assert len(after.shapes) == 1


def test_strangers_see_published_maps_without_what_is_confidential(officer: Actor, map_id: UUID):
    own = officer.enterprise_id
    point_id = make_point(own, "熔炼炉")
    make_event(own, point_id, level="major")
    make_map(officer, "未公开的图")
    draw(
        officer,
        map_id,
        make_shape("熔炼跨", point_ids=(point_id,)),
        make_shape("涉密间", is_confidential=True),
    )
    publish(officer, map_id)

    shown = published_maps(public_scope(own), own)

    assert [each.map.name for each in shown] == ["厂区总平面"]
    assert [(s.name, s.level) for s in shown[0].shapes] == [("熔炼跨", RiskLevel.MAJOR)]
    assert map_picture(public_scope(own), own, map_id).data


def test_the_database_itself_hides_what_is_not_published(officer: Actor, map_id: UUID):
    own = officer.enterprise_id
    draw(officer, map_id, make_shape(), make_shape("涉密间", is_confidential=True))

    with pytest.raises(NotFound):
        map_picture(public_scope(own), own, map_id)
    publish(officer, map_id)
    stranger = map_detail_of_stranger(own, map_id)
    assert [each.name for each in stranger.shapes] == ["熔炼跨"]


def map_detail_of_stranger(enterprise_id: UUID, map_id: UUID) -> MapDetail:
    (found,) = published_maps(public_scope(enterprise_id), enterprise_id)
    assert found.map.id == map_id
    return found


def test_an_empty_map_cannot_be_published(officer: Actor, map_id: UUID):
    with pytest.raises(RuleBroken):
        publish(officer, map_id)


def test_a_withdrawn_map_is_shown_no_more(officer: Actor, map_id: UUID):
    draw(officer, map_id, make_shape())
    publish(officer, map_id)

    withdraw_map(officer, map_id, version=seen(officer, map_id).map.version, at=NOW)

    assert published_maps(public_scope(officer.enterprise_id), officer.enterprise_id) == ()


def test_a_spot_is_a_shape_too(officer: Actor, map_id: UUID):
    spot = make_shape("配电箱", kind=ShapeKind.POINT, vertices=((0.5, 0.5),))

    shape = draw(officer, map_id, spot).shapes[0]

    assert (shape.kind, shape.outline) == (ShapeKind.POINT, "500.0,333.4")
