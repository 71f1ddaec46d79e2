"""What keeps a row of a returned workbook out, and how long its texts may be."""

from collections.abc import Iterator
from dataclasses import dataclass

from webapp.risks.rules.drafts import LONGEST_MEASURE, LONGEST_NAME, LONGEST_WORDS

LONGEST_TEXTS = {
    "point": LONGEST_NAME,
    "unit": LONGEST_NAME,
    "place": LONGEST_NAME,
    "activity": LONGEST_NAME,
    "step": LONGEST_NAME,
    "hazard_source": LONGEST_WORDS,
    "description": LONGEST_WORDS,
    "consequence": LONGEST_WORDS,
    "remark": LONGEST_WORDS,
    "measures": LONGEST_MEASURE,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a row, at the cell of this key; empty for the row as a whole."""

    key: str
    message: str


def too_long(key: str, text: str) -> Iterator[Problem]:
    """A text that the form would not take either."""
    limit = LONGEST_TEXTS.get(key)
    if limit is not None and len(text) > limit:
        yield Problem(key, f"不能超过 {limit} 个字，现有 {len(text)} 个字。")
