"""Articles a paper may cite: statute, number, what it asks in our own words, what follows.

The summaries help to choose a basis; they are not the law's text and never printed as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from webapp.standards.loader import UnknownCode, table

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Statute:
    """A law or rule in the edition we cite."""

    code: str
    name: str
    short: str
    document: str
    in_force_on: date


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item of an article."""

    number: int
    summary: str
    needs_check: bool


@dataclass(frozen=True, slots=True)
class Article:
    """An article; ``penalised_by`` holds codes such as ``work_safety_law.101.4``.

    ``needs_check`` asks the agency to compare with the text in force before it cites.
    """

    code: str
    statute: Statute
    number: int
    summary: str
    liability: str
    items: tuple[Item, ...]
    penalised_by: tuple[str, ...]
    needs_check: bool

    @property
    def citation(self) -> str:
        """《中华人民共和国安全生产法》第四十一条."""
        return cite(self.code)


@cache
def articles(statute: str | None = None) -> tuple[Article, ...]:
    """All articles, or those of one statute, in order."""
    return tuple(
        _article(_statute(row), article)
        for row in table("statutes").content["statute"]
        if statute in (None, row["code"])
        for article in row["article"]
    )


def article(code: str) -> Article:
    """An article by a code such as ``work_safety_law.41``; an item's code gives its article.

    Raises UnknownCode.
    """
    wanted = ".".join(code.split(".")[:2])
    for known in articles():
        if known.code == wanted:
            return known
    raise UnknownCode(f"没有法律条款“{code}”。")


def cite(code: str, *, paragraph: int | None = None) -> str:
    """How a paper cites an article or item: 《…》第四十一条第二款, 《…》第九十七条第（五）项."""
    found = article(code)
    text = f"《{found.statute.name}》第{chinese_number(found.number)}条"
    if paragraph is not None:
        text += f"第{chinese_number(paragraph)}款"
    parts = code.split(".")
    if len(parts) > 2:
        number = int(parts[2])
        if number not in {item.number for item in found.items}:
            raise UnknownCode(f"没有法律条款“{code}”。")
        text += f"第（{chinese_number(number)}）项"
    return text


def search(text: str) -> tuple[Article, ...]:
    """Articles whose statute, citation, summary or items hold every word, parted by blanks."""
    words = text.split()
    return tuple(a for a in articles() if all(word in _searched(a) for word in words))


def chinese_number(number: int) -> str:
    """A number from 1 to 999 as articles are counted: 十, 二十一, 一百零一, 一百一十二."""
    if not 1 <= number <= 999:
        raise ValueError(f"条款序号无效：{number}。")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _searched(found: Article) -> str:
    items = "".join(item.summary for item in found.items)
    return f"{found.citation}{found.number}{found.summary}{items}{found.statute.document}"


def _statute(row: Mapping[str, Any]) -> Statute:
    return Statute(row["code"], row["name"], row["short"], row["document"], row["in_force_on"])


def _article(statute: Statute, row: Mapping[str, Any]) -> Article:
    return Article(
        code=f"{statute.code}.{row['number']}",
        statute=statute,
        number=row["number"],
        summary=row["summary"],
        liability=row.get("liability", ""),
        items=tuple(
            Item(i["number"], i["summary"], i.get("check", False)) for i in row.get("items", ())
        ),
        penalised_by=tuple(f"{statute.code}.{code}" for code in row.get("penalised_by", ())),
        needs_check=row.get("check", False),
    )
