"""Risk levels as ledgers write them: words, numbers, letters, colours, fills.

Decisions. Numbers count from the gravest: 1级, Ⅰ级, 一级, A级 is major, and 4级 and 5级 are both
low, as the five-level tables of the classic LEC and LS texts merge their two lowest. Some older
texts count the other way, from 1 稍有危险 to 5 极其危险; a column is read so only when it has a 5
and the values beside it agree better that way. In tables that call their gravest level 巨大, the
words move one down: there 重大 is orange. 一般危险 is the fourth of the classic five (20 to 70),
so it is low, while 一般风险 is moderate.
"""

import colorsys
import re
from collections.abc import Iterable
from enum import StrEnum

from webapp.risks.rules.import_ledger.words import squeezed
from webapp.standards.risk_methods import RiskLevel

_MAJOR, _SIGNIFICANT = RiskLevel.MAJOR, RiskLevel.SIGNIFICANT
_MODERATE, _LOW = RiskLevel.MODERATE, RiskLevel.LOW
_RED, _ORANGE, _YELLOW, _BLUE = "红", "橙", "黄", "蓝"


class Scale(StrEnum):
    """How a column's words and numbers are to be taken."""

    USUAL = "usual"
    ASCENDING = "ascending"
    HUGE_FIRST = "huge_first"


_HUGE = re.compile(r"巨大")
_WORDS = (
    (_LOW, re.compile(r"一般危险|较低|轻微|轻度|稍有|较小|可接受|可容许|可忽略")),
    (_MAJOR, re.compile(r"重大|特大|特别重大|极其|极高|不可(接受|容许)|不能继续")),
    (_SIGNIFICANT, re.compile(r"较大|高度|较高")),
    (_MODERATE, re.compile(r"一般|显著|中等|中度")),
    (_LOW, re.compile(r"低")),
)
_HUGE_WORDS = (
    (_MAJOR, re.compile(r"巨大")),
    (_SIGNIFICANT, re.compile(r"重大")),
    (_MODERATE, re.compile(r"中等|中度|一般")),
    (_LOW, re.compile(r"可接受|可容许|可忽略|轻微|较小|低")),
)
_COLOURS = (
    (_MAJOR, re.compile(_RED)),
    (_SIGNIFICANT, re.compile(r"橙|桔|橘")),
    (_MODERATE, re.compile(_YELLOW)),
    (_LOW, re.compile(r"蓝|兰")),
)
_RANK = re.compile(
    r"[第(]?(?:([1-5])|([一二三四五])|(I{1,3}|IV|V)|([A-E]))[)]?(?:级|等|档|类)?(?:风险|[(/、,].*)?"
)
_DESCENDING = {1: _MAJOR, 2: _SIGNIFICANT, 3: _MODERATE, 4: _LOW, 5: _LOW}
_ASCENDING = {5: _MAJOR, 4: _SIGNIFICANT, 3: _MODERATE, 2: _LOW, 1: _LOW}
_HIGHEST_RANK = 5
_PALE, _DARK = 0.2, 0.35


def level(text: str, scale: Scale = Scale.USUAL) -> RiskLevel | None:
    """The level that a cell names, None when it names none."""
    words = squeezed(text)
    table = _HUGE_WORDS if scale is Scale.HUGE_FIRST else _WORDS
    found = _named(table, words) or _named(_COLOURS, words)
    if found is not None:
        return found
    at = rank(words)
    if at is None:
        return None
    return (_ASCENDING if scale is Scale.ASCENDING else _DESCENDING)[at]


def rank(text: str) -> int | None:
    """The number of a level written as 1级, 一级, Ⅰ级, A级 or plain 1."""
    match = _RANK.fullmatch(squeezed(text))
    if match is None:
        return None
    digit, chinese, roman, letter = match.groups()
    if digit:
        return int(digit)
    if chinese:
        return "一二三四五".index(chinese) + 1
    if roman:
        return ("I", "II", "III", "IV", "V").index(roman) + 1
    return "ABCDE".index(letter) + 1


def scale_of(pairs: Iterable[tuple[str, RiskLevel | None]]) -> Scale:
    """How to take a column, from its texts and the levels that the values beside them have."""
    known = list(pairs)
    if any(_HUGE.search(text) for text, _ in known):
        return Scale.HUGE_FIRST
    ranks = [(rank(text), computed) for text, computed in known]
    if not any(at == _HIGHEST_RANK for at, _ in ranks):
        return Scale.USUAL
    compared = [(at, computed) for at, computed in ranks if at is not None and computed]
    down = sum(_DESCENDING[at] is computed for at, computed in compared)
    up = sum(_ASCENDING[at] is computed for at, computed in compared)
    return Scale.ASCENDING if up > down else Scale.USUAL


def colour_level(text: str) -> RiskLevel | None:
    """The level whose colour a cell names: 红色, 橙, 黄 …"""
    return _named(_COLOURS, squeezed(text)) or level(text)


def fill_level(fill: str | None) -> RiskLevel | None:
    """The level nearest to a fill's hue; None for white, grey, black, green and violet."""
    if fill is None:
        return None
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, brightness = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < _PALE or brightness < _DARK:
        return None
    degrees = hue * 360
    bands = ((15, _MAJOR), (50, _SIGNIFICANT), (70, _MODERATE), (180, None), (260, _LOW))
    return next((found for end, found in bands if degrees < end), _red_again(degrees))


def _red_again(degrees: float) -> RiskLevel | None:
    return _MAJOR if degrees >= 335 else None


def _named(table: tuple[tuple[RiskLevel, re.Pattern[str]], ...], words: str) -> RiskLevel | None:
    return next((found for found, pattern in table if pattern.search(words)), None)
