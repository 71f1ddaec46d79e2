"""Where a Chinese line may break: punctuation, words and numbers that stay together.

After GB/T 15834-2011 (punctuation) and GB/T 9704-2012 (official papers): no closing mark at the
head of a line, no opening mark at its end, no number torn from its unit.
"""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from webapp.documents.fonts import Face
from webapp.documents.typesetting.metrics import NO_BREAK_SPACE, clean, metrics

CLOSERS = frozenset("，。、；：！？）》」』】〉〕］｝”’．")
OPENERS = frozenset("（《「『【〈〔［｛“‘")
# Never first in a line, but with no blank half that could be squeezed.
NOT_FIRST = CLOSERS | frozenset(",.;:!?)]}%％‰℃°·…—～ー々")
NOT_LAST = OPENERS | frozenset("([{№￥¥$＄第")
UNITS = frozenset("年月日时分秒号项条款章节页份元人个米吨")
_WORD = frozenset(f"-_/.,:%°'&@#+=~?{NO_BREAK_SPACE}")


def is_word(character: str) -> bool:
    """Whether the character belongs to a Latin word or number, which is kept in one piece."""
    return character < "ɐ" and (character.isalnum() or character in _WORD)


def may_break(before: str, after: str) -> bool:
    """Whether a line may end after `before` and the next begin with `after`."""
    if after in NOT_FIRST or before in NOT_LAST or after == " ":
        return False
    if is_word(after):
        return not is_word(before)
    return not (before.isdigit() and before.isascii() and after in UNITS)


_MOST_PAIRS = 50_000
_SHORT, _MOST_KNOWN = 20, 8_192


class _Breaks(dict[str, bool]):
    """Fills itself: whether a line may end between two characters."""

    def __missing__(self, pair: str) -> bool:
        if len(self) > _MOST_PAIRS:
            self.clear()
        self[pair] = found = may_break(pair[0], pair[1])
        return found


_BREAKS = _Breaks()


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """Break plain text into lines of at most `width` points; line feeds are kept.

    A closing mark may stand out by its blank half; a word longer than a line is cut.
    """
    if len(text) <= _SHORT:
        return list(_known(text, face, size, width))
    return _wrap(text, face, size, width)


@lru_cache(_MOST_KNOWN)
def _known(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """The lines of a short text, which a ledger repeats from row to row."""
    return tuple(_wrap(text, face, size, width))


def _wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    limit = width / size + 1e-6
    return [line for part in clean(text).split("\n") for line in _wrapped(part, face, limit)]


def wrap_evenly(text: str, face: Face, size: float, width: float) -> list[str]:
    """Break plain text into as few lines as `wrap`, of nearly the same length; for centred text."""
    lines = wrap(text, face, size, width)
    if len(lines) < 2 or "\n" in text:
        return lines
    even = metrics(face).width(clean(text)) * size / len(lines) + 0.6 * size
    balanced = wrap(text, face, size, min(even, width))
    return balanced if len(balanced) == len(lines) else lines


def _wrapped(text: str, face: Face, limit: float) -> list[str]:
    widths = metrics(face).widths
    ends = list(accumulate([widths[character] for character in text]))
    if not ends or ends[-1] <= limit:
        return [text]
    lines: list[str] = []
    begin, over = 0, 0
    while (over := _first_over(text, ends, begin, over, limit)) < len(text):
        cut = over
        while cut > begin and not _BREAKS[text[cut - 1 : cut + 1]]:
            cut -= 1
        cut = cut if cut > begin else over
        lines.append(text[begin:cut].rstrip(" "))
        begin = cut
        if begin < over and ends[over] - ends[begin - 1] > limit:
            # What was carried over is itself too long: marks without end, a giant word.
            lines.append(text[begin:over])
            begin = over
        over += 1
    lines.append(text[begin:])
    return lines


def _first_over(text: str, ends: list[float], begin: int, start: int, limit: float) -> int:
    """The first character from `start` that stands out of a line begun at `begin`."""
    edge = limit + (ends[begin - 1] if begin else 0.0)
    over = max(bisect_right(ends, edge, start), begin + 1)
    while over < len(text):
        after = text[over]
        half = (ends[over] - ends[over - 1]) / 2 if after in CLOSERS else 0.0
        if after != " " and ends[over] - half > edge:
            break
        over += 1
    return over
