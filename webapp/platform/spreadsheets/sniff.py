"""What a file really is, from its first bytes and its inner names, never from its own name."""

import re
import zipfile
from enum import StrEnum
from io import BytesIO

from webapp.platform.spreadsheets.workbook import SAVE_AS_XLSX, SpreadsheetRefused


class Format(StrEnum):
    """The formats that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    HTML = "html"
    XML_2003 = "xml2003"
    DELIMITED = "delimited"


_NOT_A_TABLE: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"RIFF", "图片或音视频"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"BZh", "压缩包"),
    (b"\xfd7zXZ", "压缩包"),
    (b"{\\rtf", "Word 文档"),
    (b"\x7fELF", "程序"),
    (b"MZ", "程序"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RAW_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")


def format_of(data: bytes) -> Format:
    """The real format of a file; raises SpreadsheetRefused for anything that is no table."""
    if data.startswith(b"PK"):
        return _archive(data)
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(_RAW_BIFF):
        raise SpreadsheetRefused(f"这是很老的 Excel 格式。{SAVE_AS_XLSX}")
    for magic, kind in _NOT_A_TABLE:
        if data.startswith(magic) and not _is_plain_text(data[:64]):
            raise _no_table(kind)
    if data.startswith((b"%PDF", b"{\\rtf")):
        raise _no_table("PDF 文件" if data.startswith(b"%PDF") else "Word 文档")
    return _markup(data)


def _no_table(kind: str) -> SpreadsheetRefused:
    return SpreadsheetRefused(
        f"这是{kind}，不是表格。请上传 .xlsx、.xls 或 .csv 文件；"
        "扩展名被改过的文件请找到原来的表格再上传。"
    )


def _is_plain_text(start: bytes) -> bool:
    return all(byte >= 0x20 or byte in b"\t\r\n" for byte in start) and max(start) < 0x80


def _archive(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SpreadsheetRefused(
            "文件不完整或已损坏，无法打开。请在电脑上确认能打开，再重新保存后上传。"
        ) from error
    if any(name.endswith("vbaproject.bin") for name in names):
        raise SpreadsheetRefused(
            "文件里有宏，为了安全不能读取。请另存为不含宏的“Excel 工作簿（.xlsx）”再上传。"
        )
    if "xl/workbook.xml" in names:
        return Format.XLSX
    raise _foreign_archive(names)


def _foreign_archive(names: set[str]) -> SpreadsheetRefused:
    if "xl/workbook.bin" in names:
        return SpreadsheetRefused(f"这是二进制工作簿（.xlsb）。{SAVE_AS_XLSX}")
    if any(name.startswith("word/") for name in names):
        return _no_table("Word 文档")
    if any(name.startswith("ppt/") for name in names):
        return _no_table("演示文稿")
    if "mimetype" in names or "content.xml" in names:
        return SpreadsheetRefused(f"这是 OpenDocument 文件。{SAVE_AS_XLSX}")
    return _no_table("压缩包")


def _compound(data: bytes) -> Format:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise password_protected()
    if holds("WordDocument"):
        raise _no_table("Word 文档")
    if holds("PowerPoint Document"):
        raise _no_table("演示文稿")
    if holds("_VBA_PROJECT"):
        raise SpreadsheetRefused(f"文件里有宏，为了安全不能读取。{SAVE_AS_XLSX}")
    return Format.XLS


def password_protected() -> SpreadsheetRefused:
    """The refusal of a file that opens only with a password."""
    return SpreadsheetRefused(
        "文件设有打开密码。请在 Excel 的“文件—信息—保护工作簿”里取消密码，保存后再上传。"
    )


def _markup(data: bytes) -> Format:
    start = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if b"mime-version:" in start[:200] and b"content-type:" in start:
        raise SpreadsheetRefused(f"这是单个文件网页（.mht）。{SAVE_AS_XLSX}")
    if start.startswith(b"<"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
            return Format.XML_2003
        if b"<svg" in start:
            raise _no_table("图片")
        if re.search(rb"<(html|table|head|body|meta|!doctype html|style|div)\b", start):
            return Format.HTML
    return Format.DELIMITED
