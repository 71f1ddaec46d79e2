"""Which password is good enough.

Length counts, not a mix of signs (OWASP ASVS 5.0, V6.2; NIST SP 800-63B): a sentence that
is easy to remember is welcome, a short tangle is not.
"""

import unicodedata

from webapp.accounts.rules.common_passwords import COMMON_WORDS
from webapp.standards.refusal import Refusal

MIN_LENGTH = 10
MAX_LENGTH = 128
MIN_DISTINCT = 5
MIN_UNCOMMON = 5
_MIN_PERSONAL = 3

_ROWS = (
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
)
_LOOK_ALIKE = str.maketrans({"@": "a", "$": "s", "!": "i", "|": "l"})
_LONGEST_FIRST = tuple(sorted(COMMON_WORDS, key=lambda word: (-len(word), word)))


def password_refusal(password: str, *, personal: tuple[str, ...] = ()) -> Refusal | None:
    """Why a password may not be used, or None.

    `personal` are the words a guesser tries first: login name, person's name, phone,
    enterprise's name.
    """
    message = _length_fault(password) or _pattern_fault(password)
    message = message or _personal_fault(password, personal) or _common_fault(password)
    return Refusal(message, "password") if message else None


def strength_length(password: str) -> int:
    """Length as it counts for guessing: a Chinese character counts twice."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in password)


def _length_fault(password: str) -> str | None:
    if strength_length(password) < MIN_LENGTH:
        return f"密码至少 {MIN_LENGTH} 个字符（汉字算两个），可以用一句好记的话。"
    if len(password) > MAX_LENGTH:
        return f"密码最多 {MAX_LENGTH} 个字符。"
    return None


def _pattern_fault(password: str) -> str | None:
    plain = password.casefold()
    if len(set(plain)) < min(MIN_DISTINCT, len(plain)):
        return "密码重复的字符太多，请换一个。"
    if _is_repeated(plain):
        return "密码是一段内容的重复，请换一个。"
    if _is_walk(plain):
        return "密码是连续的数字、字母或键盘顺序，请换一个。"
    return None


def _is_repeated(plain: str) -> bool:
    return plain in (plain + plain)[1:-1]


def _is_walk(plain: str) -> bool:
    return any(plain in track for row in _ROWS for track in (row * 13, row[::-1] * 13))


def _personal_fault(password: str, personal: tuple[str, ...]) -> str | None:
    plain = password.casefold()
    words = (word.strip().casefold() for word in personal)
    if any(word in plain for word in words if strength_length(word) >= _MIN_PERSONAL):
        return "密码不能包含登录名、姓名、手机号或单位名称。"
    return None


def _common_fault(password: str) -> str | None:
    plain = password.casefold()
    if min(_uncommon(plain), _uncommon(plain.translate(_LOOK_ALIKE))) < MIN_UNCOMMON:
        return "密码太常见，容易被猜中，请换一个。"
    return None


def _uncommon(plain: str) -> int:
    for word in _LONGEST_FIRST:
        plain = plain.replace(word, " ")
    return strength_length("".join(sign for sign in plain if sign.isalnum()))
