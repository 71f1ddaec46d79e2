from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from webapp.ui.charts import distribution_words, plot, segments


def test_a_bar_of_levels_starts_with_the_worst_and_fills_its_width():
    parts = segments({"low": 105, "major": 4, "significant": 22, "moderate": 83})

    assert [part.level for part in parts] == ["major", "significant", "moderate", "low"]
    assert parts[0].x == 0
    assert round(parts[-1].x + parts[-1].width) == 1000


@given(
    st.dictionaries(
        st.sampled_from(["major", "significant", "moderate", "low"]), st.integers(0, 10**7)
    )
)
def test_parts_of_a_bar_never_overlap_nor_leave_it(counts):
    parts = segments(counts)

    assert all(a.x + a.width <= b.x + 0.2 for a, b in pairwise(parts))
    assert all(0 <= part.x <= 1000 and part.x + part.width <= 1000.2 for part in parts)


def test_the_bar_says_its_numbers_to_those_who_cannot_see_it():
    assert distribution_words({"major": 4, "low": 1050}) == "重大 4，较大 0，一般 0，低 1,050"


def test_a_step_line_holds_each_value_until_the_next():
    drawn = plot([(date(2026, 9, 1), 80), (date(2026, 9, 11), 90)], step=True, low=80, high=90)

    assert drawn.line == "M0 100H1000V0H1000"
    assert drawn.y_words == ("90", "85", "80")
    assert drawn.x_words == ("9月1日", "9月11日")


def test_dates_stand_at_their_distance_in_time():
    drawn = plot(
        [(date(2026, 1, 1), 1), (date(2026, 1, 2), 2), (date(2026, 1, 11), 3)], low=0, high=4
    )

    assert drawn.line == "M0 75L100 50L1000 25"


def test_a_line_along_the_fixed_top_keeps_an_axis_below_it():
    drawn = plot([(date(2026, 9, 1), 100), (date(2026, 9, 11), 100)], high=100)

    assert drawn.y_words == ("100", "75", "50")
    assert drawn.line == "M0 0L1000 0"


def test_a_chart_without_values_is_not_drawn():
    assert plot([]) is None


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_every_value_stays_inside_the_box(values):
    drawn = plot([(str(index), value) for index, value in enumerate(values)])

    heights = [float(pair.split(" ")[1].split("H")[0]) for pair in drawn.line[1:].split("L")]
    assert all(0 <= height <= 100 for height in heights)
