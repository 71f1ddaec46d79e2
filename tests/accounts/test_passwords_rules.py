import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.accounts.rules.common_passwords import COMMON_WORDS
from webapp.accounts.rules.passwords import MAX_LENGTH, password_refusal


def message(password, *personal):
    refusal = password_refusal(password, personal=personal)
    return refusal.message if refusal else None


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "配电室每天九点开门",
        "Kiln-7 turns slowly",
        "tR4.vk9+Lm",
        "春眠不觉晓处处闻啼鸟",
    ],
)
def test_a_sentence_or_a_long_tangle_is_good(password):
    assert message(password) is None


@pytest.mark.parametrize("password", ["", "tR4.vk9+L", "床前明月"])
def test_a_short_password_is_refused(password):
    assert message(password) == "密码至少 10 个字符（汉字算两个），可以用一句好记的话。"


def test_an_endless_password_is_refused():
    assert message("ab9Kd" + "x7Q-" * 40) == f"密码最多 {MAX_LENGTH} 个字符。"


@pytest.mark.parametrize("password", ["aaaaaaaaaa", "1111111111", "abababababab", "安安安安安安"])
def test_a_password_of_few_signs_is_refused(password):
    assert message(password) == "密码重复的字符太多，请换一个。"


def test_a_repeated_password_is_refused():
    assert message("k7wqzk7wqz") == "密码是一段内容的重复，请换一个。"


@pytest.mark.parametrize("password", ["3456789012", "cdefghijklm", "poiuytrewq", "Asdfghjklasd"])
def test_a_walk_on_the_keyboard_is_refused(password):
    assert message(password) == "密码是连续的数字、字母或键盘顺序，请换一个。"


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "P@ssword2026",
        "woaini1314520",
        "admin@123456",
        "anyang123456",
        "Qq123456789!",
        "1qaz2wsx3edc",
        "我爱中国123456",
        "安全生产安全第一",
    ],
)
def test_what_everyone_takes_is_refused(password):
    assert message(password) == "密码太常见，容易被猜中，请换一个。"


@pytest.mark.parametrize(
    ("password", "personal"),
    [
        ("wangqiang-7Kq", "wangqiang"),
        ("13837251234xyQ", "13837251234"),
        ("我是王小强本人啊", "王小强"),
    ],
)
def test_a_password_never_holds_ones_own_name(password, personal):
    assert message(password, personal) == "密码不能包含登录名、姓名、手机号或单位名称。"


def test_a_very_short_name_forbids_nothing():
    assert message("tR4.vk9+Lm", "v") is None


@given(st.text(max_size=200))
def test_any_text_gets_an_answer_at_the_password_field(password):
    refusal = password_refusal(password)

    assert refusal is None or refusal.field == "password"


@given(st.sampled_from(sorted(COMMON_WORDS)), st.integers(0, 999))
def test_a_common_word_with_a_short_number_is_never_enough(word, number):
    assert message(f"{word}{number}") is not None


def test_the_list_is_worth_its_name():
    assert len(COMMON_WORDS) >= 200
