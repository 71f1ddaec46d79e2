"""Reads text tables: comma, tab, semicolon or bar; UTF-8, UTF-16 or GB 18030."""

import csv
from io import StringIO

from webapp.platform.spreadsheets.grid import laid_out
from webapp.platform.spreadsheets.workbook import (
    MAX_CELL_CHARACTERS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Sheet,
    SpreadsheetRefused,
    check_extent,
)

_DELIMITERS = (",", "\t", ";", "|")
_UTF_8_MARK = b"\xef\xbb\xbf"
_SAMPLE_ROWS = 50
_ZEROS_OF_UTF_16 = 0.2
_MAX_ODD_CHARACTERS = 0.02


def read_delimited(data: bytes, name: str) -> Sheet:
    """The one table of a text file; raises SpreadsheetRefused when it is no text."""
    text = decoded(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = _delimiter(text)
    if text.lower().startswith("sep=") and "\n" in text:
        text = text.split("\n", 1)[1]
    return laid_out(name, _rows(text, delimiter, name))


def decoded(data: bytes) -> str:
    """Bytes as text by mark, then by trial; raises SpreadsheetRefused when it is no text."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # A byte order mark says that this is text, however odd its characters.
        if encoding == "utf-16" or data.startswith(_UTF_8_MARK) or not _looks_binary(text):
            return text.removeprefix("\ufeff")
    raise SpreadsheetRefused("认不出这个文件的内容，不是表格。请上传 .xlsx、.xls 或 .csv 文件。")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    start = data[:2000]
    if start.count(0) > len(start) * _ZEROS_OF_UTF_16 / 2:
        odd = start[1::2].count(0)
        return ("utf-16-le",) if odd >= start[0::2].count(0) else ("utf-16-be",)
    return ("utf-8-sig", "gb18030")


def _looks_binary(text: str) -> bool:
    start = text[:20_000]
    odd = sum(1 for c in start if (c < " " and c not in "\t\r\n\f\v") or "\ue000" <= c <= "\uf8ff")
    return odd > len(start) * _MAX_ODD_CHARACTERS


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and first[4:5] in _DELIMITERS:
        return first[4:5]
    sample = "\n".join(text.split("\n")[: _SAMPLE_ROWS * 4])

    def fit(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in _sample(sample, delimiter)]
        usual = max(set(widths), key=lambda w: (widths.count(w) * (w > 1), w), default=1)
        return (widths.count(usual) * usual if usual > 1 else 0, usual)

    return max(_DELIMITERS, key=fit)


def _sample(sample: str, delimiter: str) -> list[list[str]]:
    rows = []
    try:
        for row in csv.reader(StringIO(sample), delimiter=delimiter):
            rows.append(row)
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return rows
    return rows


def _rows(text: str, delimiter: str, name: str) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(StringIO(text), delimiter=delimiter):
            rows.append(row)
            cells += len(row)
            if len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS or cells > MAX_CELLS:
                check_extent(name, rows=len(rows), columns=len(row))
            if any(len(value) > MAX_CELL_CHARACTERS for value in row):
                raise _unclosed_quote(len(rows))
    except csv.Error as error:
        raise _unclosed_quote(len(rows) + 1) from error
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _unclosed_quote(row: int) -> SpreadsheetRefused:
    return SpreadsheetRefused(
        f"第 {row} 行附近有一个格子过长，可能是引号没有成对。请检查后另存为 .xlsx 再上传。"
    )
