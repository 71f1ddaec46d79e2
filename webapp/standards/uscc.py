"""The unified social credit code of an enterprise, GB 32100-2015.

Eighteen characters: registering authority, kind of body, six digits of region, nine characters
of organisation code (GB 11714, the last one its own check) and one check character.
"""

import unicodedata
from dataclasses import dataclass

from stdnum.cn import uscc as _stdnum

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a code: a stable word for programs, a sentence for people."""

    code: str
    message: str


def normalise(text: str) -> str:
    """The code as stored: half-width, upper case, without blanks and dashes."""
    return str(_stdnum.compact(unicodedata.normalize("NFKC", text)))


def check(text: str) -> Finding | None:
    """What makes the text no valid code, or None; the text may still hold blanks or lower case.

    The first two characters may be letters (GB 32100-2015, tables 1 and 2), the region may not.
    """
    code = normalise(text)
    if not code:
        return Finding("empty", "请填写统一社会信用代码。")
    if len(code) != LENGTH:
        return Finding(
            "length", f"统一社会信用代码应为 18 位，现为 {len(code)} 位，请核对营业执照。"
        )
    for position, character in enumerate(code, start=1):
        if character not in ALPHABET:
            return Finding(
                "character",
                f"统一社会信用代码第 {position} 位“{character}”不能使用：只能是数字和大写字母，"
                "且不含 I、O、S、V、Z。",
            )
    if not code[2:8].isdigit():
        return Finding("region", "统一社会信用代码第 3 至 8 位是登记地区划码，应全部为数字。")
    if code[-1] != check_character(code):
        return Finding("check_digit", "统一社会信用代码校验不通过，请核对是否有错位或看错的字符。")
    return None


def check_character(code: str) -> str:
    """The eighteenth character that belongs to the first seventeen."""
    return str(_stdnum.calc_check_digit(code[: LENGTH - 1]))


def organisation_code_agrees(code: str) -> bool:
    """Whether the ninth character of the organisation code agrees with the eight before it.

    Only a warning: some codes registered early do not agree (GB 11714).
    """
    body, own = code[8:16], code[16]
    total = sum(int(c, 36) * w for c, w in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    expected = (11 - total % 11) % 11
    return own == ("X" if expected == 10 else str(expected))
