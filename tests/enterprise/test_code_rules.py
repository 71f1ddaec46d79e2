from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.enterprise.rules.code import (
    ENTROPY_BYTES,
    STRANGER,
    TOKEN_LENGTH,
    Audience,
    CodeState,
    Viewer,
    audience,
    is_genuine,
    new_token,
    printed_address,
)

KEY, OLD_KEY = b"k" * 32, b"o" * 32
ENTROPY = st.binary(min_size=ENTROPY_BYTES, max_size=ENTROPY_BYTES)
OURS, THEIRS = UUID(int=1), UUID(int=2)


@given(ENTROPY)
def test_a_token_is_genuine_by_its_key_only(entropy):
    token = new_token(entropy, KEY)

    assert len(token) == TOKEN_LENGTH
    assert is_genuine(token, [KEY])
    assert is_genuine(token, [OLD_KEY, KEY])
    assert not is_genuine(token, [OLD_KEY])
    assert not is_genuine(token, [])


@given(ENTROPY, st.integers(0, TOKEN_LENGTH - 1), st.sampled_from("0123456789ABCDEFGH"))
def test_a_token_with_one_sign_changed_is_not_genuine(entropy, place, sign):
    token = new_token(entropy, KEY)
    forged = token[:place] + sign + token[place + 1 :]

    assert is_genuine(forged, [KEY]) is (forged == token)


@given(ENTROPY, ENTROPY)
def test_no_two_entropies_share_a_token(one, other):
    assert (new_token(one, KEY) == new_token(other, KEY)) is (one == other)


def test_a_token_can_be_typed_in_small_letters_with_look_alikes():
    token = new_token(bytes(range(ENTROPY_BYTES)), KEY)
    typed = token.lower().replace("0", "o").replace("1", "l")

    assert is_genuine(f" {typed[:18]}-{typed[18:]} ", [KEY])


@given(st.text(max_size=60))
def test_any_text_is_simply_not_genuine(text):
    assert not is_genuine(text, [KEY])


def test_a_token_takes_sixteen_random_bytes():
    with pytest.raises(ValueError, match="16 random bytes"):
        new_token(b"short", KEY)


def test_the_printed_address_is_the_one_address():
    assert printed_address("https://a.example/", "T0KEN") == "https://a.example/e/T0KEN"


@pytest.mark.parametrize(
    ("viewer", "expected"),
    [
        (STRANGER, Audience.PUBLIC),
        (Viewer(frozenset({THEIRS})), Audience.PUBLIC),
        (Viewer(frozenset({OURS})), Audience.STAFF),
        (Viewer(region_prefixes=frozenset({"4105"})), Audience.OFFICER),
        (Viewer(region_prefixes=frozenset({"410502"})), Audience.OFFICER),
        (Viewer(region_prefixes=frozenset({"410503"})), Audience.PUBLIC),
        (Viewer(frozenset({OURS}), frozenset({"4105"})), Audience.OFFICER),
    ],
)
def test_one_address_shows_each_what_is_his(viewer, expected):
    found = audience(viewer, CodeState.ACTIVE, enterprise_id=OURS, enterprise_region="410502001")

    assert found is expected


@pytest.mark.parametrize("state", [CodeState.REVOKED, CodeState.UNKNOWN])
def test_a_code_that_is_not_active_opens_nothing_to_anyone(state):
    officer = Viewer(frozenset({OURS}), frozenset({"4105"}))

    found = audience(officer, state, enterprise_id=OURS, enterprise_region="410502001")

    assert found is Audience.PUBLIC
