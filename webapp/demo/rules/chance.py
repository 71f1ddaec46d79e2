"""Chance that falls the same way every time, by what it is asked about."""

from random import Random


def chance_of(seed: str) -> Random:
    """A source of chance for this subject; the city must come out the same from every seeding."""
    return Random(seed)  # noqa: S311 - repeatable on purpose, guards nothing
