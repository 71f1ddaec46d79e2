"""From stored values to the text a user sees."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from webapp.platform.spreadsheets.workbook import MAX_CELL_CHARACTERS

Stored: TypeAlias = int | float | str | bool | Decimal | date | datetime | time | timedelta | None

# A leading sign makes a formula of a cell when a spreadsheet program opens it (OWASP, CSV
# injection); the full-width forms do so in East Asian editions. A lone dash is only a dash.
_DANGEROUS = r"(?:[=+@\t\r\n＝＋＠]|[-－](?!$))"
_NEEDS_GUARD = re.compile(rf"'*{_DANGEROUS}")
_IS_GUARDED = re.compile(rf"''*{_DANGEROUS}")
# Control characters that XML 1.0 cannot hold; spreadsheet programs call such a file corrupt.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def guarded(text: str) -> str:
    """Text that no spreadsheet program takes for a formula; `unguarded` gives it back."""
    return f"'{text}" if _NEEDS_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if _IS_GUARDED.match(text) else text


def printable(text: str) -> str:
    """Text without the characters that a workbook cannot hold, at most a cell long."""
    return _UNPRINTABLE.sub("", text)[:MAX_CELL_CHARACTERS]


def shown(value: Stored) -> str:
    """A stored value as text: no trailing `.0`, no binary noise, dates as ISO 8601."""
    match value:
        case str():
            return unguarded(_ESCAPED.sub(_unescaped, value)) if value else ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return _number(value)
        case _:
            return _other(value)


def _unescaped(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in "\t\r\n" else ""


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    text = format(Decimal(format(value, ".15g")), "f")
    return "0" if text == "-0" else text


def _other(value: Decimal | date | datetime | time | timedelta | None) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return format(value, "f")
        case datetime():
            has_time = value.time() != time()
            return value.strftime("%Y-%m-%d %H:%M") if has_time else value.date().isoformat()
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case timedelta():
            return str(value)
