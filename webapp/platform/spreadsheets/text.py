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
# How a workbook stores a carriage return (ECMA-376 part 1, 22.9.2.19).
_STORED_RETURN = "_x000D_"


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
            return unguarded(value.replace(_STORED_RETURN, "")) if value else ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return _number(value)
        case _:
            return _other(value)


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
