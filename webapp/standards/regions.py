"""Regions by GB/T 2260, stored without trailing zeros so that a prefix is a scope.

``41`` province, ``4105`` city, ``410502`` county or district, ``410502001`` township.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from webapp.standards.loader import UnknownCode, table


class RegionLevel(StrEnum):
    """The four levels, by length of code 2, 4, 6, 9."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


@dataclass(frozen=True, slots=True)
class Region:
    """A region; ``short`` is the word its agency writes in the bracket of a document number.

    ``is_statutory`` is False for a development zone that only the statistical table counts as a
    county.
    """

    code: str
    name: str
    level: RegionLevel
    parent: str | None
    short: str = ""
    is_statutory: bool = True


_LENGTHS = (2, 4, 6, 9)


def normalise(code: str) -> str:
    """The code as stored: 410500 becomes 4105, 410502000 becomes 410502."""
    text = code.strip()
    if len(text) == 12 and text.endswith("000"):
        text = text[:9]
    if len(text) == 9 and text.endswith("000"):
        text = text[:6]
    while len(text) in (4, 6) and text.endswith("00"):
        text = text[:-2]
    return text


def region(code: str) -> Region:
    """A region by its code, with or without trailing zeros; raises UnknownCode."""
    found = _regions().get(normalise(code))
    if found is None:
        raise UnknownCode(f"没有区划代码“{code}”。")
    return found


def exists(code: str) -> bool:
    """Whether the code is a region we know."""
    return normalise(code) in _regions()


def children(prefix: str) -> tuple[Region, ...]:
    """The regions directly below one, ordered by code; none below a township."""
    return tuple(r for r in _regions().values() if r.parent == normalise(prefix))


def counties(city: str = "4105") -> tuple[Region, ...]:
    """The counties and districts of a city that GB/T 2260 lists, without development zones."""
    return tuple(r for r in children(city) if r.is_statutory)


def townships(county: str) -> tuple[Region, ...]:
    """Townships, towns and sub-districts of a county."""
    return tuple(r for r in children(county) if r.level is RegionLevel.TOWNSHIP)


def path(code: str) -> tuple[Region, ...]:
    """The region and all above it, province first."""
    found = region(code)
    above = () if found.parent is None else path(found.parent)
    return (*above, found)


def full_name(code: str) -> str:
    """The names from the province down, as an address begins: 河南省安阳市龙安区彰武街道."""
    return "".join(r.name for r in path(code))


def is_within(code: str, prefix: str) -> bool:
    """Whether a region is the given one or lies in it; codes need not be in our table."""
    return normalise(code).startswith(normalise(prefix))


def _parent(code: str) -> str | None:
    shorter = [n for n in _LENGTHS if n < len(code)]
    return code[: shorter[-1]] if shorter else None


@cache
def _regions() -> MappingProxyType[str, Region]:
    rows = sorted(table("regions").content["regions"], key=lambda row: str(row["code"]))
    return MappingProxyType(
        {
            row["code"]: Region(
                row["code"],
                row["name"],
                RegionLevel(row["level"]),
                _parent(row["code"]),
                row.get("short", ""),
                row.get("statutory", True),
            )
            for row in rows
        }
    )
