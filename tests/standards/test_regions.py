import json
import re

import pytest

from webapp.standards.boundaries import city_map, geojson
from webapp.standards.loader import UnknownCode
from webapp.standards.regions import (
    RegionLevel,
    children,
    counties,
    exists,
    full_name,
    is_within,
    normalise,
    path,
    region,
    townships,
)


def test_anyang_has_nine_counties_and_one_development_zone():
    assert [r.name for r in counties()] == [
        "文峰区", "北关区", "殷都区", "龙安区", "安阳县", "汤阴县", "滑县", "内黄县", "林州市",
    ]  # fmt: skip
    zones = [r for r in children("4105") if not r.is_statutory]
    assert [r.code for r in zones] == ["410571"]


def test_there_are_137_townships_and_every_parent_exists():
    found = [t for c in children("4105") for t in townships(c.code)]

    assert len(found) == 137
    assert len({t.code for t in found}) == 137
    for township in found:
        assert region(str(township.parent)).level is RegionLevel.COUNTY
        assert township.code.startswith(str(township.parent))


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("410502", 15), ("410503", 10), ("410505", 12), ("410506", 11), ("410522", 16),
        ("410523", 10), ("410526", 23), ("410527", 17), ("410571", 3), ("410581", 20),
    ],
)  # fmt: skip
def test_townships_of_each_county(code, count):
    assert len(townships(code)) == count


def test_codes_lose_their_trailing_zeros():
    assert [normalise(c) for c in ("410000", "410500", "410502", "410502000", "410503100")] == [
        "41", "4105", "410502", "410502", "410503100",
    ]  # fmt: skip
    assert region("410500").name == "安阳市"
    assert normalise("410502001000") == "410502001"


def test_a_name_is_read_from_the_province_down():
    assert full_name("410506002") == "河南省安阳市龙安区彰武街道"
    assert [r.code for r in path("410581107")] == ["41", "4105", "410581", "410581107"]


def test_a_prefix_is_a_scope():
    assert is_within("410502001", "4105")
    assert is_within("410502", "410502000")
    assert not is_within("410503", "410502")
    assert not is_within("4105", "410502")


def test_an_unknown_code_is_refused():
    assert not exists("999999")
    with pytest.raises(UnknownCode, match="没有区划代码"):
        region("999999")


def test_the_map_draws_each_county_inside_its_view_box():
    drawn = city_map()
    _, _, width, height = (float(n) for n in drawn.view_box.split())

    assert [s.code for s in drawn.shapes] == [r.code for r in counties()]
    for shape in drawn.shapes:
        numbers = [float(n) for n in re.findall(r"-?\d+\.\d+", shape.path)]
        assert all(0 <= x <= width for x in numbers[::2])
        assert all(0 <= y <= height for y in numbers[1::2])
        assert 0 < shape.label_x < width
        assert 0 < shape.label_y < height
    assert sum(len(s.path) for s in drawn.shapes) < 60_000
    assert [s.name for s in drawn.shapes if s.inset] == ["文峰区", "北关区", "殷都区", "龙安区"]


def test_a_position_lies_on_the_map():
    x, y = city_map().place(114.355742, 36.10766)

    shape = next(s for s in city_map().shapes if s.name == "北关区")
    assert abs(x - shape.label_x) < 25
    assert abs(y - shape.label_y) < 25


def test_the_geojson_is_small_and_keyed_by_county():
    found = json.loads(geojson())

    assert [f["id"] for f in found["features"]] == [r.code for r in counties()]
    assert len(geojson()) < 60_000
