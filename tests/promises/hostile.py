"""Files that were made to hurt: pictures that are none, archives that fill the memory."""

import struct
import zipfile
import zlib
from io import BytesIO

from tests.factories.hazards import picture

SCRIPT = b"<script>alert(document.cookie)</script>"
_CHUNK = b"\0" * 2**20
_SHEET = "xl/worksheets/sheet1.xml"


def huge_picture(side: int = 20_000) -> bytes:
    """A PNG of a few kilobytes with four hundred million pixels."""
    line = b"\0" + b"\0" * (side // 8)
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(line * 1000) for _ in range(side // 1000)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _png(b"IHDR", head) + _png(b"IDAT", packed) + _png(b"IEND", b"")


def _png(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _archive(**parts: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


PICTURES = {
    "画.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "网页.jpg": b"<!doctype html>" + SCRIPT,
    "巨图.png": huge_picture(),
    "带脚本.jpg": picture() + SCRIPT,
    "带压缩包.jpg": picture() + _archive(**{"run.exe": b"MZ"}),
    "假动图.gif": b"GIF89a/*" + SCRIPT + b"*/=1;",
    "半张.jpg": picture()[:200],
    "苹果.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64,
    "空.jpg": b"",
    "程序.png": b"MZ" + b"\0" * 512,
}


def zip_bomb(megabytes: int = 300) -> bytes:
    """A workbook of a few hundred kilobytes whose sheet unpacks to hundreds of megabytes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(_SHEET, "w", force_zip64=True) as sheet:
            for _ in range(megabytes):
                sheet.write(_CHUNK)
    return target.getvalue()


def entity_bomb() -> bytes:
    """A workbook whose sheet doubles one entity thirty times."""
    entities = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 31))
    sheet = f'<!DOCTYPE x [<!ENTITY a0 "x">{entities}]><worksheet>&a30;</worksheet>'
    return _archive(
        **{
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.xml": b"<workbook/>",
            _SHEET: sheet.encode(),
        }
    )


SHEETS = {
    "炸弹.xlsx": zip_bomb(),
    "实体.xlsx": entity_bomb(),
    "不是表.xlsx": b"%PDF-1.7\n" + SCRIPT,
    "半个.xlsx": zip_bomb(2)[:500],
    "旧表.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
    "空.xlsx": b"",
    "乱码.csv": bytes(range(256)) * 40,
}
