"""Unpacks an .xlsx within bounds and packs again only the parts that hold cells.

The reader behind is given that second archive. So pictures, external links, embedded files
and macros are never looked at, and a header that lies about a size has no effect.
"""

import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

from webapp.platform.spreadsheets.sniff import password_protected
from webapp.platform.spreadsheets.workbook import (
    MAX_ARCHIVE_ENTRIES,
    MAX_UNPACK_RATIO,
    MAX_UNPACKED_BYTES,
    SpreadsheetRefused,
    damaged,
)

_CELL_PARTS = ("xl/worksheets/", "xl/chartsheets/", "xl/theme/", "xl/_rels/")
_RATIO_MATTERS_FROM = 10 * 1024 * 1024
_ENCRYPTED_FLAG = 1


def _too_big() -> SpreadsheetRefused:
    return SpreadsheetRefused(
        "文件解压后过大，不像正常的表格。请把需要的内容复制到新的工作簿，保存后再上传。"
    )


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts that hold cells, by name; raises SpreadsheetRefused beyond the limits."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_sizes(archive, len(data))
            return {
                entry.filename: _part(archive, entry)
                for entry in archive.infolist()
                if _holds_cells(entry.filename)
            }
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        expat.ExpatError,
    ) as error:
        raise damaged() from error


def repacked(parts: dict[str, bytes]) -> BytesIO:
    """The same parts as an archive without compression."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    target.seek(0)
    return target


def _check_sizes(archive: zipfile.ZipFile, packed: int) -> None:
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ARCHIVE_ENTRIES or total > MAX_UNPACKED_BYTES:
        raise _too_big()
    if total > _RATIO_MATTERS_FROM and total > packed * MAX_UNPACK_RATIO:
        raise _too_big()
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise password_protected()


def _holds_cells(name: str) -> bool:
    if name.startswith(_CELL_PARTS):
        return "/_rels/" not in name.removeprefix("xl/_rels/") and name.endswith((".xml", ".rels"))
    is_direct = name.startswith("xl/") and name.count("/") == 1 and name.endswith(".xml")
    return is_direct or name in {"[Content_Types].xml", "_rels/.rels"}


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as source:
        content = source.read(entry.file_size + 1)
    # Workbooks never declare a document type; one that does wants entities expanded or fetched.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise SpreadsheetRefused(
            "文件里有不该出现的实体声明，为了安全不能读取。"
            "请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
        )
    if b"\x00" in content[:64]:
        raise damaged()
    expat.ParserCreate().Parse(content, True)  # noqa: FBT003 (the C function takes no keyword)
    return content
