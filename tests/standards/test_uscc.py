import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.standards.uscc import (
    ALPHABET,
    check,
    check_character,
    normalise,
    organisation_code_agrees,
)

VALID = (
    "91320400732252465D",
    "9132040056775521X8",
    "91320413588424540H",
    "91410500MA40AYM1XG",
    "91410502MA3X00010T",
    "91410581MA9F1234XD",
    "914105267982456127",
)


@pytest.mark.parametrize("code", VALID)
def test_worked_codes_are_valid(code):
    assert check(code) is None


def test_the_worked_check_character():
    assert check_character("91410500MA40AYM1X") == "G"


def test_blanks_small_and_full_width_letters_are_forgiven():
    assert normalise(" ９１４１０５００ ma40aym1xg ") == "91410500MA40AYM1XG"
    assert check("9141 0500-MA40AYM1XG") is None


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("", "empty", "请填写"),
        ("91410500MA40AYM1X", "length", "现为 17 位"),
        ("91410500MA40AYM1XGG", "length", "现为 19 位"),
        ("91410500MA4OAYM1XG", "character", "第 12 位“O”"),
        ("9141X500MA40AYM1XG", "region", "第 3 至 8 位"),
        ("91410500MA40AYM1XH", "check_digit", "校验不通过"),
    ],
)
def test_a_finding_says_in_chinese_what_is_wrong(text, code, word):
    finding = check(text)

    assert finding is not None
    assert finding.code == code
    assert word in finding.message


@given(st.sampled_from(VALID), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_mistyped_character_never_passes(code, place, other):
    changed = code[:place] + other + code[place + 1 :]

    assert (check(changed) is None) == (changed == code)


@given(st.sampled_from(VALID), st.integers(8, 15))
def test_two_swapped_neighbours_never_pass(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert (check(swapped) is None) == (swapped == code)


def test_the_organisation_code_inside_is_only_compared():
    assert organisation_code_agrees("91320400732252465D")
    assert organisation_code_agrees("9132040056775521X8")
    assert not organisation_code_agrees("914105267982456137")
