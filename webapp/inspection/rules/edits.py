"""Two officers write on the same page: what is taken, what is kept, what they are told.

Each field that only one of them changed is taken from that one. Where both changed it, the
second sees both and decides; nothing of either is lost without a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that another has changed meanwhile, as both have it."""

    field: str
    words: str
    theirs: str
    mine: str
    is_contested: bool
    """Both changed it; otherwise theirs was taken."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What the second writer's form holds now, and what to tell them."""

    values: Mapping[str, str]
    differences: tuple[Difference, ...]

    @property
    def contested(self) -> tuple[Difference, ...]:
        """The fields that need a decision."""
        return tuple(each for each in self.differences if each.is_contested)


def merged(
    seen: Mapping[str, str],
    theirs: Mapping[str, str],
    mine: Mapping[str, str],
    words: Mapping[str, str],
) -> Merge:
    """Merge by field; `seen` is what the second writer began with, `words` the fields' names.

    A field missing in `seen` counts as changed by both.
    """
    values = dict(mine)
    found = []
    for field, name in words.items():
        his, own = theirs.get(field, ""), mine.get(field, "")
        before = seen.get(field)
        if his in (own, before):
            continue
        is_contested = before is None or own != before
        if not is_contested:
            values[field] = his
        found.append(Difference(field, name, his, own, is_contested))
    return Merge(values, tuple(found))
