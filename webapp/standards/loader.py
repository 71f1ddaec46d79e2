"""Read a table of the field once, check its head, and find the version that held on a date.

A table is a folder under ``data``, a version is a TOML file in it. Each file opens with the same
head: ``version``, ``valid_from``, ``source``; a new text of a standard is a new file beside the
old one, so a record made under the old one can still be read with it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_DATA = Path(__file__).parent / "data"


class UnknownCode(LookupError):
    """A code, table or version that the standards do not hold; the message is for the user."""


class UnfitTable(ValueError):
    """A table file whose head is missing or does not match its name."""


@dataclass(frozen=True, slots=True)
class Table:
    """One version of one table: its head and its rows as they stand in the file."""

    name: str
    version: str
    valid_from: date
    source: str
    content: Mapping[str, Any]


@cache
def versions(name: str) -> tuple[str, ...]:
    """Versions of a table, oldest first by the day they took effect.

    Raises UnknownCode when there is no such table.
    """
    found = [_read(name, path.stem) for path in (_DATA / name).glob("*.toml")]
    if not found:
        raise UnknownCode(f"没有名为“{name}”的标准表。")
    return tuple(t.version for t in sorted(found, key=lambda t: (t.valid_from, t.version)))


@cache
def folders(name: str) -> tuple[str, ...]:
    """The names of the tables that a folder of tables holds, in order."""
    return tuple(sorted(path.name for path in (_DATA / name).iterdir() if path.is_dir()))


def version_on(name: str, day: date) -> str:
    """The version in force on a day; the oldest when the day lies before all of them."""
    known = versions(name)
    held = [v for v in known if _read(name, v).valid_from <= day]
    return held[-1] if held else known[0]


def table(name: str, version: str | None = None) -> Table:
    """A table in one version, the newest when none is named.

    Raises UnknownCode when the version does not exist.
    """
    known = versions(name)
    if version is None:
        return _read(name, known[-1])
    if version not in known:
        raise UnknownCode(f"标准表“{name}”没有版本“{version}”。")
    return _read(name, version)


@cache
def _read(name: str, version: str) -> Table:
    path = _DATA / name / f"{version}.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    valid_from, source = content.get("valid_from"), content.get("source")
    if content.get("version") != version or not isinstance(valid_from, date) or not source:
        raise UnfitTable(f"{name}/{version}: version, valid_from and source must open the file")
    return Table(name, version, valid_from, str(source), MappingProxyType(content))
