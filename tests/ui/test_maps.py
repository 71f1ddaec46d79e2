from webapp.ui.maps import Outline, band, coloured, draw

WEST = Outline("410502", "文峰区", (((114.0, 36.0), (114.1, 36.0), (114.1, 36.1), (114.0, 36.1)),))
EAST = Outline("410503", "北关区", (((114.1, 36.0), (114.2, 36.0), (114.2, 36.1), (114.1, 36.1)),))


def test_north_is_up_and_east_is_right():
    drawing = draw([WEST, EAST], width=400)

    west, east = drawing.shapes
    assert west.x < east.x
    assert west.path.startswith("M0 ")
    assert drawing.view_box.startswith("0 0 400 ")


def test_words_stand_in_the_middle_of_their_district():
    west, _ = draw([WEST, EAST], width=400).shapes

    assert west.x == 100


def test_a_district_without_a_value_has_no_colour_and_says_so():
    areas = coloured(
        draw([WEST, EAST]),
        {"410502": 6.2},
        limits=(3, 4, 5, 6),
        words=lambda value: f"{value:.1f}",
        href=lambda code: f"/overview?region={code}",
    )

    assert [(area.band, area.words) for area in areas] == [(5, "6.2"), (0, "没有数据")]
    assert areas[1].href == "/overview?region=410503"


def test_a_limit_belongs_to_the_band_above_it():
    assert [band(value, (3, 4, 5, 6)) for value in (None, 0, 3, 3.9, 6)] == [0, 1, 2, 2, 5]
