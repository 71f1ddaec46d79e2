"""Outlines on a plan and the colours of shapes."""

import json
from math import cos, sin, tau

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.risks.rules.map_colours import legend, shape_level
from webapp.risks.rules.map_drafts import (
    MOST_SHAPES,
    UNREADABLE,
    DrawingRefused,
    ShapeDraft,
    drawing_text,
    read_drawing,
)
from webapp.risks.rules.map_outlines import (
    MOST_VERTICES,
    ShapeKind,
    Vertex,
    contains,
    label_anchor,
    outline_fault,
    rounded,
)
from webapp.standards.risk_methods import RiskLevel

SQUARE = ((0.1, 0.1), (0.4, 0.1), (0.4, 0.4), (0.1, 0.4))
L_SHAPE = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.2), (0.2, 0.2), (0.2, 0.9), (0.1, 0.9))


def polygon_fault(*vertices: Vertex) -> str:
    return outline_fault(ShapeKind.POLYGON, vertices)


def raw(**changed: object) -> dict[str, object]:
    plain = {
        "id": "",
        "name": "熔炼跨",
        "kind": "polygon",
        "vertices": SQUARE,
        "unit": "",
        "points": [],
        "confidential": False,
    }
    return {**plain, **changed}


@st.composite
def star_shaped(draw: st.DrawFn) -> tuple[Vertex, ...]:
    """Corners around a middle, each at its own distance: such an outline never meets itself."""
    count = draw(st.integers(3, 20))
    radii = draw(st.lists(st.floats(0.05, 0.45), min_size=count, max_size=count))
    turns = (tau * at / count for at in range(count))
    return tuple(
        rounded((0.5 + radius * cos(turn), 0.5 + radius * sin(turn)))
        for radius, turn in zip(radii, turns, strict=True)
    )


def test_a_square_and_an_l_shape_can_be_drawn():
    assert polygon_fault(*SQUARE) == ""
    assert polygon_fault(*L_SHAPE) == ""


def test_two_corners_are_no_area():
    assert polygon_fault(*SQUARE[:2]) == "至少要有 3 个顶点"


def test_more_corners_than_can_be_edited_are_refused():
    corners = [(at / 1000, (at * at % 97) / 100) for at in range(MOST_VERTICES + 1)]

    assert polygon_fault(*corners) == "最多 60 个顶点，现在有 61 个"


@pytest.mark.parametrize("outside", [(-0.01, 0.5), (1.01, 0.5), (0.5, float("nan"))])
def test_a_corner_outside_the_plan_is_refused(outside: Vertex):
    assert polygon_fault(*SQUARE[:3], outside) == "有顶点在图外，请移回图内"


@pytest.mark.parametrize(
    "corners",
    [
        pytest.param(((0.1, 0.1), (0.4, 0.4), (0.4, 0.1), (0.1, 0.4)), id="bow tie"),
        pytest.param(((0.1, 0.1), (0.5, 0.1), (0.3, 0.1)), id="flat"),
        pytest.param(((0.1, 0.1), (0.5, 0.1), (0.5, 0.5), (0.5, 0.2)), id="folded back"),
        pytest.param(
            ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.5, 0.1), (0.1, 0.9)), id="touching itself"
        ),
    ],
)
def test_sides_that_meet_are_refused(corners: tuple[Vertex, ...]):
    assert polygon_fault(*corners) == "边线相交或重叠，请调整顶点"


def test_the_same_corner_twice_is_refused():
    assert polygon_fault(*SQUARE, SQUARE[0]) == "有两个顶点重合，请删去一个"


def test_a_spot_has_one_place():
    assert outline_fault(ShapeKind.POINT, SQUARE[:1]) == ""
    assert outline_fault(ShapeKind.POINT, SQUARE[:2]) == "点位只能有一个位置"


@given(star_shaped())
def test_an_outline_around_a_middle_is_accepted_from_every_corner_and_both_ways(corners):
    assert polygon_fault(*corners) == ""
    assert polygon_fault(*corners[1:], corners[0]) == ""
    assert polygon_fault(*reversed(corners)) == ""


@given(st.integers(4, 20), st.data())
def test_swapping_neighbours_of_a_convex_outline_makes_it_cross(count, data):
    ring = [
        (0.5 + 0.4 * cos(tau * a / count), 0.5 + 0.4 * sin(tau * a / count)) for a in range(count)
    ]
    at = data.draw(st.integers(0, count - 2))
    ring[at], ring[at + 1] = ring[at + 1], ring[at]

    assert polygon_fault(*ring) == "边线相交或重叠，请调整顶点"


@given(star_shaped())
def test_a_name_stands_inside_its_area(corners):
    assert contains(corners, label_anchor(corners))


def test_the_name_of_an_l_stands_in_an_arm_and_not_in_the_corner_it_leaves_out():
    assert contains(L_SHAPE, label_anchor(L_SHAPE))


@given(st.lists(st.sampled_from(RiskLevel), max_size=8))
def test_a_shape_is_as_grave_as_the_gravest_in_it(levels):
    level = shape_level(levels)

    assert (level is None) == (not levels)
    assert not any(level and other.is_above(level) for other in levels)


def test_the_legend_counts_every_level_and_what_is_not_assessed():
    entries = legend([RiskLevel.MAJOR, None, RiskLevel.MAJOR, RiskLevel.LOW])

    assert [(entry.words, entry.shapes) for entry in entries] == [
        ("重大风险（红）", 2),
        ("较大风险（橙）", 0),
        ("一般风险（黄）", 0),
        ("低风险（蓝）", 1),
        ("未评价", 1),
    ]
    assert len(legend([])) == 4


def test_a_drawing_survives_the_way_to_the_page_and_back():
    drafts = (ShapeDraft(None, "熔炼跨", ShapeKind.POLYGON, SQUARE, is_confidential=True),)

    assert read_drawing(drawing_text(drafts)) == drafts


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": "  "}, "第 1 个“未命名”：还没有名称，请填写区域或点位的名称。"),
        ({"name": "长" * 41}, f"第 1 个“{'长' * 40}”：名称最多 40 个字。"),
        ({"name": "合\u202e格"}, "第 1 个“合格”：名称里有看不见的控制字符，请重新输入。"),
        ({"vertices": SQUARE[:2]}, "第 1 个“熔炼跨”：至少要有 3 个顶点。"),
        ({"vertices": [["a", 1]]}, UNREADABLE),
        ({"kind": "circle"}, UNREADABLE),
        ({"points": ["x"]}, UNREADABLE),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(changed, words):
    with pytest.raises(DrawingRefused) as refused:
        read_drawing(json.dumps([raw(**changed)]))

    assert refused.value.message == words


@pytest.mark.parametrize("text", ["", "null", "{}x", "[" * 100_000, "[1]", "[[]]", '"x"'])
def test_what_is_no_drawing_is_refused(text):
    with pytest.raises(DrawingRefused) as refused:
        read_drawing(text)

    assert refused.value.message == UNREADABLE


def test_more_shapes_than_a_plan_can_show_are_refused():
    with pytest.raises(DrawingRefused) as refused:
        read_drawing(json.dumps([raw()] * (MOST_SHAPES + 1)))

    assert "请分成几张图" in refused.value.message


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


def outcome(text: str) -> str:
    """The faults of what was read; words for what was refused."""
    try:
        drafts = read_drawing(text)
    except DrawingRefused as refused:
        return refused.message
    return "".join(outline_fault(draft.kind, draft.vertices) for draft in drafts)


@given(st.dictionaries(st.sampled_from(list(raw())), json_values))
def test_whatever_is_sent_is_read_or_refused_in_words(changed):
    found = outcome(json.dumps([raw(**changed)]))

    assert found == "" or found.endswith("。")
