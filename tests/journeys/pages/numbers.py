"""The numbers that move: an enterprise's score and a region's sums."""

import re
from typing import Self

from tests.fixtures.browser import Person


class ScorePage:
    """五有得分."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self) -> Self:
        self.person.follow("得分", within="主导航")
        return self

    @property
    def total(self) -> float:
        found = re.search(r"([\d.]+)\s*/\s*100", self.person.words)
        assert found, self.person.words
        return float(found.group(1))


class OverviewPage:
    """总览."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def open(self, query: str = "") -> Self:
        self.person.open(f"/overview{query}")
        return self

    def narrow(self, *, industry: str, window: str) -> Self:
        self.person.choose("行业", industry)
        self.person.choose("时段", window)
        self.person.press("筛选")
        return self

    def number(self, label: str) -> float:
        """A number of the region by its label; what cannot be said yet is not a number."""
        found = re.search(rf"{label}\s+([\d.,]+|—)", self.person.words)
        assert found, self.person.words
        words = found.group(1).replace(",", "")
        return float("nan") if words == "—" else float(words)
