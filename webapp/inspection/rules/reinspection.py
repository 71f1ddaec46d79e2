"""What officers see of an order's items when they come back."""

from collections.abc import Mapping
from dataclasses import dataclass

from webapp.inspection.rules.cases import Outcome


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one item; an outcome may still be open."""

    outcome: Outcome | None
    words: str


def texts_of(outcomes: Mapping[int, Seen]) -> dict[str, str]:
    """Outcomes as texts by form field, for comparing two versions."""
    texts: dict[str, str] = {}
    for number, told in outcomes.items():
        texts[f"outcome-{number}"] = told.outcome.value if told.outcome else ""
        texts[f"words-{number}"] = told.words.replace("\r\n", "\n")
    return texts


def field_words(texts: Mapping[str, str]) -> dict[str, str]:
    """The fields of `texts_of` as officers are told of them."""
    return {
        name: f"第 {name.partition('-')[2]} 项{'结论' if name.startswith('outcome') else '说明'}"
        for name in texts
    }
