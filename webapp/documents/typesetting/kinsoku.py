"""Where a Chinese line may break: punctuation, words and numbers that stay together.

After GB/T 15834-2011 (punctuation) and GB/T 9704-2012 (official papers): no closing mark at the
head of a line, no opening mark at its end, no number torn from its unit.
"""

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


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """Break plain text into lines of at most `width` points; line feeds are kept.

    A closing mark may stand out by its blank half; a word longer than a line is cut.
    """
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
    advances = [widths[character] for character in text]
    if sum(advances) <= limit:
        return [text]
    lines: list[str] = []
    begin, candidate, used = 0, 0, 0.0
    before = ""
    for index, after in enumerate(text):
        if index > begin and may_break(before, after):
            candidate = index
        used += advances[index]
        ink = used - 0.5 * advances[index] if after in CLOSERS else used
        if ink > limit and index > begin and after != " ":
            cut = candidate if candidate > begin else index
            lines.append(text[begin:cut].rstrip(" "))
            begin = cut
            used = sum(advances[begin : index + 1])
            if used > limit and begin < index:
                # What was carried over is itself too long: marks without end, a giant word.
                lines.append(text[begin:index])
                begin, used = index, advances[index]
            candidate = begin
        before = after
    lines.append(text[begin:])
    return lines
