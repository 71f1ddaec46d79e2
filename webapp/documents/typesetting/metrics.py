"""What a face can draw and how wide: coverage, fallback, advances, and text made printable."""

import re
import unicodedata
from functools import cache
from itertools import groupby
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics

from webapp.documents.fonts import Face, registered

GETA = "〓"
# Control, direction and joining characters and variation selectors: nothing to print, and a
# right-to-left override could make a paper read otherwise than it was signed.
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
# A quantity and its unit stay together: 「3 mm」.
_UNIT_SPACE = re.compile("(?<=[0-9]) (?=[A-Za-z°%℃μ])")
NO_BREAK_SPACE = "\u00a0"
_SURROGATE = re.compile("[\ud800-\udfff]")


class Piece(NamedTuple):
    """A stretch of text that one registered face can draw."""

    text: str
    face: Face


class Source(NamedTuple):
    """Which face draws a character, and what it draws."""

    face: Face
    shown: str


def clean(text: str) -> str:
    """Return the text in composed form without characters that cannot or must not be printed.

    Line feeds stay, a tab becomes a space, half a surrogate pair the geta mark.
    """
    if "\t" in text or "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if _UNPRINTABLE.search(text):
        text = _UNPRINTABLE.sub("", text)
    if " " in text:
        text = _UNIT_SPACE.sub(NO_BREAK_SPACE, text)
    if _SURROGATE.search(text):
        text = _SURROGATE.sub(GETA, text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


class _Sources(dict[str, Source]):
    """Fills itself: the first face of the chain that has the character, else the geta mark."""

    def __init__(self, chain: tuple[Face, ...]) -> None:
        super().__init__()
        self._chain = [(face, frozenset(_glyph_widths(face))) for face in chain]

    def __missing__(self, character: str) -> Source:
        code = ord(character)
        found = next((face for face, codes in self._chain if code in codes), None)
        source = Source(found, character) if found else Source(Face.SONG, GETA)
        self[character] = source
        return source


class _Widths(dict[str, float]):
    """Fills itself: the advance of a character in em, in the face that draws it."""

    def __init__(self, sources: _Sources) -> None:
        super().__init__()
        self._sources = sources

    def __missing__(self, character: str) -> float:
        source = self._sources[character]
        self[character] = width = _glyph_widths(source.face)[ord(source.shown)] / 1000
        return width


_SHORT, _MOST_KNOWN = 12, 8_192


class Metrics:
    """Advances, in em, and coverage of one role; shared by all who set text in it."""

    def __init__(self, face: Face) -> None:
        self.face = registered(face)
        self._own = frozenset(map(chr, _glyph_widths(self.face)))
        self.sources = _Sources(tuple(dict.fromkeys((self.face, Face.SONG, Face.SYMBOLS))))
        self.widths = _Widths(self.sources)
        self._known: dict[str, float] = {}

    def width(self, text: str) -> float:
        """Return the advance of the text in em."""
        known = self._known.get(text)
        if known is not None:
            return known
        widths = self.widths
        found = sum([widths[character] for character in text])
        if len(text) <= _SHORT and len(self._known) < _MOST_KNOWN:
            self._known[text] = found
        return found

    def covers(self, text: str) -> bool:
        """Whether the role's own face has every character."""
        return self._own.issuperset(text)

    def pieces(self, text: str) -> list[Piece]:
        """Return the text cut where the face changes; nearly always one piece."""
        if self.covers(text):
            return [Piece(text, self.face)]
        sources = (self.sources[character] for character in text)
        return [
            Piece("".join(source.shown for source in run), face)
            for face, run in groupby(sources, key=lambda source: source.face)
        ]


@cache
def _glyph_widths(face: Face) -> dict[int, float]:
    widths: dict[int, float] = pdfmetrics.getFont(face.value).face.charWidths
    return widths


@cache
def metrics(face: Face) -> Metrics:
    """Return the metrics of a role; the faces must have been prepared."""
    return Metrics(face)
