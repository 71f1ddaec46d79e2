"""Reads any table that people call Excel, by content and within limits."""

from pathlib import PurePath

from webapp.platform.spreadsheets.delimited import read_delimited
from webapp.platform.spreadsheets.html import read_html
from webapp.platform.spreadsheets.sniff import Format, format_of
from webapp.platform.spreadsheets.workbook import (
    MAX_BYTES,
    SpreadsheetRefused,
    Workbook,
)
from webapp.platform.spreadsheets.xls import read_xls
from webapp.platform.spreadsheets.xlsx import read_xlsx
from webapp.platform.spreadsheets.xml_2003 import read_xml_2003


def read_workbook(data: bytes, filename: str) -> Workbook:
    """The sheets of a file as text, fills and merges.

    The format is found from the content; the name only names the sheet of a text file.
    Formulas give their stored results; nothing is computed, run or fetched.
    Raises SpreadsheetRefused with what the user has to do.
    """
    if len(data) > MAX_BYTES:
        raise SpreadsheetRefused(
            f"文件有 {len(data) / 1024 / 1024:.1f} MB，最多 {MAX_BYTES // 1024 // 1024} MB。"
            "请删除表里的图片和多余的工作表，或分成几个文件上传。"
        )
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SpreadsheetRefused("文件是空的。请检查是否选对了文件，保存后再上传。")
    book = _read(data, PurePath(filename).stem or "表格")
    if not any(cell.text or cell.fill for s in book.visible for row in s.rows for cell in row):
        raise SpreadsheetRefused(
            "表格里没有内容（隐藏的工作表不读取）。请检查是否选对了文件，保存后再上传。"
        )
    return book


def _read(data: bytes, name: str) -> Workbook:
    match format_of(data):
        case Format.XLSX:
            return read_xlsx(data)
        case Format.XLS:
            return read_xls(data)
        case Format.HTML:
            return read_html(data)
        case Format.XML_2003:
            return read_xml_2003(data)
        case Format.DELIMITED:
            return Workbook((read_delimited(data, name),))
