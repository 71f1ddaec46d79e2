"""The twenty accident types of GB 6441-1986, what ledgers call them, and the harmful factors."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from webapp.standards.loader import UnknownCode, table

_PARTING = re.compile(r"[、，,；;/／\s和及与或]+")
_BLANK = re.compile(r"\s+")
_NUMBERING = re.compile(r"[（(]?\d{1,2}[)）.．、]?")


@dataclass(frozen=True, slots=True)
class AccidentType:
    """An accident type by its two-digit number."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a ledger's cell meant: the types, what stayed unknown, and whether to ask a person."""

    types: tuple[AccidentType, ...]
    unknown: tuple[str, ...]
    needs_confirmation: bool


@dataclass(frozen=True, slots=True)
class HarmfulFactor:
    """A class of GB/T 13861-2022 (people, things, surroundings, management) or a part of one."""

    code: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class AccidentGrade:
    """A grade of accident by State Council order 493, article 3; loss in ten thousand yuan."""

    code: str
    name: str
    deaths: int
    serious_injuries: int
    loss: int


@cache
def accident_types() -> tuple[AccidentType, ...]:
    """The twenty types in the standard's order."""
    return tuple(AccidentType(c, n) for c, n in table("accident_types").content["types"])


def accident_type(code: str) -> AccidentType:
    """A type by its number or its exact name; raises UnknownCode."""
    for known in accident_types():
        if code in (known.code, known.name):
            return known
    raise UnknownCode(f"没有事故类型“{code}”。")


def resolve(text: str) -> Resolution:
    """Read a ledger's cell: standard names and usual other names, parted by 、，；/ or a blank.

    A name that stands for two types (火灾爆炸) or for too wide a thing (爆炸) is taken with
    ``needs_confirmation``.
    """
    codes: list[str] = []
    unknown: list[str] = []
    needs_confirmation = False
    for word in _words(text):
        found, is_unsure = _names().get(word, ((), True))
        needs_confirmation |= is_unsure
        codes += found
        unknown += [] if found else [word]
    return Resolution(
        tuple(accident_type(code) for code in dict.fromkeys(codes)),
        tuple(unknown),
        needs_confirmation,
    )


@cache
def harmful_factors() -> tuple[HarmfulFactor, ...]:
    """The four classes of GB/T 13861-2022, each followed by its parts."""
    found: list[HarmfulFactor] = []
    for row in table("accident_types").content["factor"]:
        found.append(HarmfulFactor(row["code"], row["name"], None))
        found += [HarmfulFactor(code, name, row["code"]) for code, name in row["parts"]]
    return tuple(found)


@cache
def accident_grades() -> tuple[AccidentGrade, ...]:
    """The four grades, gravest first."""
    return tuple(AccidentGrade(**row) for row in table("accident_types").content["grade"])


def accident_grade(*, deaths: int, serious_injuries: int, loss: int) -> AccidentGrade:
    """The gravest grade that any of the three figures reaches; limits belong to the graver one."""
    for grade in accident_grades():
        if (
            deaths >= grade.deaths
            or serious_injuries >= grade.serious_injuries
            or loss >= grade.loss
        ):
            return grade
    return accident_grades()[-1]


def _words(text: str) -> list[str]:
    """The single names in a cell; names that hold a parting mark themselves are taken first."""
    whole = _BLANK.sub("", text)
    if whole in _names():
        return [whole]
    kept: list[str] = []
    rest = _NUMBERING.sub("、", text)
    for name in sorted(_names(), key=len, reverse=True):
        if _PARTING.search(name) and name in rest:
            kept.append(name)
            rest = rest.replace(name, "、")
    return kept + [part for part in _PARTING.split(rest) if part]


@cache
def _names() -> Mapping[str, tuple[tuple[str, ...], bool]]:
    content = table("accident_types").content
    found: dict[str, tuple[tuple[str, ...], bool]] = {
        name: ((code,), False) for code, name in content["types"]
    }
    for row in content["aliases"]:
        entry = (tuple(row["codes"]), bool(row.get("check", False)))
        found |= dict.fromkeys(row["words"], entry)
    return MappingProxyType(found)
