"""From a heading, alone or under the headings above it, to the fields it may mean."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.import_ledger.synonyms import (
    EVALUATION,
    GENERIC,
    INHERENT,
    LETTERS,
    PATTERNS,
    RESIDUAL,
)
from webapp.risks.rules.import_ledger.words import heading_words
from webapp.standards.control_measure_categories import category_for

Candidates: TypeAlias = tuple[tuple[Field, float], ...]

LONGEST_HEADING = 24
SURE = 0.7
_LETTER_WEIGHT = 0.97
_WITHOUT_LETTER = 0.96
_PART_FACTOR = 0.93
_ABOVE_FACTOR = 0.75
_PARTS = re.compile(r"[/\\、,，;；|+]|以?及|或者?|与|和")
_LETTER_AFTER_WORDS = re.compile(r"([^A-Z]+)([LPECSMDR])(值|VALUE)?")
_LETTER_BEFORE_WORDS = re.compile(r"([LPECSMDR])(值|[^A-Z]+)")
_FORMULA = re.compile(r"([DR])?=?(L[X×*.]?E[X×*.]?C|L[X×*.]?S|M[X×*.]?E[X×*.]?S)")


def candidates(path: Sequence[str]) -> Candidates:
    """The fields a column may hold, surest first; the path runs from the top heading down."""
    return _candidates(tuple(path))


@lru_cache(maxsize=4096)
def _candidates(path: tuple[str, ...]) -> Candidates:
    if not path:
        return ()
    leaf, above = path[-1], path[:-1]
    found = dict(_of_heading(leaf))
    if above:
        found = _with_context(found, leaf, above)
    whole = "".join(path)
    if RESIDUAL.search(whole) and not INHERENT.search(leaf):
        found = {field.residual: weight for field, weight in found.items()}
    return tuple(sorted(found.items(), key=lambda pair: -pair[1]))


def _with_context(
    found: dict[Field, float], leaf: str, above: tuple[str, ...]
) -> dict[Field, float]:
    """Let the headings above complete a leaf that says too little, and settle 后果."""
    result = dict(found)
    if heading_words(leaf)[0] in GENERIC or not found:
        joined = dict(_of_heading(above[-1] + leaf))
        result = {**found, **joined} if joined else found
    if not result:
        result = {f: w * _ABOVE_FACTOR for f, w in _of_heading(above[-1])}
    if EVALUATION.search("".join(above)) and Field.SEVERITY in result:
        result[Field.SEVERITY] = max(result.values()) + 0.01
    return result


@lru_cache(maxsize=4096)
def _of_heading(text: str) -> Candidates:
    base, inner = heading_words(text)
    found: dict[Field, float] = {}
    for part, factor in _parts(base):
        for field, weight in _of_words(part):
            found[field] = max(found.get(field, 0), weight * factor)
    for letter in (letter for words in inner for letter in _letters(words)):
        found[letter] = max(found.get(letter, 0), _LETTER_WEIGHT)
    if not found and inner and base:
        found = {f: w * _ABOVE_FACTOR for words in inner for f, w in _of_words(words)}
    return tuple(found.items())


def _parts(base: str) -> list[tuple[str, float]]:
    """The whole heading, and the names in it when it joins several, each a little less sure."""
    if len(base) > LONGEST_HEADING or not base:
        return []
    parts = [part for part in _PARTS.split(base) if part]
    if len(parts) < 2:
        return [(base, 1.0)]
    return [(base, 1.0), *((part, _PART_FACTOR - 0.02 * at) for at, part in enumerate(parts))]


@lru_cache(maxsize=4096)
def _of_words(words: str) -> Candidates:
    kind = category_for(words)
    if kind is not None:
        return ((Field(kind.value), 1.0),)
    found: dict[Field, float] = {}
    for letter in _letters(words):
        found[letter] = _LETTER_WEIGHT
    for text, factor in ((words, 1.0), (_without_letter(words), _WITHOUT_LETTER)):
        for field, weight, pattern in PATTERNS if text else ():
            if weight * factor > found.get(field, 0) and pattern.fullmatch(text):
                found[field] = weight * factor
    return tuple(found.items())


def _letters(words: str) -> list[Field]:
    """The factors that single letters name: L, L值, C/S, 可能性L, D=LEC."""
    if _FORMULA.fullmatch(words):
        return [Field.VALUE]
    parts = [part for part in _PARTS.split(words) if part]
    if parts and all(part in LETTERS for part in parts):
        return [LETTERS[part] for part in parts]
    for pattern, at in ((_LETTER_AFTER_WORDS, 2), (_LETTER_BEFORE_WORDS, 1)):
        if match := pattern.fullmatch(words):
            return [LETTERS[match[at]]]
    return []


def _without_letter(words: str) -> str:
    if match := _LETTER_AFTER_WORDS.fullmatch(words):
        return match[1]
    if match := _LETTER_BEFORE_WORDS.fullmatch(words):
        return match[2]
    return ""
