from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.documents.fonts import Face
from webapp.documents.runs import Style, fill
from webapp.documents.typesetting.kinsoku import NOT_FIRST, NOT_LAST, wrap
from webapp.documents.typesetting.metrics import clean, metrics
from webapp.documents.typesetting.text import set_lines

STYLE = Style(Face.SONG, size=16, leading=28, indent=2)
WIDTH = 442.0
MIXED = st.text("安全生产隐患，。（）《》“”、KQ-02 3.2厘米年月日第号〔〕abc", max_size=200)


def _width(line: str) -> float:
    return metrics(Face.SONG).width(line) * 10


@given(MIXED)
def test_wrapping_loses_no_character_but_the_blanks_at_line_ends(text: str) -> None:
    lines = wrap(text, Face.SONG, 10, 100)

    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")


@given(MIXED)
def test_no_line_is_wider_than_its_room_but_for_the_blank_half_of_a_mark(text: str) -> None:
    lines = wrap(text, Face.SONG, 10, 100)

    assert all(_width(line.rstrip()) <= 105.001 for line in lines)


def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark() -> None:
    text = "检查时该炉正在生产，涉嫌构成重大事故隐患（《判定标准》第七条第三项）。" * 4

    for width in range(60, 240, 7):
        lines = wrap(text, Face.SONG, 10, width)
        assert not any(line[0] in NOT_FIRST for line in lines[1:])
        assert not any(line[-1] in NOT_LAST for line in lines[:-1])


@pytest.mark.parametrize("whole", ["KQ-02", "2026年", "18日", "3.2"])
def test_words_and_numbers_with_their_unit_stay_whole(whole: str) -> None:
    for before in range(1, 12):
        lines = wrap("检" * before + whole + "合格", Face.SONG, 10, 80)
        assert any(whole in line for line in lines)


def test_a_word_longer_than_the_line_is_cut() -> None:
    lines = wrap("x" * 5000, Face.SONG, 10, 100)

    assert sum(map(len, lines)) == 5000
    assert all(_width(line) <= 100 for line in lines)


def test_justified_lines_reach_the_margin_and_the_last_does_not() -> None:
    lines = set_lines("安全生产工作应当以人为本坚持人民至上" * 6, STYLE, WIDTH)

    ends = []
    for line in lines:
        last = line.spans[-1]
        drawn = metrics(last.face).width(last.text) * 16 + last.tracking * (len(last.text) - 1)
        ends.append(last.x + drawn)
    assert ends[:-1] == pytest.approx([WIDTH] * (len(lines) - 1), abs=0.5)
    assert ends[-1] < WIDTH


def test_the_first_line_is_indented_by_two_characters_and_only_the_first() -> None:
    lines = set_lines("安" * 60, STYLE, WIDTH)

    assert [line.spans[0].x for line in lines[:2]] == [32, 0]


def test_neighbouring_marks_close_up() -> None:
    apart = set_lines("甲）乙。", Style(size=10), 400)[0]
    close = set_lines("甲乙）。", Style(size=10), 400)[0]

    assert close.spans[-1].x == pytest.approx(25)
    assert len(apart.spans) == 1


def test_neighbouring_marks_never_close_up_by_more_than_their_blank_half() -> None:
    text = "涂装车间喷漆室未设置可燃气体浓度报警装置（《中华人民共和国安全生产法》第三十六条）。"
    size, half = STYLE.size, STYLE.size / 2

    for width in range(120, 460, 3):
        for line in set_lines(text, STYLE, width):
            begins = [
                span.x + at * (size + span.tracking)
                for span in line.spans
                for at in range(len(span.text))
            ]
            assert all(b - a > half - 0.01 for a, b in pairwise(begins)), (width, line.plain)


def test_a_fill_in_is_underlined_and_an_empty_one_leaves_a_rule() -> None:
    filled, empty = (
        set_lines(["对第", fill(text), "项"], Style(size=10), 400)[0].spans for text in ("1", "")
    )

    assert [bool(span.rule) for span in filled] == [False, True, False]
    assert next(span.rule for span in empty if span.rule) == pytest.approx(60)
