"""The hidden column by which an exported ledger is known again, row by row and cell by cell.

Its heading says whose ledger it is, when it left and which columns it had; a row's mark is the
event's id, its version and a short digest of each of its cells. So a file that comes back tells
by itself which cells were changed in it, and which were changed in the ledger meanwhile.
"""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from webapp.risks.rules.ledger_sheet import SheetColumn, SheetRow, Value

NAME = "行标识（隐藏列，请勿修改）"
LONGEST = 32_000
"""A cell with more characters may come back cut off, so it is never read back as a change."""
_DIGEST = 6
_MARK = re.compile(rf"([0-9a-f]{{32}}) (\d{{1,9}}) ((?:[\w-]{{{_DIGEST}}})*)")
# Control characters that XML 1.0 cannot hold, and so no workbook.
_UNHELD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What a workbook makes of characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19).
_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4})+[_\r]?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose ledger a workbook holds, when it was written, and its columns as key → heading."""

    enterprise_id: UUID
    exported_at: datetime
    columns: Mapping[str, str]

    @property
    def heading(self) -> str:
        """The stamp as the heading of the hidden column."""
        said = {
            "enterprise": self.enterprise_id.hex,
            "at": self.exported_at.isoformat(),
            "columns": list(self.columns.items()),
        }
        return NAME + json.dumps(said, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Mark:
    """Which event a row was, in which version, and the digests of its cells by key."""

    event_id: UUID
    version: int
    digests: Mapping[str, str]


def stamp_of(heading: str) -> Stamp | None:
    """The stamp in a heading, None when it is none or damaged."""
    if not heading.startswith(NAME):
        return None
    try:
        said = json.loads(heading.removeprefix(NAME))
        columns = {str(key): str(words) for key, words in said["columns"]}
        return Stamp(UUID(said["enterprise"]), datetime.fromisoformat(said["at"]), columns)
    except (ValueError, KeyError, TypeError):
        return None


def row_mark(row: SheetRow, columns: Iterable[SheetColumn]) -> str:
    """The mark of a row that leaves the ledger; empty for one that is not in it."""
    if row.id is None:
        return ""
    digests = (digest(column.key, cell_text(column.value(row))) for column in columns)
    return f"{row.id.hex} {row.version} {''.join(digests)}"


def mark_of(text: str, keys: Sequence[str]) -> Mark | None:
    """The mark in a cell, None when it is damaged."""
    match = _MARK.fullmatch(text.strip())
    if match is None or len(match[3]) != _DIGEST * len(keys):
        return None
    digests = [match[3][at : at + _DIGEST] for at in range(0, len(match[3]), _DIGEST)]
    return Mark(UUID(match[1]), int(match[2]), dict(zip(keys, digests, strict=True)))


def cell_text(value: Value) -> str:
    """A cell as it is compared: what a spreadsheet program may alter by itself is left out."""
    if value is None:
        return ""
    return plain_text(format(value, "f") if isinstance(value, Decimal) else value)


@lru_cache(maxsize=16_384)
def plain_text(text: str) -> str:
    """A text without outer blanks of its lines and without what a workbook cannot hold."""
    lines = _ESCAPED.sub("", _UNHELD.sub("", text)).splitlines()
    return "\n".join(line.strip() for line in lines).strip()[:LONGEST]


@lru_cache(maxsize=65_536)
def digest(key: str, text: str) -> str:
    """Six letters for a cell: one changed cell in 69 thousand million would pass unseen."""
    return urlsafe_b64encode(sha256(f"{key}\0{text}".encode()).digest())[:_DIGEST].decode()
