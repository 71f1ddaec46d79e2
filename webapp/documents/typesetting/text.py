"""Paragraphs: mixed faces, fill-ins over a rule, justified lines, squeezed punctuation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from webapp.documents.fonts import Face
from webapp.documents.pen import Align, Pen
from webapp.documents.runs import Rich, Run, Style
from webapp.documents.typesetting.kinsoku import CLOSERS, OPENERS, is_word, may_break
from webapp.documents.typesetting.metrics import clean, metrics

# A line is stretched by at most this part of an em between characters; beyond it stays ragged.
MAX_STRETCH = 0.45
# The blank half of a full-width mark.
SQUEEZE = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """Text drawn in one go, at an offset from the line's left edge; `rule` points underlined."""

    x: float
    text: str
    face: Face
    tracking: float = 0
    rule: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A set line, ready to be drawn."""

    spans: tuple[Span, ...]
    style: Style

    @property
    def plain(self) -> str:
        """The text of the line."""
        return "".join(span.text for span in self.spans)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the line into the strip of one leading below `top`."""
        size, color = self.style.size, self.style.color
        # The body of a Han character reaches from -0.12 to 0.88 em of its baseline.
        y = top - (self.style.leading - size) / 2 - 0.88 * size
        for span in self.spans:
            left = x + span.x
            pen.text(left, y, span.text, span.face, size, color=color, tracking=span.tracking)
            if span.rule:
                level = y - 0.22 * size
                pen.lines([(left, level, left + span.rule, level)], 0.6)


@dataclass(frozen=True, slots=True)
class _Token:
    """Characters that are never parted; `squeeze` points of the width are a mark's blank half."""

    text: str
    face: Face
    underlined: bool
    width: float
    squeeze: float = 0

    @property
    def closes(self) -> bool:
        return self.text in CLOSERS

    @property
    def opens(self) -> bool:
        return self.text in OPENERS


def set_lines(content: Rich, style: Style, width: float) -> list[Line]:
    """Break content into lines of `width` points; a line feed in the text begins a new line."""
    lines: list[Line] = []
    for part in _parts(_tokens(content, style, width)):
        indent = 0.0 if lines else style.indent * style.size
        lines += _set_part(part, style, width, indent)
    return lines


def _tokens(content: Rich, style: Style, width: float) -> Iterator[_Token]:
    runs: Iterable[str | Run] = [content] if isinstance(content, str | Run) else content
    for run in runs:
        one = Run(run) if isinstance(run, str) else run
        face = one.face or style.face
        if one.blank:
            yield _Token("", face, one.underlined, min(one.blank * style.size, width))
        for text in _words(clean(one.text), face, width / style.size - style.indent):
            advance = metrics(face).width(text) * style.size if text != "\n" else 0.0
            is_full = advance > 0.9 * style.size and (text in CLOSERS or text in OPENERS)
            squeeze = SQUEEZE * style.size if is_full else 0.0
            yield _Token(text, face, one.underlined, advance, squeeze)


def _words(text: str, face: Face, limit: float) -> Iterator[str]:
    """Yield Han characters singly and Latin words whole, unless longer than a line."""
    widths = metrics(face).widths
    word, used = "", 0.0
    for character in text:
        if not is_word(character):
            yield from filter(None, (word, character))
            word, used = "", 0.0
            continue
        if used + widths[character] > limit:
            yield word
            word, used = "", 0.0
        word += character
        used += widths[character]
    if word:
        yield word


def _parts(tokens: Iterable[_Token]) -> Iterator[list[_Token]]:
    part: list[_Token] = []
    for token in tokens:
        if token.text == "\n":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _set_part(tokens: list[_Token], style: Style, width: float, indent: float) -> list[Line]:
    lines: list[Line] = []
    begin = 0
    while begin < len(tokens):
        end = _line_end(tokens, begin, width - indent)
        row = tokens[begin:end]
        while len(row) > 1 and row[-1].text == " ":
            row.pop()
        spans = _placed(row, style, width - indent, is_last=end == len(tokens))
        lines.append(Line(tuple(_merged(spans, indent, width)), style))
        begin, indent = end, 0.0
    return lines or [Line((), style)]


def _kern(before: _Token | None, after: _Token) -> float:
    """Points by which two neighbouring marks close up; an opener at the margin loses its blank."""
    if before is None:
        return -after.squeeze if after.opens else 0.0
    if before.closes and (after.closes or after.opens):
        return -before.squeeze
    if before.opens and after.opens:
        return -after.squeeze
    return 0.0


def _line_end(tokens: list[_Token], begin: int, room: float) -> int:
    """Return the index after the last token of the line that begins at `begin`."""
    used, inner = 0.0, 0.0
    natural, slack, furthest = 0, 0.0, begin + 1
    before: _Token | None = None
    for index in range(begin, len(tokens)):
        token = tokens[index]
        kern = _kern(before, token)
        if kern and before is not None and before.closes:
            inner -= before.squeeze / 2
        used += token.width + kern
        over = used - (token.squeeze if token.closes else 0.0) - room
        if over <= 0.01:
            furthest = index + 1
        last = index + 1 == len(tokens)
        if last or may_break(token.text[-1:], tokens[index + 1].text[:1]):
            if over <= 0.01:
                natural, slack = index + 1, room - used
            else:
                # Pulling a mark in beats pushing a word out when it disturbs the line less.
                return index + 1 if over <= min(inner, max(slack, 0.0)) else natural or furthest
        elif over > inner and natural:
            return natural
        if not (kern and (before is None or before.opens)):
            inner += token.squeeze / 2
        before = token
    return natural or furthest


def _placed(
    row: list[_Token], style: Style, room: float, *, is_last: bool
) -> list[tuple[float, float, _Token]]:
    """Return (offset, tracking after it, token); offsets from the line's own left edge."""
    kerns = [_kern(before, after) for before, after in pairwise([None, *row]) if after]
    total = sum(token.width for token in row) + sum(kerns)
    if total > room and row[-1].closes:
        total -= row[-1].squeeze
    slack, spares = room - total, _spares(row, kerns)
    gap, pull = 0.0, 0.0
    if slack < -0.01:
        pull = -slack / (sum(spares[:-1]) or -slack)
    elif style.align is Align.JUSTIFY and not is_last and len(row) > 1:
        gap = slack / (len(row) - 1)
        gap = gap if gap <= MAX_STRETCH * style.size else 0.0
    shift = {Align.CENTER: slack / 2, Align.RIGHT: slack}.get(style.align, 0.0)
    placed = []
    x = max(shift, 0.0)
    for token, kern, spare in zip(row, kerns, spares, strict=True):
        x += kern - (spare * pull if token.opens else 0.0)
        placed.append((x, gap, token))
        x += token.width + gap - (spare * pull if token.closes else 0.0)
    return placed


def _spares(row: Sequence[_Token], kerns: Sequence[float]) -> list[float]:
    """Points that each mark can still give: a blank half closed up between two marks is spent."""
    spares = [token.squeeze for token in row]
    for index, kern in enumerate(kerns):
        if kern:
            spares[index - 1 if index and row[index - 1].closes else index] = 0.0
    return spares


def _merged(
    placed: Sequence[tuple[float, float, _Token]], indent: float, width: float
) -> Iterator[Span]:
    """Yield as few spans as the faces, rules and squeezes allow; no rule passes the margin."""
    index = 0
    while index < len(placed):
        x, gap, token = placed[index]
        text, end = token.text, x + token.width
        index += 1
        begin = index
        while index < len(placed) and _joins(placed[index - 1], placed[index]):
            text += placed[index][2].text
            end = placed[index][0] + placed[index][2].width
            index += 1
        if token.underlined and index < len(placed) and placed[index][2].underlined:
            end = placed[index][0]
        rule = min(end, width - indent) - x if token.underlined else 0.0
        yield Span(indent + x, text, token.face, gap if index > begin else 0.0, rule)


def _joins(left: tuple[float, float, _Token], right: tuple[float, float, _Token]) -> bool:
    (x, gap, token), (next_x, _, after) = left, right
    return (
        len(token.text) == 1 == len(after.text)
        and (token.face, token.underlined) == (after.face, after.underlined)
        and abs(x + token.width + gap - next_x) < 0.005
    )
