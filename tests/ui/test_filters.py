from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.ui import filters
from webapp.ui.filters import SHANGHAI

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (filters.iso_date(date(2026, 11, 24)), "2026-11-24"),
        (filters.long_date(date(2026, 1, 4)), "2026年1月4日"),
        (filters.short_date(NOW), "11月24日"),
        (filters.moment(NOW), "11月24日 10:42"),
        (filters.timestamp(NOW), "2026-11-24 10:42"),
        (filters.weekday(NOW), "星期二"),
        (filters.machine_time(NOW), "2026-11-24T10:42:00+08:00"),
    ],
)
def test_dates_read_as_people_write_them(shown, words):
    assert shown == words


def test_an_instant_shows_as_shanghai_reads_its_clock():
    late_in_london = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)

    assert filters.timestamp(late_in_london) == "2026-11-24 01:30"
    assert filters.iso_date(late_in_london) == "2026-11-24"


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (date(2026, 11, 22), "逾期 2 天", "late"),
        (NOW.replace(day=23, hour=23), "逾期 1 天", "late"),
        (NOW.replace(hour=10, minute=0), "已过 42 分钟", "late"),
        (NOW.replace(hour=7), "已过 3 小时", "late"),
        (date(2026, 11, 24), "今天", "soon"),
        (NOW.replace(hour=18, minute=0), "今天 18:00 前", "soon"),
        (date(2026, 11, 25), "明天", "soon"),
        (date(2026, 11, 27), "3 天后", ""),
        (date(2026, 12, 18), "24 天后", ""),
        (None, "未定期限", ""),
    ],
)
def test_a_deadline_says_how_far_away_it_is(due, words, tone):
    assert filters.due_word(due, NOW) == words
    assert filters.due_tone(due, NOW) == tone


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_deadline_is_late_exactly_when_its_day_is_over(due, today):
    assert (filters.due_tone(due, today) == "late") is (today > due)
    assert filters.due_word(due, today).startswith("逾期") is (today > due)


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(seconds=20), "刚刚"),
        (timedelta(minutes=5), "5 分钟前"),
        (timedelta(hours=3), "3 小时前"),
        (timedelta(days=1), "昨天 10:42"),
        (timedelta(days=4), "11月20日 10:42"),
        (timedelta(days=400), "2025-10-20 10:42"),
    ],
)
def test_the_past_is_told_as_people_tell_it(back, words):
    assert filters.ago(NOW - back, NOW) == words


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (filters.number(1234), "1,234"),
        (filters.number(Decimal("1234.50")), "1,234.50"),
        (filters.number(84.666, 1), "84.7"),
        (filters.percent(0.847), "84.7%"),
        (filters.percent(1, 0), "100%"),
        (filters.points(Decimal("1.15")), "1.15"),
        (filters.gain(1.15), "+1.15"),
        (filters.gain(-0.58), "−0.58"),
        (filters.gain(0), "±0.00"),
        (filters.uscc("91410500MA3X4J2K1P"), "91 410500 MA3X4J2K1 P"),
        (filters.file_size(12), "12 B"),
        (filters.file_size(356_000), "348 KB"),
        (filters.file_size(2_516_582), "2.4 MB"),
        (filters.file_size(3 * 1024**3), "3.0 GB"),
        (filters.word("open", {"open": "未销号"}), "未销号"),
        (filters.level_word("major"), "重大风险"),
        (filters.level_word("low", short=True), "低"),
        (filters.level_word(None), "未评价"),
        (filters.initial(" 欧阳建国"), "欧"),
    ],
)
def test_numbers_and_words_read_as_on_paper(shown, words):
    assert shown == words


@pytest.mark.parametrize(
    "filter_",
    [
        *(filters.iso_date, filters.long_date, filters.short_date, filters.moment),
        *(filters.timestamp, filters.clock_time, filters.weekday, filters.number),
        *(filters.percent, filters.points, filters.gain, filters.uscc, filters.file_size),
    ],
)
def test_what_is_not_there_shows_as_a_dash(filter_):
    assert filter_(None) == "—"
