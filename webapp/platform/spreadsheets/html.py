"""Reads web pages that are named .xls: many older systems export such files."""

import re
from html.parser import HTMLParser

from webapp.platform.spreadsheets.delimited import decoded
from webapp.platform.spreadsheets.placing import Placed, css_colour
from webapp.platform.spreadsheets.workbook import (
    MAX_ROWS,
    SpreadsheetRefused,
    Workbook,
    check_sheet_count,
)

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*(gb2312|gbk|gb18030|utf-8)""", re.IGNORECASE)
_LINE_BREAKS = {"br", "p", "div", "li"}


class _Tables(HTMLParser):
    """Collects the outermost tables of a page; nested ones become text of their cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Placed] = []
        self._depth = 0
        self._cell: dict[str, str | None] | None = None
        self._text: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "title"):
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(Placed(f"表格{len(self.tables) + 1}"))
                check_sheet_count(len(self.tables))
        elif self._depth == 1 and tag == "tr":
            self._finish_cell()
            self.tables[-1].new_row()
        elif self._depth == 1 and tag in ("td", "th"):
            self._finish_cell()
            self._cell, self._text = dict(attrs), []
        elif tag in _LINE_BREAKS and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title"):
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._finish_cell()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._finish_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._text.append(re.sub(r"[ \t\r\n\xa0]+", " ", data))

    def _finish_cell(self) -> None:
        if self._cell is None:
            return
        style = f"{self._cell.get('style') or ''};background:{self._cell.get('bgcolor') or ''}"
        self.tables[-1].put(
            "".join(self._text).strip(),
            down=_span(self._cell.get("rowspan")),
            right=_span(self._cell.get("colspan")),
            fill=css_colour(style),
        )
        self._cell = None


def _span(text: str | None) -> int:
    return max(1, min(int(text), MAX_ROWS)) if text and text.strip().isdecimal() else 1


def read_html(data: bytes) -> Workbook:
    """The tables of a web page, one a sheet; frames and links are not followed."""
    charset = _CHARSET.search(data[:4096])
    text = ""
    if charset and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-8" if charset[1].lower() == b"utf-8" else "gb18030", "replace")
    if not text or "\ufffd" in text:
        text = decoded(data)
    page = _Tables()
    page.feed(text)
    page.close()
    if not page.tables:
        raise SpreadsheetRefused(
            "这是网页文件，里面没有表格。请在浏览器或 Excel 中打开原表，另存为 .xlsx 再上传。"
        )
    return Workbook(tuple(table.sheet() for table in page.tables))
